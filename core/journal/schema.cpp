#include <fusebox/journal/schema.h>

#include <fmt/format.h>

#include <array>

namespace fusebox::journal {

namespace {

// What an event is about stands in narrow rows.
constexpr const char* kVersion1 = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE breaker(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE event(
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind INTEGER NOT NULL, level INTEGER NOT NULL, breaker INTEGER,
    states INTEGER, actor TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX event_at ON event(at_ms);
CREATE INDEX event_breaker ON event(breaker, at_ms, id, states);
CREATE INDEX event_kind ON event(kind, at_ms);
CREATE INDEX event_actor ON event(actor, at_ms) WHERE actor <> '';
CREATE TABLE body(event INTEGER PRIMARY KEY, json TEXT NOT NULL, dossier TEXT);
CREATE TABLE audit(
    number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, command TEXT NOT NULL, breaker TEXT NOT NULL,
    actor TEXT NOT NULL, origin TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL);
CREATE INDEX audit_command ON audit(command);
CREATE TABLE standing(
    breaker INTEGER NOT NULL, at_ms INTEGER NOT NULL, state INTEGER NOT NULL, PRIMARY KEY(breaker, at_ms)) WITHOUT ROWID;
CREATE TABLE run(number INTEGER PRIMARY KEY, began_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL);
CREATE TABLE note(
    id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, written_ms INTEGER NOT NULL, actor TEXT NOT NULL,
    breaker TEXT NOT NULL, text TEXT NOT NULL, pinned INTEGER NOT NULL);
CREATE INDEX note_at ON note(at_ms);
CREATE TABLE state(key TEXT PRIMARY KEY, saved_ms INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
)";

// Times in seconds since 1970; level: the seconds that a row stands for.
constexpr const char* kVersion2 = R"(
CREATE TABLE rollup(
    breaker INTEGER NOT NULL, level INTEGER NOT NULL, at_s INTEGER NOT NULL, success INTEGER NOT NULL,
    failure INTEGER NOT NULL, ignored INTEGER NOT NULL, cancelled INTEGER NOT NULL, rejected INTEGER NOT NULL,
    slow INTEGER NOT NULL, state INTEGER NOT NULL, latency BLOB, PRIMARY KEY(breaker, level, at_s)) WITHOUT ROWID;
)";

// Transitions have an index of their own, which carries the states: bands are read from it alone, without the other events.
constexpr const char* kVersion3 = R"(
DROP INDEX event_breaker;
CREATE INDEX event_breaker ON event(breaker, at_ms);
CREATE INDEX event_states ON event(breaker, at_ms, id, states) WHERE states IS NOT NULL;
)";

constexpr std::array<const char*, 3> kSteps{kVersion1, kVersion2, kVersion3};
static_assert(kSteps.size() == kSchemaVersion);

/// The version, once the file is known to be a journal; 0 for an empty file.
Attempt<std::int64_t> versionOf(Database& database) {
    const auto application = database.number("PRAGMA application_id");
    const auto version = application ? database.number("PRAGMA user_version") : application;
    const auto things = version ? database.number("SELECT count(*) FROM sqlite_schema") : version;
    const auto code =
        things ? database.number("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')") : things;
    if (!code) {
        return tl::unexpected(code.error());
    }
    if (*application == 0 && *version == 0 && *things == 0) {
        return 0;
    }
    if (*application != kApplicationId) {
        return tl::unexpected(foreign("it is the database of another program"));
    }
    if (*version > kSchemaVersion) {
        return tl::unexpected(foreign(fmt::format(
            "it is of version {}, made by a newer Fusebox; this one knows version {}", *version, kSchemaVersion)));
    }
    if (*code > 0) {
        return tl::unexpected(foreign("it holds triggers or views, which no journal has"));
    }
    return version;
}

}  // namespace

Attempt<void> prepareSchema(Database& database) {
    const auto version = versionOf(database);
    if (!version) {
        return tl::unexpected(version.error());
    }
    // auto_vacuum must come before the first table.
    for (const char* pragma :
         {"PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"}) {
        if (auto done = database.run(pragma); !done) {
            return done;
        }
    }
    if (*version == kSchemaVersion) {
        return {};
    }
    std::string sql = "BEGIN IMMEDIATE;";
    for (auto step = static_cast<std::size_t>(*version); step < kSteps.size(); ++step) {
        sql += kSteps[step];
    }
    sql += fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT", kApplicationId, kSchemaVersion);
    auto done = database.run(sql);
    if (!done) {
        (void)database.run("ROLLBACK");  // where even that fails no transaction is open
    }
    return done;
}

Attempt<void> checkSchema(Database& database) {
    const auto version = versionOf(database);
    if (!version) {
        return tl::unexpected(version.error());
    }
    if (*version != kSchemaVersion) {
        return tl::unexpected(foreign(fmt::format(
            "it is of version {}; a program that writes it brings it to version {}", *version, kSchemaVersion)));
    }
    return {};
}

}  // namespace fusebox::journal
