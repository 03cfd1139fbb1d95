#pragma once
// Rates from counters that only grow: differences over the last ~3 s of frame time. A counter that restarts begins
// anew.
// Time: the frames' own monotonic time.

#include <fusebox/base/time.h>
#include <fusebox/domain/circuit_metrics.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace fusebox::models {

struct Rates {
    double attempts = 0;  ///< permitted and rejected, per second
    double rejected = 0;  ///< per second
    double ended = 0;     ///< success and failure, per second
    double failed = 0;    ///< per second
};

class RateWindow {
public:
    static constexpr base::Duration kSpan = std::chrono::seconds(3);
    static constexpr base::Duration kStep = std::chrono::milliseconds(500);

    /// REQUIRES: at does not go back.
    void add(base::Time at, const domain::Totals& totals);

    /// Absent until two samples are at least half a second apart.
    [[nodiscard]] std::optional<Rates> rates() const;

private:
    struct Sample {
        base::Time at{};
        std::uint64_t attempts = 0;
        std::uint64_t rejected = 0;
        std::uint64_t ended = 0;
        std::uint64_t failed = 0;
    };

    static constexpr std::size_t kSamples = 8;

    [[nodiscard]] const Sample& oldest() const;

    std::array<Sample, kSamples> m_samples{};  ///< about one per kStep
    std::size_t m_next = 0;
    std::size_t m_size = 0;
    Sample m_latest;
};

}  // namespace fusebox::models
