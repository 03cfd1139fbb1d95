#include <fusebox/journal_bench/large_file.h>

#include <fusebox/journal/database.h>
#include <fusebox/journal/journal_file.h>
#include <fusebox/journal/latency_blob.h>

#include <fmt/format.h>

#include <cstdio>

namespace fusebox::bench {

namespace {

using journal::Database;

// The indexes are made at the end: the same file in a tenth of the time.
constexpr const char* kWithoutIndexes =
    "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; DROP INDEX event_at; DROP INDEX event_breaker; "
    "DROP INDEX event_states; DROP INDEX event_kind; DROP INDEX event_actor";
constexpr const char* kWithIndexes =
    "CREATE INDEX event_at ON event(at_ms); CREATE INDEX event_breaker ON event(breaker, at_ms); "
    "CREATE INDEX event_states ON event(breaker, at_ms, id, states) WHERE states IS NOT NULL; "
    "CREATE INDEX event_kind ON event(kind, at_ms); CREATE INDEX event_actor ON event(actor, at_ms) WHERE actor <> ''";

/// Six of ten are transitions; one in fifty is a command of one of twenty people, the others are notices. The states of a
/// breaker follow each other: CLOSED to OPEN, to HALF_OPEN, to CLOSED.
std::string eventsSql(std::int64_t events) {
    const std::int64_t span = kLargeDays * 24 * 3600 * 1000;
    return fmt::format(
        "WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i + 1 < {0}) "
        "INSERT INTO event SELECT {1} * 1000 + i, {1} + i * {2} / {0}, "
        "CASE WHEN i % 10 < 6 THEN 0 WHEN i % 50 = 6 THEN 1 ELSE 7 END, i % 3 = 0, 1 + i * 7919 % {3}, "
        "CASE WHEN i % 10 < 6 THEN CASE i / {3} % 3 WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 16 END END, "
        "CASE WHEN i % 50 = 6 THEN 'person ' || (i / 50 % 20) ELSE '' END, "
        "'failure rate ' || (50 + i % 50) || ' % of ' || (i % 97) || ' calls, limit 50 %; time ' || i FROM c",
        events, kLargeBeginMs, span, kLargeBreakers);
}

std::string bodiesSql(std::int64_t events) {
    return fmt::format(
        "INSERT INTO body SELECT id, '\"transition\":{{\"sequence\":' || id || ',\"from\":\"CLOSED\",\"to\":\"OPEN\","
        "\"cause\":\"trip rule\",\"reason\":\"a sentence of a usual length about what happened\"}}', NULL FROM event "
        "WHERE id % 10 = 0 LIMIT {}",
        events);
}

std::string breakersSql() {
    return fmt::format(
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {}) "
        "INSERT INTO breaker SELECT i, 'breaker ' || i FROM c; UPDATE run SET began_ms = {}, seen_ms = {}",
        kLargeBreakers, kLargeBeginMs, kLargeBeginMs + kLargeDays * 24 * 3600 * 1000);
}

/// The minutes of a day in the middle, of all breakers.
journal::Attempt<void> addRollups(Database& database) {
    latency::Histogram histogram;
    for (int i = 1; i < 600; ++i) {
        histogram.record(base::Duration(1'000'000 + 7'919 * i));
    }
    auto rows =
        database.prepare(fmt::format("WITH RECURSIVE b(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM b WHERE n < {}), "
                                     "m(t) AS (SELECT 0 UNION ALL SELECT t + 1 FROM m WHERE t < 1439) "
                                     "INSERT INTO rollup SELECT n, 60, ({} + 15 * 24 * 3600) / 60 * 60 + t * 60, 590, "
                                     "9, 0, 0, 0, 3, 0, ? FROM b, m; ",
                                     kLargeBreakers, kLargeBeginMs / 1000));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    rows->bindBlob(1, journal::blobOf(histogram));
    auto done = rows->run();
    return done ? database.run(fmt::format("INSERT OR REPLACE INTO meta VALUES('rolled_10', {0}), ('rolled_60', {0})",
                                           kLargeBeginMs / 1000 + kLargeDays * 24 * 3600))
                : done;
}

}  // namespace

bool makeLargeFile(const std::string& file, std::int64_t events) {
    auto made = journal::JournalFile::open(file, kLargeBeginMs);
    if (!made) {
        std::fprintf(stderr, "%s\n", made.error().text.c_str());
        return false;
    }
    Database& database = made->database();
    journal::Attempt<void> done = database.run(kWithoutIndexes);
    for (const std::string& sql : {std::string("BEGIN"), breakersSql(), eventsSql(events), bodiesSql(events)}) {
        done = done ? database.run(sql) : done;
    }
    done = done ? addRollups(database) : done;
    done = done ? database.run("COMMIT") : done;
    done = done ? database.run(kWithIndexes) : done;
    done = done ? database.run("PRAGMA wal_checkpoint(TRUNCATE)") : done;
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().text.c_str());
    }
    return done.has_value();
}

}  // namespace fusebox::bench
