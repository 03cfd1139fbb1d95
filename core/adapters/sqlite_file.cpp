#include <fusebox/adapters/sqlite_codes.h>
#include <fusebox/adapters/sqlite_file.h>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace fusebox::adapters {

namespace {

/// Virtual machine steps between two looks at the clock: some ten microseconds.
constexpr int kStepsBetweenLooks = 1000;

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { ::sqlite3_finalize(statement); }
};

std::string_view typeOf(int code) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "DatabaseLocked";
        case SQLITE_CANTOPEN:
            return "CannotOpenFile";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "DatabaseCorrupt";
        case SQLITE_READONLY:
            return "DatabaseReadOnly";
        case SQLITE_FULL:
            return "DiskFull";
        case SQLITE_IOERR:
            return "DiskError";
        case SQLITE_CONSTRAINT:
            return "ConstraintViolated";
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return "PermissionDenied";
        case SQLITE_ERROR:
            return "SqlError";
        case SQLITE_NOMEM:
            return "OutOfMemory";
        default:
            return "SqliteError";
    }
}

}  // namespace

void SqliteFile::Close::operator()(sqlite3* database) const {
    ::sqlite3_close_v2(database);
}

Attempt<SqliteFile::Identity> SqliteFile::identify(const std::string& file) {
    struct stat status {};
    const auto cannotOpen = [&](std::string_view why) {
        return failure("CannotOpenFile", fmt::format("{}: {}", file, why), domain::CodeSystem::sqlite,
                       "SQLITE_CANTOPEN");
    };
    if (::stat(file.c_str(), &status) != 0) {
        const int number = errno;
        domain::Error error = cannotOpen(errnoText(number));
        error.cause = std::make_shared<const domain::Error>(systemFailure(number, "opening " + file));
        return tl::unexpected(std::move(error));
    }
    // Opening a pipe or a device could block for ever.
    if (!S_ISREG(status.st_mode)) return tl::unexpected(cannotOpen("this is no regular file"));
    return Identity{status.st_dev, status.st_ino};
}

Attempt<std::unique_ptr<SqliteFile>> SqliteFile::open(const SqliteSettings& settings, CallWatch& watch) {
    const auto identity = identify(settings.file);
    if (!identity) return tl::unexpected(identity.error());
    std::unique_ptr<SqliteFile> file(new SqliteFile(settings, *identity));
    const int access =
        settings.access == SqliteSettings::Access::readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    sqlite3* raw = nullptr;
    const int code =
        ::sqlite3_open_v2(settings.file.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    file->m_database.reset(raw);  // there is one to close even when opening failed
    if (code != SQLITE_OK) return tl::unexpected(file->trouble(code, watch));
    // The callbacks are told the object, which does not move.
    ::sqlite3_progress_handler(raw, kStepsBetweenLooks, onProgress, file.get());
    ::sqlite3_busy_handler(raw, onBusy, file.get());
    return file;
}

int SqliteFile::onProgress(void* self) {
    const CallWatch* watch = static_cast<SqliteFile*>(self)->m_running.watch;
    return watch != nullptr && watch->now(Phase::answering) != WaitEnd::ready ? 1 : 0;
}

/// Waits a little longer from try to try, as SQLite's own handler does; here the stop request is heard.
int SqliteFile::onBusy(void* self, int tries) {
    auto& file = *static_cast<SqliteFile*>(self);
    Running& running = file.m_running;
    if (running.watch == nullptr) return 0;
    if (tries == 0) running.busySince = running.watch->elapsed();
    running.busyFor = running.watch->elapsed() - running.busySince;
    const base::Duration left = file.m_settings.busyTimeout - running.busyFor;
    if (left <= base::Duration::zero()) return 0;
    const base::Duration pause = std::min<base::Duration>(std::chrono::milliseconds(std::min(1 + 3 * tries, 50)), left);
    return running.watch->wait(std::span<pollfd>(), Phase::answering, pause) == WaitEnd::ready ? 1 : 0;
}

domain::Error SqliteFile::trouble(int code, const CallWatch& watch) const {
    const std::string name = sqliteCodeName(code);
    const int primary = code & 0xff;
    const WaitEnd end = watch.now(Phase::answering);
    if (end != WaitEnd::ready && (primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY)) {
        domain::Error error = watch.ended(
            end, Phase::answering, primary == SQLITE_BUSY ? "waiting for a lock on the database" : "running the query");
        if (end == WaitEnd::timedOut) {
            error.codeSystem = domain::CodeSystem::sqlite;
            error.code = name;
        }
        return error;
    }
    std::string says = m_database ? ::sqlite3_errmsg(m_database.get()) : ::sqlite3_errstr(code);
    if (primary == SQLITE_BUSY && m_running.busyFor > base::Duration::zero()) {
        says += fmt::format(" (waited {})", durationText(m_running.busyFor));
    }
    domain::Error error = failure(std::string(typeOf(code)), says, domain::CodeSystem::sqlite, name);
    const int number = m_database && (primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR || primary == SQLITE_FULL)
                           ? ::sqlite3_system_errno(m_database.get())
                           : 0;
    if (number != 0) error.cause = std::make_shared<const domain::Error>(systemFailure(number, m_settings.file));
    return error;
}

Attempt<const char*> SqliteFile::runStatement(const char* sql, Rows& rows, const CallWatch& watch) {
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    int code = ::sqlite3_prepare_v2(m_database.get(), sql, -1, &raw, &rest);
    const std::unique_ptr<sqlite3_stmt, Finalize> statement(raw);
    if (code != SQLITE_OK) return tl::unexpected(trouble(code, watch));
    if (!statement) return rest;  // blanks or a comment
    while ((code = ::sqlite3_step(raw)) == SQLITE_ROW) {
        ++rows.count;
        for (int column = 0; column < ::sqlite3_column_count(raw); ++column) {
            rows.bytes += static_cast<std::uint64_t>(::sqlite3_column_bytes(raw, column));
        }
        // A short row needs few steps; many of them must not slip past the progress handler.
        if (const WaitEnd end = watch.now(Phase::answering); end != WaitEnd::ready) {
            return tl::unexpected(trouble(SQLITE_INTERRUPT, watch));
        }
    }
    if (code != SQLITE_DONE) return tl::unexpected(trouble(code, watch));
    return rest;
}

Attempt<SqliteFile::Rows> SqliteFile::run(CallWatch& watch) {
    m_running = Running{&watch, {}, {}};
    Rows rows;
    Attempt<const char*> rest = m_settings.query.c_str();
    while (rest && **rest != '\0') rest = runStatement(*rest, rows, watch);
    m_running.watch = nullptr;
    if (!rest) return tl::unexpected(rest.error());
    return rows;
}

bool SqliteFile::isReusable() const {
    const auto now = identify(m_settings.file);
    return now && *now == m_identity && ::sqlite3_get_autocommit(m_database.get()) != 0;
}

}  // namespace fusebox::adapters
