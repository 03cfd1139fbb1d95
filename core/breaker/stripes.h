#pragma once
// All stripes of one breaker: one shared, and one for each of the first threads that call it often.
// Threads: mine(), own() and the totals from any thread; what changes the set is called under the automaton's lock.
// Limits: five owned stripes; further threads share. The first thread gets its own at once, others once they are seen to be busy.

#include <fusebox/breaker/stripe.h>
#include <fusebox/breaker/thread_slot.h>
#include <fusebox/domain/circuit_metrics.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

namespace fusebox::breaker {

template <typename Atomics>
class Stripes {
public:
    using One = Stripe<Atomics>;
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;

    explicit Stripes(std::size_t capacity) : m_capacity(capacity), m_shared(One::kShared) {
        for (auto& seat : m_seats) {
            seat.store(&m_shared, std::memory_order_relaxed);  // free; saves own() a question
        }
    }

    /// The calling thread's own stripe, or null.
    [[nodiscard]] One* own() noexcept {
        const std::uint32_t slot = Atomics::knownSlot();
        // acquire: a stripe that is seen is seen complete.
        One* stripe = m_seats[slot % kSeats].load(std::memory_order_acquire);
        return stripe->owner == slot ? stripe : nullptr;
    }

    /// The calling thread's own stripe, else the shared one.
    [[nodiscard]] One& mine() noexcept {
        One* stripe = own();
        return stripe != nullptr ? *stripe : m_shared;
    }
    [[nodiscard]] One& shared() noexcept { return m_shared; }
    [[nodiscard]] const One& shared() const noexcept { return m_shared; }

    [[nodiscard]] std::size_t owned() const noexcept { return m_owned.load(std::memory_order_relaxed); }

    /// Whether the calling thread could be given a stripe.
    [[nodiscard]] bool mayTakeSeat() const noexcept {
        const std::uint32_t slot = Atomics::slot();
        return owned() < kMostOwned && slot != kNoSlot &&
               m_seats[slot % kSeats].load(std::memory_order_relaxed) == &m_shared;
    }

    /// Gives the calling thread its own stripe. Under the lock. REQUIRES: mayTakeSeat().
    template <typename Prepare>
    void takeSeat(Prepare prepare) {
        const std::uint32_t slot = Atomics::slot();
        auto stripe = std::make_unique<One>(slot);
        prepare(*stripe);
        m_seats[slot % kSeats].store(stripe.get(), std::memory_order_release);
        m_owners[owned()] = std::move(stripe);
        m_owned.store(m_owned.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

    /// Calls f for each stripe. Any thread.
    template <typename F>
    void forEach(F f) {
        f(m_shared);
        for (auto& seat : m_seats) {
            if (One* stripe = seat.load(std::memory_order_acquire); stripe != &m_shared) {
                f(*stripe);
            }
        }
    }

    /// Sums all counters. In each stripe what is completed is read before what was permitted; a call that began in one stripe and
    /// ended in another while this reads may be missed, but nothing in flight is ever negative.
    [[nodiscard]] domain::Totals totals() {
        domain::Totals sum;
        forEach([&](One& stripe) {
            // acquire: pairs with the release of each completion; its permit is visible to the reads below.
            sum.success += stripe.success.load(std::memory_order_acquire);
            sum.failure += stripe.failure.load(std::memory_order_acquire);
            sum.ignored += stripe.ignored.load(std::memory_order_acquire);
            sum.cancelled += stripe.cancelled.load(std::memory_order_acquire);
            sum.permitted += stripe.permitted.load(std::memory_order_relaxed);
            sum.rejected += stripe.rejected.load(std::memory_order_relaxed);
            sum.slow += stripe.slow.load(std::memory_order_relaxed);
            sum.wouldReject += stripe.wouldReject.load(std::memory_order_relaxed);
            for (std::size_t i = 0; i < domain::kCategoryCount; ++i) {
                sum.failuresByCategory[i] += stripe.failuresByCategory[i].load(std::memory_order_relaxed);
            }
        });
        const std::uint64_t completed = sum.success + sum.failure + sum.ignored + sum.cancelled;
        sum.permitted = std::max(sum.permitted, completed);
        sum.inFlight = sum.permitted - completed;
        return sum;
    }

    /// Room for more buckets per stripe. Under the lock.
    void widen(std::size_t capacity, BucketMark current) {
        if (capacity > m_capacity) {
            m_capacity = capacity;
            forEach([&](One& stripe) {
                if (stripe.counts()) {
                    stripe.widen(capacity, current);
                }
            });
        }
    }
    [[nodiscard]] std::size_t capacity() const noexcept { return m_capacity; }

private:
    static constexpr std::size_t kSeats = 8;
    static constexpr std::size_t kMostOwned = 5;

    std::array<Atomic<One*>, kSeats> m_seats{};
    Atomic<std::size_t> m_owned{0};
    std::size_t m_capacity;
    std::array<std::unique_ptr<One>, kMostOwned> m_owners;
    One m_shared;
};

}  // namespace fusebox::breaker
