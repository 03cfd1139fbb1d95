#pragma once
// Adds up what the frames say of each breaker, second by second: the differences of its totals, its worst state, and the
// latencies that it recorded.
// Threads: one at a time.
// Limits: a breaker that neither calls nor leaves CLOSED has no rows.

#include <fusebox/domain/frame.h>
#include <fusebox/journal/batch.h>
#include <fusebox/latency/histogram.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fusebox::journal {

/// Gives what each breaker recorded since the last call: breaker::LatencyWatch::take(). Called on the journal's thread, once a
/// second.
using TakeLatencies = std::function<std::vector<std::pair<domain::BreakerId, latency::Histogram>>()>;

class RollupMaker {
public:
    void setLatencies(TakeLatencies take) { m_take = std::move(take); }

    /// Takes a frame in. Gives the rows of the second that it ended, if it ended one.
    [[nodiscard]] std::vector<RollupRow> add(const domain::Frame& frame);
    /// The rows of the second that is not over.
    [[nodiscard]] std::vector<RollupRow> finish();

private:
    struct Tally {
        std::optional<RollupCounts> totals;  ///< at the last frame
        RollupCounts counts;
        domain::State state = domain::State::unknown;
        std::int64_t second = 0;  ///< the last in which it was seen
    };

    void add(const domain::Snapshot& snapshot);

    TakeLatencies m_take;
    std::int64_t m_second = 0;  ///< zero: none yet
    std::unordered_map<std::string, Tally> m_tallies;
};

}  // namespace fusebox::journal
