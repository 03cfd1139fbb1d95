#pragma once
// Runs a query on an SQLite file.
// Errors: code system sqlite with the extended code's name (SQLITE_BUSY, SQLITE_CORRUPT_INDEX); cause: the errno of the file system.
// Limits: the deadlines end queries and waits for locks; a file system that hangs inside a read holds the call, as it would any program.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/adapters/pool.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <string>

namespace fusebox::adapters {

class CallWatch;
class SqliteFile;

struct SqliteSettings {
    enum class Access : std::uint8_t { readOnly, readWrite };  ///< neither creates the file

    std::string file;
    std::string query = "SELECT count(*) FROM sqlite_schema";  ///< touches the file, which SELECT 1 does not
    Access access = Access::readOnly;
    base::Duration busyTimeout = std::chrono::seconds(1);  ///< how long another's lock is waited for
    CallLimits limits;                                     ///< opening a file has no connect timeout of its own

    bool operator==(const SqliteSettings&) const = default;
};

class SqliteAdapter final : public DataAdapter {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<DataAdapter>> create(SqliteSettings settings,
                                                                           const base::Clock& clock);
    ~SqliteAdapter() override;

    [[nodiscard]] std::string_view kind() const noexcept override { return "sqlite"; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] CallResult call(std::stop_token stop) override;
    void resetConnections() override;

private:
    SqliteAdapter(SqliteSettings settings, const base::Clock& clock);

    [[nodiscard]] CallResult runQuery(CallWatch& watch);

    const SqliteSettings m_settings;
    const base::Clock& m_clock;
    Pool<SqliteFile> m_pool;
};

}  // namespace fusebox::adapters
