#pragma once
// A token bucket that keeps retries from becoming a storm: each call brings a share of a token, time brings some more,
// each retry takes one. Shared by all who call one dependency.
// Threads: all functions from any thread; there is no lock. While nothing was retried of late, noteCall() is one load.
// Time: from the given clock.
// Limits: holds what kReach of time alone would bring (30 retries at 3/s); it starts full.
// Source: the generic cell rate algorithm; Finagle's RetryBudget for share and floor.

#include <fusebox/base/clock.h>
#include <fusebox/handling/policy.h>

#include <atomic>
#include <cstdint>

namespace fusebox::handling {

class RetryBudget {
public:
    static constexpr base::Duration kReach = std::chrono::seconds(10);

    /// REQUIRES: rules that check() accepts; the clock outlives this.
    RetryBudget(const BudgetRules& rules, const base::Clock& clock);

    /// A call is made that is no retry.
    void noteCall() noexcept {
        // relaxed: the flag stands alone; a call that is missed while it changes is a fifth of a token.
        if (m_drawn.load(std::memory_order_relaxed)) deposit();
    }

    /// Takes the right to one retry. False: the budget is spent.
    [[nodiscard]] bool withdraw() noexcept;

    /// What is left, 0 to 1.
    [[nodiscard]] double left() const noexcept;

private:
    void deposit() noexcept;
    [[nodiscard]] std::int64_t now() const noexcept { return m_clock.now().time_since_epoch().count(); }

    const base::Clock& m_clock;
    const std::int64_t m_perRetry;        ///< the time that brings one token, in ns
    const std::int64_t m_perCall;         ///< the time that a call is worth, in ns
    std::atomic<std::int64_t> m_emptyAt;  ///< when the bucket would have been empty, had it grown since at its rate
    std::atomic<bool> m_drawn{false};     ///< not known to be full
};

}  // namespace fusebox::handling
