#include <fusebox/handling/retry_budget.h>

#include <algorithm>

namespace fusebox::handling {

namespace {

// relaxed throughout: the balance is one word, changed by compare-and-swap, and guards no other data.
constexpr auto kAlone = std::memory_order_relaxed;
constexpr std::int64_t kReachNs = RetryBudget::kReach.count();

std::int64_t nanoseconds(double seconds) {
    return static_cast<std::int64_t>(seconds * 1e9);
}

}  // namespace

RetryBudget::RetryBudget(const BudgetRules& rules, const base::Clock& clock)
    : m_clock(clock),
      // One retry must fit, however slowly they come.
      m_perRetry(std::min(kReachNs, nanoseconds(1 / rules.perSecond))),
      m_perCall(nanoseconds(rules.share / rules.perSecond)),
      m_emptyAt(now() - kReachNs) {}

bool RetryBudget::withdraw() noexcept {
    const std::int64_t at = now();
    std::int64_t before = m_emptyAt.load(kAlone);
    std::int64_t after = 0;
    do {
        after = std::max(before, at - kReachNs) + m_perRetry;
        if (after > at) return false;
    } while (!m_emptyAt.compare_exchange_weak(before, after, kAlone));
    m_drawn.store(true, kAlone);
    return true;
}

void RetryBudget::deposit() noexcept {
    const std::int64_t full = now() - kReachNs;
    std::int64_t before = m_emptyAt.load(kAlone);
    do {
        if (before <= full) {
            // A withdrawal at this moment may be overlooked until the next one: the bucket is all but full then.
            m_drawn.store(false, kAlone);
            return;
        }
    } while (!m_emptyAt.compare_exchange_weak(before, std::max(full, before - m_perCall), kAlone));
}

double RetryBudget::left() const noexcept {
    const auto time = static_cast<double>(now() - m_emptyAt.load(kAlone));
    return std::clamp(time / static_cast<double>(kReachNs), 0.0, 1.0);
}

}  // namespace fusebox::handling
