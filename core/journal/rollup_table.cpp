#include <fusebox/journal/rollup_table.h>

#include <fusebox/journal/codes.h>
#include <fusebox/journal/latency_blob.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::journal {

namespace {

constexpr std::int64_t kPressedRows = 500;

constexpr const char* kInsert =
    "INSERT INTO rollup(breaker, level, at_s, success, failure, ignored, cancelled, rejected, slow, state, latency) "
    "VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET success = success + excluded.success, "
    "failure = failure + excluded.failure, ignored = ignored + excluded.ignored, "
    "cancelled = cancelled + excluded.cancelled, rejected = rejected + excluded.rejected, slow = slow + excluded.slow, "
    "state = excluded.state, latency = coalesce(latency, excluded.latency)";

std::int64_t signedOf(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Attempt<void> insert(Statement& statement, std::int64_t breaker, std::int64_t level, std::int64_t at,
                     const RollupCounts& counts, domain::State state, std::string_view latency) {
    statement.bind(1, breaker).bind(2, level).bind(3, at).bind(4, signedOf(counts.success));
    statement.bind(5, signedOf(counts.failure)).bind(6, signedOf(counts.ignored)).bind(7, signedOf(counts.cancelled));
    statement.bind(8, signedOf(counts.rejected)).bind(9, signedOf(counts.slow)).bind(10, codeOf(state));
    if (latency.empty()) {
        statement.bindNull(11);
    } else {
        statement.bindBlob(11, latency);
    }
    return statement.run();
}

/// The sum of the rows of one breaker and period, while it grows.
struct Sum {
    std::int64_t breaker = 0;
    std::int64_t at = 0;
    RollupCounts counts;
    domain::State state = domain::State::unknown;
    latency::Histogram latency;

    void begin(std::int64_t itsBreaker, std::int64_t itsTime) {
        breaker = itsBreaker;
        at = itsTime;
        counts = {};
        state = domain::State::unknown;
        latency.clear();
    }
    void add(const Statement& row) {
        const auto count = [&](int column) { return static_cast<std::uint64_t>(row.number(column)); };
        counts += {count(2), count(3), count(4), count(5), count(6), count(7)};
        state = worseOf(state, stateOfCode(row.number(8)));
        addBlob(latency, row.view(9));
    }
};

Attempt<void> rollUpLevel(Database& database, const RollupLevel& finer, const RollupLevel& level, std::int64_t from,
                          std::int64_t to) {
    auto insertion = database.prepare(kInsert);
    auto rows = database.prepare(
        "SELECT r.breaker, r.at_s, success, failure, ignored, cancelled, rejected, slow, state, latency FROM breaker b "
        "CROSS JOIN rollup r ON r.breaker = b.number AND r.level = ? AND r.at_s >= ? AND r.at_s < ? "
        "ORDER BY b.number, r.at_s");
    if (!insertion || !rows) {
        return tl::unexpected(insertion ? rows.error() : insertion.error());
    }
    rows->bind(1, finer.seconds).bind(2, from).bind(3, to);
    Sum sum;
    const auto put = [&] {
        return sum.breaker == 0
                   ? Attempt<void>()
                   : insert(*insertion, sum.breaker, level.seconds, sum.at, sum.counts, sum.state, blobOf(sum.latency));
    };
    auto row = rows->step();
    for (; row && *row; row = rows->step()) {
        const std::int64_t breaker = rows->number(0);
        const std::int64_t at = rows->number(1) / level.seconds * level.seconds;
        if (breaker != sum.breaker || at != sum.at) {
            if (auto done = put(); !done) {
                return done;
            }
            sum.begin(breaker, at);
        }
        sum.add(*rows);
    }
    return row ? put() : tl::unexpected(row.error());
}

}  // namespace

Attempt<Statement> prepareRollup(Database& database) {
    return database.prepare(kInsert);
}

Attempt<void> writeRollup(Statement& prepared, std::int64_t breaker, const RollupRow& row) {
    return insert(prepared, breaker, kRollupLevels[0].seconds, row.atSeconds, row.counts, row.state, row.latency);
}

Attempt<void> rollUp(Database& database, std::int64_t nowSeconds) {
    for (std::size_t i = 1; i < kRollupLevels.size(); ++i) {
        const RollupLevel& finer = kRollupLevels[i - 1];
        const RollupLevel& level = kRollupLevels[i];
        const std::int64_t to = nowSeconds / level.seconds * level.seconds;
        const auto last =
            database.number(fmt::format("SELECT value FROM meta WHERE key = 'rolled_{}'", level.seconds).c_str());
        if (!last) {
            return tl::unexpected(last.error());
        }
        if (*last == to) {
            continue;
        }
        // A clock that went back finds its periods rolled up: they are not counted twice.
        auto done = rollUpLevel(database, finer, level, *last, to);
        done = done && *last < to
                   ? database.run(fmt::format("INSERT OR REPLACE INTO meta(key, value) VALUES('rolled_{}', {})",
                                              level.seconds, to))
                   : done;
        if (!done) {
            return done;
        }
    }
    return {};
}

Attempt<void> cutRollups(Database& database, std::int64_t breaker, std::int64_t nowSeconds, bool pressed) {
    std::string sql = "BEGIN IMMEDIATE;";
    for (const RollupLevel& level : kRollupLevels) {
        sql += fmt::format("DELETE FROM rollup WHERE breaker = {} AND level = {} AND at_s < {};", breaker,
                           level.seconds, nowSeconds - level.keptSeconds);
    }
    if (pressed) {
        const std::int64_t coarsest = kRollupLevels.back().seconds;
        sql += fmt::format(
            "DELETE FROM rollup WHERE breaker = {0} AND level = {1} AND at_s <= (SELECT max(at_s) FROM (SELECT at_s "
            "FROM "
            "rollup WHERE breaker = {0} AND level = {1} ORDER BY at_s LIMIT {2}));",
            breaker, coarsest, kPressedRows);
    }
    auto done = database.run(sql + "COMMIT");
    if (!done) {
        (void)database.run("ROLLBACK");  // where even that fails no transaction is open
    }
    return done;
}

}  // namespace fusebox::journal
