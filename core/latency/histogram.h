#pragma once
// A distribution of latencies as a plain value: record, merge, ask for quantiles.
// Threads: as any value. WindowedRecorder fills one from many threads.
// Limits: the error of each quantile and of the mean is at most scale().relativeError() of the value.

#include <fusebox/base/time.h>
#include <fusebox/latency/scale.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace fusebox::latency {

class Histogram {
public:
    explicit Histogram(Precision precision = Precision::standard) : m_scale(precision), m_cells(m_scale.cells()) {}

    void record(base::Duration latency);
    void add(std::size_t cell, std::uint64_t count);

    /// Gives the same as recording both into one; from another precision, the errors of both add up.
    void merge(const Histogram& other);
    void clear();

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t count(std::size_t cell) const { return m_cells[cell]; }
    /// use(cell, count) for each cell that holds something, in order.
    template <typename Use>
    void forEachCell(Use&& use) const {
        for (std::size_t cell = m_first; cell <= m_last && m_count > 0; ++cell) {
            if (m_cells[cell] > 0) {
                use(cell, m_cells[cell]);
            }
        }
    }
    [[nodiscard]] const Scale& scale() const { return m_scale; }

    /// The smallest recorded latency that at least the share q of all does not exceed (nearest rank). Nothing when
    /// empty. REQUIRES: 0 < q <= 1.
    [[nodiscard]] std::optional<base::Duration> quantile(double q) const;
    [[nodiscard]] std::optional<base::Duration> mean() const;
    [[nodiscard]] std::optional<base::Duration> max() const;

private:
    Scale m_scale;
    std::vector<std::uint64_t> m_cells;
    std::uint64_t m_count = 0;
    std::size_t m_first = SIZE_MAX;  ///< the touched cells lie within first..last
    std::size_t m_last = 0;
};

}  // namespace fusebox::latency
