#include <fusebox/latency/mark.h>

namespace fusebox::latency {

namespace {

/// A record that comes late, into an epoch that was read already, is not taken back.
void addNew(Histogram& sum, const Histogram& now, const Histogram* seen) {
    now.forEachCell([&](std::size_t cell, std::uint64_t count) {
        const std::uint64_t before = seen == nullptr ? 0 : seen->count(cell);
        sum.add(cell, count > before ? count - before : 0);
    });
}

}  // namespace

Histogram Mark::advance(std::uint32_t number, const Histogram& former, const Histogram& current) {
    Histogram sum(current.scale().precision());
    const bool isSameScale = m_seen.scale() == current.scale();
    if (m_number && isSameScale && *m_number == number) {
        addNew(sum, current, &m_seen);
    } else if (m_number) {
        addNew(sum, former, isSameScale && *m_number + 1 == number ? &m_seen : nullptr);
        addNew(sum, current, nullptr);
    }
    m_number = number;
    m_seen = current;
    return sum;
}

}  // namespace fusebox::latency
