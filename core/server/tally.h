#pragma once
// What the server counts of itself, for its metrics.
// Threads: any.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fusebox::server {

class Tally {
public:
    /// Counts an answer. Statuses that are never given are counted as 500.
    void answered(unsigned status) {
        std::size_t place = kStatuses.size() - 1;
        for (std::size_t i = 0; i < kStatuses.size(); ++i) {
            if (kStatuses[i] == status) place = i;
        }
        m_answers[place].fetch_add(1, std::memory_order_relaxed);  // a count alone: nothing is ordered by it
    }

    /// The number of the next request: the log and the answer name it, so that one can be found by the other.
    [[nodiscard]] std::uint64_t nextRequest() { return m_requests.fetch_add(1, std::memory_order_relaxed) + 1; }

    /// Counts a frame that came while too many waited.
    void frameLost() { m_lostFrames.fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t lostFrames() const { return m_lostFrames.load(std::memory_order_relaxed); }

    /// An array, so that the number of series is known.
    static constexpr std::array<unsigned, 18> kStatuses{200, 202, 400, 401, 403, 404, 405, 408, 409,
                                                        411, 413, 414, 415, 421, 429, 431, 503, 500};

    [[nodiscard]] std::uint64_t answers(std::size_t place) const {
        return m_answers[place].load(std::memory_order_relaxed);
    }

private:
    std::array<std::atomic<std::uint64_t>, kStatuses.size()> m_answers{};
    std::atomic<std::uint64_t> m_requests{0};
    std::atomic<std::uint64_t> m_lostFrames{0};
};

}  // namespace fusebox::server
