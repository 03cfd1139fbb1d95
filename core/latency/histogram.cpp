#include <fusebox/latency/histogram.h>

#include <cmath>

namespace fusebox::latency {

namespace {

base::Duration duration(std::uint64_t nanoseconds) {
    return base::Duration(static_cast<base::Duration::rep>(nanoseconds));
}

}  // namespace

void Histogram::record(base::Duration latency) {
    add(m_scale.cellOf(static_cast<std::uint64_t>(std::max<base::Duration::rep>(latency.count(), 0))), 1);
}

void Histogram::add(std::size_t cell, std::uint64_t count) {
    if (count == 0) {
        return;
    }
    m_cells[cell] += count;
    m_count += count;
    m_first = std::min(m_first, cell);
    m_last = std::max(m_last, cell);
}

void Histogram::merge(const Histogram& other) {
    const bool sameScale = m_scale == other.m_scale;
    for (std::size_t cell = other.m_first; cell <= other.m_last; ++cell) {
        add(sameScale ? cell : m_scale.cellOf(other.m_scale.valueOf(cell)), other.m_cells[cell]);
    }
}

void Histogram::clear() {
    for (std::size_t cell = m_first; cell <= m_last; ++cell) {
        m_cells[cell] = 0;
    }
    m_count = 0;
    m_first = SIZE_MAX;
    m_last = 0;
}

std::optional<base::Duration> Histogram::quantile(double q) const {
    if (m_count == 0) {
        return std::nullopt;
    }
    const auto rank =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(m_count))));
    std::uint64_t below = 0;
    for (std::size_t cell = m_first; cell <= m_last; ++cell) {
        below += m_cells[cell];
        if (below >= rank) {
            return duration(m_scale.valueOf(cell));
        }
    }
    return duration(m_scale.valueOf(m_last));
}

std::optional<base::Duration> Histogram::mean() const {
    if (m_count == 0) {
        return std::nullopt;
    }
    double sum = 0;
    for (std::size_t cell = m_first; cell <= m_last; ++cell) {
        sum += static_cast<double>(m_cells[cell]) * static_cast<double>(m_scale.valueOf(cell));
    }
    return duration(static_cast<std::uint64_t>(sum / static_cast<double>(m_count)));
}

std::optional<base::Duration> Histogram::max() const {
    return m_count == 0 ? std::nullopt : std::optional(duration(m_scale.valueOf(m_last)));
}

}  // namespace fusebox::latency
