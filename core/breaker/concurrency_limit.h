#pragma once
// How many calls may be in flight at once: a fixed number, or one that grows while calls succeed and shrinks when they fail or are late.
// It grows by one for each `limit` successes while at least half of it is used, and shrinks by a factor, at most once in a
// round trip (as many completions as calls were allowed): calls that began before it shrank say nothing about the smaller limit.
// Threads: take() to learn() and the looks from any thread, without a lock; configure(), reduce() and end() under the automaton's lock.
// Limits: 1,000,000 calls. All threads share two words, so it does not scale as counters per thread do.
// Source: additive increase, multiplicative decrease, as in TCP (RFC 5681) and Netflix concurrency-limits' AIMDLimit.

#include <fusebox/breaker/circuit_breaker_config.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace fusebox::breaker {

template <typename Atomics>
class ConcurrencyLimit {
public:
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;

    enum class Lesson : std::uint8_t { good, bad, none };

    /// Takes its numbers from the configuration; an adaptive limit stays where it is, if it may. Calls in flight keep their places.
    void configure(const CircuitBreakerConfig& config) noexcept {
        const bool adapts = config.concurrencyLimit == ConcurrencyMode::adaptive;
        const bool adapted = on() && m_adapts.load(std::memory_order_relaxed) != 0;
        const std::uint32_t lowest = adapts ? config.concurrencyMin : 1;
        const std::uint32_t now = !adapts    ? config.concurrencyMax
                                  : !adapted ? config.concurrencyInitial
                                             : std::clamp(limit(), lowest, config.concurrencyMax);
        m_lowest.store(lowest, std::memory_order_relaxed);
        m_highest.store(config.concurrencyMax, std::memory_order_relaxed);
        m_keep.store(partsOf(config.concurrencyShrinkFactor), std::memory_order_relaxed);
        m_adapts.store(adapts ? 1 : 0, std::memory_order_relaxed);
        m_isForNow.store(0, std::memory_order_relaxed);
        begin(now);
    }

    /// A limit of its own where none is configured: it grows to `highest` and then limits nothing any more.
    void limitForNow(std::uint32_t now, std::uint32_t highest) noexcept {
        m_lowest.store(1, std::memory_order_relaxed);
        m_highest.store(highest, std::memory_order_relaxed);
        m_adapts.store(0, std::memory_order_relaxed);
        m_isForNow.store(1, std::memory_order_relaxed);
        begin(now);
    }

    void end() noexcept {
        m_state.store(0, std::memory_order_relaxed);
        m_isForNow.store(0, std::memory_order_relaxed);
    }

    [[nodiscard]] bool on() const noexcept { return m_state.load(std::memory_order_relaxed) != 0; }
    [[nodiscard]] bool adapts() const noexcept {
        return (m_adapts.load(std::memory_order_relaxed) | m_isForNow.load(std::memory_order_relaxed)) != 0;
    }
    [[nodiscard]] bool isForNow() const noexcept { return m_isForNow.load(std::memory_order_relaxed) != 0; }
    /// As high as it may be.
    [[nodiscard]] bool isFull() const noexcept { return limit() >= highest(); }
    [[nodiscard]] std::uint32_t limit() const noexcept {
        return State::from(m_state.load(std::memory_order_relaxed)).limit;
    }
    [[nodiscard]] std::uint32_t lowest() const noexcept { return m_lowest.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint32_t highest() const noexcept { return m_highest.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint32_t inFlight() const noexcept { return m_taken.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t refused() const noexcept { return m_refused.load(std::memory_order_relaxed); }

    /// A place, if one is free. Never more than the limit at this moment are taken.
    [[nodiscard]] bool take() noexcept {
        const std::uint32_t most = isForNow() && isFull() ? UINT32_MAX : limit();
        std::uint32_t taken = m_taken.load(std::memory_order_relaxed);
        do {
            if (taken >= most) {
                return false;
            }
            // relaxed: the number alone matters, nothing is handed over with a place.
        } while (
            !m_taken.compare_exchange_weak(taken, taken + 1, std::memory_order_relaxed, std::memory_order_relaxed));
        return true;
    }

    /// A place for a call that passes in any case.
    void takeAnyway() noexcept { m_taken.fetch_add(1, std::memory_order_relaxed); }
    void giveBack() noexcept { m_taken.fetch_add(UINT32_MAX, std::memory_order_relaxed); }
    void countRefusal() noexcept { m_refused.fetch_add(1, std::memory_order_relaxed); }

    /// How a call ended that still has its place.
    void learn(Lesson lesson) noexcept {
        const bool isUsed = std::uint64_t{2} * inFlight() >= limit();
        change([this, lesson, isUsed](State state) { return learnt(state, lesson, isUsed); });
    }

    /// Shrinks to that share; gives the new limit. It grows back as it always grows. REQUIRES: 0 < share < 1.
    std::uint32_t reduce(double share) noexcept {
        change([this, share](State state) { return shrunk(state, partsOf(share)); });
        return limit();
    }

private:
    static constexpr std::uint64_t kWhole = 1'000'000;
    static std::uint32_t partsOf(double share) noexcept {
        return static_cast<std::uint32_t>(std::lround(share * static_cast<double>(kWhole)));
    }

    /// 20 bits each; all zero: there is no limit.
    struct State {
        std::uint32_t limit = 0;
        std::uint32_t successes = 0;  ///< towards the next growth
        std::uint32_t before = 0;     ///< completions to come before it may shrink again

        static State from(std::uint64_t bits) noexcept {
            return {static_cast<std::uint32_t>(bits & kPart), static_cast<std::uint32_t>(bits >> 20 & kPart),
                    static_cast<std::uint32_t>(bits >> 40)};
        }
        [[nodiscard]] std::uint64_t bits() const noexcept {
            return limit | static_cast<std::uint64_t>(successes) << 20 | static_cast<std::uint64_t>(before) << 40;
        }
        static constexpr std::uint64_t kPart = (1U << 20) - 1;
    };

    void begin(std::uint32_t limit) noexcept { m_state.store(State{limit, 0, 0}.bits(), std::memory_order_relaxed); }

    void change(auto how) noexcept {
        std::uint64_t old = m_state.load(std::memory_order_relaxed);
        std::uint64_t next = 0;
        do {
            next = old == 0 ? 0 : how(State::from(old)).bits();
            // relaxed: the word stands for itself.
        } while (next != old &&
                 !m_state.compare_exchange_weak(old, next, std::memory_order_relaxed, std::memory_order_relaxed));
    }

    [[nodiscard]] State shrunk(State state, std::uint32_t keep) const noexcept {
        const auto less = static_cast<std::uint32_t>(std::uint64_t{state.limit} * keep / kWhole);
        return {std::min(state.limit, std::max(less, lowest())), 0, state.limit};
    }

    [[nodiscard]] State learnt(State state, Lesson lesson, bool isUsed) const noexcept {
        const bool shrinks = m_adapts.load(std::memory_order_relaxed) != 0;
        if (lesson == Lesson::bad && shrinks && state.before == 0) {
            return shrunk(state, m_keep.load(std::memory_order_relaxed));
        }
        if (state.before > 0) {
            --state.before;
        }
        if (lesson == Lesson::good && isUsed && state.limit < highest() && ++state.successes >= state.limit) {
            return {state.limit + 1, 0, state.before};
        }
        return state;
    }

    Atomic<std::uint64_t> m_state{0};
    Atomic<std::uint32_t> m_taken{0};
    Atomic<std::uint64_t> m_refused{0};
    Atomic<std::uint32_t> m_lowest{1};
    Atomic<std::uint32_t> m_highest{1};
    Atomic<std::uint32_t> m_keep{0};  ///< parts of a million that a shrinking limit keeps
    Atomic<std::uint32_t> m_adapts{0};
    Atomic<std::uint32_t> m_isForNow{0};
};

}  // namespace fusebox::breaker
