#pragma once
// One open SQLite file whose every query ends by the deadlines and the stop request of the call.
// Threads: one call at a time.

#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/failure.h>
#include <fusebox/adapters/sqlite_adapter.h>

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

struct sqlite3;

namespace fusebox::adapters {

class SqliteFile {
public:
    struct Rows {
        std::uint64_t count = 0;
        std::uint64_t bytes = 0;
    };

    [[nodiscard]] static Attempt<std::unique_ptr<SqliteFile>> open(const SqliteSettings& settings, CallWatch& watch);

    /// Runs all statements of the settings' query to their end.
    [[nodiscard]] Attempt<Rows> run(CallWatch& watch);

    /// False when another file lies at the path by now, or a transaction was left open.
    [[nodiscard]] bool isReusable() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Identity {
        dev_t device = 0;
        ino_t node = 0;
        bool operator==(const Identity&) const = default;
    };
    /// What SQLite's callbacks look at while a query runs.
    struct Running {
        CallWatch* watch = nullptr;
        base::Duration busySince{};
        base::Duration busyFor{};
    };

    SqliteFile(const SqliteSettings& settings, Identity identity) : m_settings(settings), m_identity(identity) {}

    [[nodiscard]] static Attempt<Identity> identify(const std::string& file);
    static int onProgress(void* self);
    static int onBusy(void* self, int tries);
    [[nodiscard]] domain::Error trouble(int code, const CallWatch& watch) const;
    [[nodiscard]] Attempt<const char*> runStatement(const char* sql, Rows& rows, const CallWatch& watch);

    const SqliteSettings& m_settings;  ///< of the adapter, which outlives its connections
    const Identity m_identity;
    std::unique_ptr<sqlite3, Close> m_database;
    Running m_running;
};

}  // namespace fusebox::adapters
