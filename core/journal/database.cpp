#include <fusebox/journal/database.h>

#include <fusebox/journal/text_search.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace fusebox::journal {

namespace {

constexpr int kBusyMs = 1000;
constexpr int kStepsBetweenLooks = 1000;  // of SQLite's machine: well below a millisecond

tl::unexpected<SqliteTrouble> troubleOf(sqlite3* database, int code) {
    const int extended = database != nullptr ? sqlite3_extended_errcode(database) : code;
    return tl::unexpected(SqliteTrouble{(extended & 0xff) == (code & 0xff) ? extended : code,
                                        database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code)});
}

}  // namespace

bool SqliteTrouble::isDamage() const {
    const int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

bool SqliteTrouble::isBreakOff() const {
    return (code & 0xff) == SQLITE_INTERRUPT;
}

bool SqliteTrouble::isForeign() const {
    return (code & 0xff) == SQLITE_MISMATCH;
}

SqliteTrouble foreign(std::string text) {
    return {SQLITE_MISMATCH, std::move(text)};
}

tl::unexpected<base::Trouble> unusable(const SqliteTrouble& trouble, std::string what) {
    if (trouble.isBreakOff()) {
        return base::trouble(base::TroubleCode::timedOut, "The journal took too long to answer; ask for less of it.");
    }
    return base::trouble(base::TroubleCode::unavailable, std::move(what), {}, trouble.text);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int place, std::int64_t value) {
    sqlite3_bind_int64(m_statement.get(), place, value);
    return *this;
}

Statement& Statement::bind(int place, std::string_view text) {
    sqlite3_bind_text64(m_statement.get(), place, text.data() == nullptr ? "" : text.data(), text.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bindBlob(int place, std::string_view bytes) {
    sqlite3_bind_blob64(m_statement.get(), place, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bindNull(int place) {
    sqlite3_bind_null(m_statement.get(), place);
    return *this;
}

Attempt<bool> Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        auto trouble = troubleOf(sqlite3_db_handle(m_statement.get()), code);
        sqlite3_reset(m_statement.get());
        return trouble;
    }
    sqlite3_reset(m_statement.get());
    return false;
}

Attempt<void> Statement::run() {
    const auto row = step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    reset();
    return {};
}

void Statement::reset() {
    sqlite3_reset(m_statement.get());
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::view(int column) const {
    const void* bytes = sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Attempt<Database> Database::open(const std::string& file, Access access, const std::string& vfs) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
    if (access == Access::readOnly) {
        flags |= SQLITE_OPEN_READONLY;
    } else {
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        // SQLite would make it readable by all; what it makes beside it takes over these rights.
        const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (made >= 0) {
            (void)::fchmod(made, S_IRUSR | S_IWUSR);
            ::close(made);
        }
    }
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags, vfs.empty() ? nullptr : vfs.c_str());
    Database database(raw);
    if (code != SQLITE_OK) {
        return troubleOf(raw, code);
    }
    sqlite3_busy_timeout(raw, kBusyMs);
    if (auto done = database.distrust(); !done) {
        return tl::unexpected(done.error());
    }
    if (const int added = addTextSearch(raw); added != SQLITE_OK) {
        return troubleOf(raw, added);
    }
    return database;
}

Attempt<void> Database::distrust() {
    sqlite3* raw = m_database.get();
    constexpr std::array<std::pair<int, int>, 6> kSettings{{{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                                            {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                                            {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                                            {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                                            {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                                            {SQLITE_DBCONFIG_DQS_DDL, 0}}};
    for (const auto& [setting, value] : kSettings) {
        if (const int code = sqlite3_db_config(raw, setting, value, nullptr); code != SQLITE_OK) {
            return troubleOf(raw, code);
        }
    }
    // Pages that stay in memory need not be read again: 16 MiB are the index of a day or so.
    return run(
        "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA "
        "wal_autocheckpoint = 4096");
}

Attempt<void> Database::run(const char* sql) {
    const int code = sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return troubleOf(m_database.get(), code);
    }
    return {};
}

Attempt<Statement> Database::prepare(const char* sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(m_database.get(), sql, -1, &raw, nullptr);
    if (code != SQLITE_OK) {
        return troubleOf(m_database.get(), code);
    }
    return Statement(raw);
}

Attempt<std::optional<std::string>> Database::value(const char* sql) {
    auto statement = prepare(sql);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    const auto row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? std::optional(statement->text(0)) : std::nullopt;
}

Attempt<std::int64_t> Database::number(const char* sql) {
    auto statement = prepare(sql);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    const auto row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? statement->number(0) : 0;
}

std::int64_t Database::lastRow() const {
    return sqlite3_last_insert_rowid(m_database.get());
}

void Database::watch(std::function<bool()> isOver) {
    sqlite3_progress_handler(m_database.get(), 0, nullptr, nullptr);
    m_isOver = std::make_unique<std::function<bool()>>(std::move(isOver));
    const auto ask = [](void* watcher) { return (*static_cast<std::function<bool()>*>(watcher))() ? 1 : 0; };
    sqlite3_progress_handler(m_database.get(), kStepsBetweenLooks, ask, m_isOver.get());
}

}  // namespace fusebox::journal
