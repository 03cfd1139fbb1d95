#include <fusebox/journal/rollup_maker.h>

#include <fusebox/journal/codes.h>
#include <fusebox/journal/latency_blob.h>

namespace fusebox::journal {

namespace {

RollupCounts totalsOf(const domain::Totals& totals) {
    return {totals.success, totals.failure, totals.ignored, totals.cancelled, totals.rejected, totals.slow};
}

/// A breaker that was made anew counts from zero.
RollupCounts difference(const RollupCounts& now, const RollupCounts& before) {
    const auto between = [](std::uint64_t later, std::uint64_t earlier) {
        return later >= earlier ? later - earlier : later;
    };
    return {between(now.success, before.success),   between(now.failure, before.failure),
            between(now.ignored, before.ignored),   between(now.cancelled, before.cancelled),
            between(now.rejected, before.rejected), between(now.slow, before.slow)};
}

}  // namespace

std::vector<RollupRow> RollupMaker::add(const domain::Frame& frame) {
    const std::int64_t second = std::chrono::floor<std::chrono::seconds>(frame.wall).time_since_epoch().count();
    std::vector<RollupRow> rows;
    if (second != m_second) {
        rows = finish();
        m_second = second;
    }
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        if (snapshot.identity) {
            add(snapshot);
        }
    }
    return rows;
}

void RollupMaker::add(const domain::Snapshot& snapshot) {
    Tally& tally = m_tallies[snapshot.identity->id.value];
    const RollupCounts now = totalsOf(snapshot.metrics.totals);
    if (tally.totals) {
        tally.counts += difference(now, *tally.totals);
    }
    tally.totals = now;
    tally.state = tally.second == m_second ? worseOf(tally.state, snapshot.state) : snapshot.state;
    tally.second = m_second;
}

std::vector<RollupRow> RollupMaker::finish() {
    std::unordered_map<std::string, std::string> latencies;
    if (m_take) {
        for (const auto& [breaker, histogram] : m_take()) {
            latencies.emplace(breaker.value, blobOf(histogram));
        }
    }
    std::vector<RollupRow> rows;
    for (auto each = m_tallies.begin(); each != m_tallies.end();) {
        Tally& tally = each->second;
        if (tally.second != m_second) {
            each = m_tallies.erase(each);  // it was removed
            continue;
        }
        const auto latency = latencies.find(each->first);
        if (tally.counts != RollupCounts() || tally.state != domain::State::closed || latency != latencies.end()) {
            rows.push_back({each->first, m_second, tally.counts, tally.state,
                            latency == latencies.end() ? std::string() : std::move(latency->second)});
        }
        tally.counts = RollupCounts();
        ++each;
    }
    return rows;
}

}  // namespace fusebox::journal
