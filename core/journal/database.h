#pragma once
// One connection to a SQLite file, and its statements. Only what the journal needs.
// The file may come from anywhere: triggers, views, functions of the schema and extensions are off on each connection.
// Threads: one at a time.
// Errors: SqliteTrouble keeps SQLite's code, so that a damaged file can be told from a full disk.

#include <fusebox/base/result.h>

#include <tl/expected.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace fusebox::journal {

struct SqliteTrouble {
    int code = 0;  ///< extended result code; see isDamage() and isForeign()
    std::string text;

    /// The file is no database, or its content contradicts itself.
    [[nodiscard]] bool isDamage() const;
    /// Database::watch() ended it.
    [[nodiscard]] bool isBreakOff() const;
    /// It is a sound database, but no journal that this program can use.
    [[nodiscard]] bool isForeign() const;
};

[[nodiscard]] SqliteTrouble foreign(std::string text);

/// For people: a sentence, the file and SQLite's reason; timedOut for what was broken off.
[[nodiscard]] tl::unexpected<base::Trouble> unusable(const SqliteTrouble& trouble, std::string what);

template <typename Value>
using Attempt = tl::expected<Value, SqliteTrouble>;

class Statement {
public:
    /// Texts and blobs are copied. Places count from 1.
    Statement& bind(int place, std::int64_t value);
    Statement& bind(int place, std::string_view text);
    Statement& bindBlob(int place, std::string_view bytes);
    Statement& bindNull(int place);

    /// True: a row is there. False: done, and ready to be run again with what is bound.
    [[nodiscard]] Attempt<bool> step();
    /// For a statement without rows.
    [[nodiscard]] Attempt<void> run();
    void reset();

    // Of the current row; columns count from 0.
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
    /// Lifetime: until the next step.
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : m_statement(statement) {}

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

class Database {
public:
    enum class Access : std::uint8_t { readOnly, readWrite };

    /// Waits up to a second for other programs' locks. readWrite makes a missing file, readable by its owner alone.
    /// A symbolic link is refused. `vfs`: SQLite's name of another file system; empty: the usual one.
    [[nodiscard]] static Attempt<Database> open(const std::string& file, Access access, const std::string& vfs = {});

    [[nodiscard]] Attempt<void> run(const char* sql);
    [[nodiscard]] Attempt<void> run(const std::string& sql) { return run(sql.c_str()); }
    [[nodiscard]] Attempt<Statement> prepare(const char* sql);
    [[nodiscard]] Attempt<Statement> prepare(const std::string& sql) { return prepare(sql.c_str()); }
    /// The first column of the first row.
    [[nodiscard]] Attempt<std::optional<std::string>> value(const char* sql);
    /// As value(), for a number; 0 where there is none.
    [[nodiscard]] Attempt<std::int64_t> number(const char* sql);

    [[nodiscard]] std::int64_t lastRow() const;

    /// `isOver` is asked now and then while a statement runs; true breaks it off.
    void watch(std::function<bool()> isOver);

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    explicit Database(sqlite3* database) : m_database(database) {}

    [[nodiscard]] Attempt<void> distrust();

    std::unique_ptr<std::function<bool()>> m_isOver;  ///< its place stays when the connection is moved; goes after it
    std::unique_ptr<sqlite3, Close> m_database;
};

}  // namespace fusebox::journal
