#include <fusebox/collector/latency_metrics.h>
#include <fusebox/journal/codes.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/journal/latency_blob.h>
#include <fusebox/journal/rollup_table.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fusebox::journal {

namespace {

constexpr std::size_t kMostPoints = 10'000;

std::int64_t secondsOf(base::WallTime at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

base::WallTime timeOf(std::int64_t seconds) {
    return wallTime(seconds * 1000);
}

/// Rows of one level, from a time on until another level takes over.
struct Part {
    std::size_t level = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

struct Sum {
    RollupCounts counts;
    domain::State state = domain::State::unknown;
    latency::Histogram latency;
    std::int64_t at = -1;      ///< negative: nothing yet
    std::int64_t seconds = 0;  ///< the longest that a row in it stands for
};

RollupPoint pointOf(const Sum& sum, std::int64_t width, std::int64_t end) {
    RollupPoint point;
    point.at = timeOf(sum.at);
    const std::int64_t seconds = std::max(std::min(width, end - sum.at), sum.seconds);
    point.span = std::chrono::seconds(seconds);
    point.success = sum.counts.success;
    point.failure = sum.counts.failure;
    point.ignored = sum.counts.ignored;
    point.cancelled = sum.counts.cancelled;
    point.rejected = sum.counts.rejected;
    point.slow = sum.counts.slow;
    const std::uint64_t decided = point.success + point.failure;
    const std::uint64_t calls = decided + point.ignored + point.cancelled;
    point.callsPerSecond = seconds > 0 ? static_cast<double>(calls) / static_cast<double>(seconds) : 0;
    if (decided > 0) {
        point.failureRate = static_cast<double>(point.failure) / static_cast<double>(decided);
    }
    point.latency = collector::metricsOf(sum.latency);
    point.state = sum.state;
    return point;
}

/// Adds rows up to points of a given width.
class PointMaker {
public:
    PointMaker(std::int64_t from, std::int64_t to, std::int64_t width) : m_from(from), m_to(to), m_width(width) {}

    void add(const Statement& row, std::int64_t seconds) {
        const std::int64_t at = row.number(0);
        const std::int64_t begin = m_from + (at - m_from) / m_width * m_width;
        if (begin != m_sum.at) {
            put();
            m_sum.at = begin;
        }
        m_sum.seconds = std::max(m_sum.seconds, seconds);
        const auto count = [&](int column) { return static_cast<std::uint64_t>(row.number(column)); };
        m_sum.counts += {count(1), count(2), count(3), count(4), count(5), count(6)};
        m_sum.state = worseOf(m_sum.state, stateOfCode(row.number(7)));
        addBlob(m_sum.latency, row.view(8));
    }
    [[nodiscard]] std::vector<RollupPoint> take() {
        put();
        return std::move(m_points);
    }

private:
    void put() {
        if (m_sum.at >= 0) {
            m_points.push_back(pointOf(m_sum, m_width, m_to));
        }
        m_sum.counts = {};
        m_sum.state = domain::State::unknown;
        m_sum.latency.clear();
        m_sum.at = -1;
        m_sum.seconds = 0;
    }

    const std::int64_t m_from;
    const std::int64_t m_to;
    const std::int64_t m_width;
    Sum m_sum;
    std::vector<RollupPoint> m_points;
};

Attempt<std::int64_t> rolledUpTo(Database& database, std::size_t level) {
    return database.number(
        ("SELECT value FROM meta WHERE key = 'rolled_" + std::to_string(kRollupLevels[level].seconds) + "'").c_str());
}

/// How a query is cut into points: whole periods of the coarsest level that is fine enough.
struct Grid {
    std::size_t level = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t width = 1;
};

Grid gridOf(const RollupQuery& query) {
    Grid grid;
    grid.from = secondsOf(query.span.from);
    grid.to = std::max(secondsOf(query.span.to - std::chrono::milliseconds(1)) + 1, grid.from + 1);
    const auto points = static_cast<std::int64_t>(query.points);
    grid.width = (grid.to - grid.from + points - 1) / points;
    grid.level = kRollupLevels.size() - 1;
    while (grid.level > 0 && kRollupLevels[grid.level].seconds > grid.width) {
        --grid.level;
    }
    const std::int64_t period = kRollupLevels[grid.level].seconds;
    grid.from = grid.from / period * period;
    grid.to = (grid.to + period - 1) / period * period;
    grid.width = (grid.width + period - 1) / period * period;
    while ((grid.to - grid.from + grid.width - 1) / grid.width > points) {
        grid.width += period;
    }
    return grid;
}

/// Which rows give the points: those of the grid's level, and where it is not kept any more or is not made yet, others.
Attempt<std::vector<Part>> partsOf(Database& database, const Grid& grid, std::int64_t newest) {
    std::array<std::int64_t, kRollupLevels.size()> made{};
    for (std::size_t level = 0; level < made.size(); ++level) {
        const auto rolled = level > 0 ? rolledUpTo(database, level) : Attempt<std::int64_t>(grid.to);
        if (!rolled) {
            return tl::unexpected(rolled.error());
        }
        made[level] = std::min(grid.to, *rolled);
    }
    std::vector<Part> parts;
    std::int64_t begin = grid.from;
    const auto add = [&](std::size_t level, std::int64_t end) {
        if (begin < end) {
            parts.push_back({level, begin, end});
            begin = end;
        }
    };
    for (std::size_t coarser = kRollupLevels.size() - 1; coarser > grid.level; --coarser) {
        const std::int64_t period = kRollupLevels[coarser].seconds;
        add(coarser, std::min(made[coarser], (newest - kRollupLevels[coarser - 1].keptSeconds) / period * period));
    }
    for (std::size_t level = grid.level + 1; level > 0; --level) {
        add(level - 1, made[level - 1]);
    }
    return parts;
}

}  // namespace

base::Result<std::vector<RollupPoint>> JournalReader::rollups(const RollupQuery& query) {
    if (query.points == 0 || query.points > kMostPoints || query.span.to <= query.span.from ||
        query.span.to == base::WallTime::max()) {
        return base::trouble(base::TroubleCode::invalidInput,
                             "A span with both ends and 1 to 10,000 points are needed");
    }
    const auto breaker = breakerNumber(query.breaker);
    if (!breaker) {
        return tl::unexpected(breaker.error());
    }
    const Grid grid = gridOf(query);
    const auto newest = m_database.number("SELECT max(seen_ms) / 1000 FROM run");
    const auto parts = newest ? partsOf(m_database, grid, *newest) : tl::unexpected(newest.error());
    auto rows = m_database.prepare(
        "SELECT at_s, success, failure, ignored, cancelled, rejected, slow, state, latency FROM rollup "
        "WHERE breaker = ? AND level = ? AND at_s >= ? AND at_s < ? ORDER BY at_s");
    if (!parts || !rows) {
        return unusable(parts ? rows.error() : parts.error(), "The journal cannot be read");
    }
    PointMaker maker(grid.from, grid.to, grid.width);
    for (const Part& part : *parts) {
        rows->bind(1, *breaker).bind(2, kRollupLevels[part.level].seconds).bind(3, part.from).bind(4, part.to);
        auto row = rows->step();
        for (; row && *row; row = rows->step()) {
            maker.add(*rows, kRollupLevels[part.level].seconds);
        }
        if (!row) {
            return unusable(row.error(), "The journal cannot be read");
        }
    }
    return maker.take();
}

}  // namespace fusebox::journal
