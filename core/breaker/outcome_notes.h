#pragma once
// How the last calls of a stripe ended, one word each: for the dossier of a trip, not for decisions.
// Threads: success() and failure() by the stripe's owner, or by many on the shared stripe, where one may overwrite another's; a word is never torn.
//   each() from any thread.
// Limits: 16 successes and 16 failures, the newest but for one of each at most. Ends are known to 1 ms, durations to 1 us, above 68 s
//   to 1 ms. What is older than 208 days seems newer.

#include <fusebox/base/time.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace fusebox::breaker {

/// One outcome. Layout: used, failed, slow, coarse 1 bit each, duration 26 bits, end 34 bits in steps of 2^20 ns.
class OutcomeNote {
public:
    enum Mark : std::uint32_t { kFailed = 1, kSlow = 2 };

    constexpr explicit OutcomeNote(std::uint64_t bits) noexcept : m_bits(bits) {}

    /// `tookNs` below zero: the call was not timed.
    [[nodiscard]] static constexpr OutcomeNote of(std::int64_t endNs, std::int64_t tookNs,
                                                  std::uint32_t marks) noexcept {
        const std::uint64_t took = static_cast<std::uint64_t>(tookNs);
        const bool coarse = (took >> 10) >= kUntimed;
        std::uint64_t duration = took >> (coarse ? 20 : 10);
        duration = tookNs < 0 ? kUntimed : std::min(duration, kUntimed - 1);
        return OutcomeNote(kUsed | (marks & kFailed ? kFailure : 0) | (marks & kSlow ? kSlowCall : 0) |
                           (coarse ? kCoarse : 0) | duration << 34 | (static_cast<std::uint64_t>(endNs) >> 20 & kEnd));
    }

    [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return m_bits; }
    [[nodiscard]] constexpr bool used() const noexcept { return (m_bits & kUsed) != 0; }
    [[nodiscard]] constexpr bool failed() const noexcept { return (m_bits & kFailure) != 0; }
    [[nodiscard]] constexpr bool slow() const noexcept { return (m_bits & kSlowCall) != 0; }
    [[nodiscard]] constexpr std::optional<base::Duration> took() const noexcept {
        const std::uint64_t duration = m_bits >> 34 & kUntimed;
        if (duration == kUntimed) {
            return std::nullopt;
        }
        return base::Duration(static_cast<std::int64_t>(duration << ((m_bits & kCoarse) != 0 ? 20 : 10)));
    }
    /// From its end to `nowNs`, to 1 ms.
    [[nodiscard]] constexpr base::Duration age(std::int64_t nowNs) const noexcept {
        const std::uint64_t steps = ((static_cast<std::uint64_t>(nowNs) >> 20) - m_bits) & kEnd;
        // A clock that was read a moment later by another thread is no age of 208 days.
        return base::Duration(static_cast<std::int64_t>(steps > kEnd - 1000 ? 0 : steps << 20));
    }

private:
    static constexpr std::uint64_t kUsed = std::uint64_t{1} << 63;
    static constexpr std::uint64_t kFailure = std::uint64_t{1} << 62;
    static constexpr std::uint64_t kSlowCall = std::uint64_t{1} << 61;
    static constexpr std::uint64_t kCoarse = std::uint64_t{1} << 60;
    static constexpr std::uint64_t kUntimed = (std::uint64_t{1} << 26) - 1;
    static constexpr std::uint64_t kEnd = (std::uint64_t{1} << 34) - 1;

    std::uint64_t m_bits;
};

template <typename Atomics>
class OutcomeNotes {
public:
    static constexpr std::size_t kEach = 16;

    // `count` is the stripe's number of outcomes of that kind so far. Where only each 16th is noted, it still goes round.
    // relaxed: each word stands for itself.
    void success(std::uint64_t count, OutcomeNote note) noexcept {
        m_successes[placeOf(count)].store(note.bits(), std::memory_order_relaxed);
    }
    void failure(std::uint64_t count, OutcomeNote note) noexcept {
        m_failures[placeOf(count)].store(note.bits(), std::memory_order_relaxed);
    }

    template <typename Visit>
    void each(Visit visit) const {
        for (const auto* words : {&m_successes, &m_failures}) {
            for (const auto& word : *words) {
                if (const OutcomeNote note(word.load(std::memory_order_relaxed)); note.used()) {
                    visit(note);
                }
            }
        }
    }

private:
    using Word = typename Atomics::template Atomic<std::uint64_t>;

    static constexpr std::size_t placeOf(std::uint64_t count) noexcept { return (count + count / kEach) % kEach; }

    std::array<Word, kEach> m_successes{};
    std::array<Word, kEach> m_failures{};
};

}  // namespace fusebox::breaker
