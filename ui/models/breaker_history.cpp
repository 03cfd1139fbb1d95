#include <fusebox/models/breaker_history.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <limits>

namespace fusebox::models {

namespace {

std::optional<float> milliseconds(std::optional<base::Duration> duration) {
    if (!duration) return std::nullopt;
    return std::chrono::duration<float, std::milli>(*duration).count();
}

bool isRestarted(const domain::Totals& before, const domain::Totals& now) {
    return now.success < before.success || now.failure < before.failure || now.slow < before.slow ||
           now.rejected < before.rejected;
}

std::uint32_t narrow(std::uint64_t count) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

void addTo(std::uint32_t& sum, std::uint64_t count) {
    sum = narrow(sum + count);
}

}  // namespace

std::uint32_t HistoryPoint::slowSuccess() const {
    // What is slow and failed is mostly a timeout, so failures are taken to be the slow ones first.
    const std::uint32_t beyondFailures = slow > failure ? slow - failure : 0;
    return std::min(beyondFailures, success);
}

std::int64_t secondOf(base::Time at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

void BreakerHistory::add(base::Time at, const domain::Snapshot& snapshot) {
    const std::int64_t second = secondOf(at);
    const domain::Totals& now = snapshot.metrics.totals;
    const bool isGap = second < m_second || second - m_second > kSpreadSeconds;
    if (!m_totals || isGap) {
        beginAnew(second, now);
        return;
    }
    Counts counts;
    if (!isRestarted(*m_totals, now)) {
        counts = {now.success - m_totals->success, now.failure - m_totals->failure, now.slow - m_totals->slow,
                  now.rejected - m_totals->rejected};
    }
    m_totals = now;
    advance(second, counts);
    if (isEmpty() || last().second != second) return;  // the second in which watching began is not whole
    HistoryPoint& point = last();
    point.p50Ms = milliseconds(snapshot.metrics.latency.p50);
    point.p95Ms = milliseconds(snapshot.metrics.latency.p95);
    point.p99Ms = milliseconds(snapshot.metrics.latency.p99);
    const std::optional<double>& rate = snapshot.metrics.window.failureRate;
    point.errorRate = rate ? std::optional(static_cast<float>(*rate)) : std::nullopt;
    point.state = snapshot.state;
}

void BreakerHistory::beginAnew(std::int64_t second, const domain::Totals& totals) {
    if (second < m_second) {  // another origin of time: what was is not comparable
        m_points.clear();
        m_start = 0;
    }
    m_totals = totals;
    m_second = second;
}

/// Spreads the counts over the seconds since the last frame, or adds them to the second that still runs.
void BreakerHistory::advance(std::int64_t second, const Counts& counts) {
    const auto seconds = static_cast<std::uint64_t>(second - m_second);
    if (seconds == 0) {
        if (isEmpty() || last().second != second) return;
        addTo(last().success, counts.success);
        addTo(last().failure, counts.failure);
        addTo(last().slow, counts.slow);
        addTo(last().rejected, counts.rejected);
        return;
    }
    const domain::State before = isEmpty() ? domain::State::closed : last().state;
    for (std::uint64_t i = 0; i < seconds; ++i) {
        // The i-th share of a count: the shares differ by one at most and their sum is the count.
        const auto share = [&](std::uint64_t count) { return narrow(count * (i + 1) / seconds - count * i / seconds); };
        HistoryPoint point;
        point.second = m_second + 1 + static_cast<std::int64_t>(i);
        point.success = share(counts.success);
        point.failure = share(counts.failure);
        point.slow = share(counts.slow);
        point.rejected = share(counts.rejected);
        point.state = before;
        push(point);
    }
    m_second = second;
}

void BreakerHistory::push(HistoryPoint point) {
    if (m_points.size() < m_capacity) {
        m_points.push_back(point);
        return;
    }
    m_points[m_start] = point;
    m_start = (m_start + 1) % m_points.size();
}

HistoryPoint& BreakerHistory::last() {
    return m_points[(m_start + m_points.size() - 1) % m_points.size()];
}

void BreakerHistory::setCapacity(std::size_t capacity) {
    assert(capacity > 0);
    if (capacity == m_capacity) return;
    std::rotate(m_points.begin(), m_points.begin() + static_cast<std::ptrdiff_t>(m_start), m_points.end());
    m_start = 0;
    if (m_points.size() > capacity) {
        m_points.erase(m_points.begin(), m_points.end() - static_cast<std::ptrdiff_t>(capacity));
        m_points.shrink_to_fit();
    }
    m_capacity = capacity;
}

const HistoryPoint& BreakerHistory::at(std::size_t index) const {
    assert(index < m_points.size());
    return m_points[(m_start + index) % m_points.size()];
}

std::size_t BreakerHistory::firstFrom(std::int64_t second) const {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (at(middle).second < second) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

}  // namespace fusebox::models
