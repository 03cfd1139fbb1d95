#pragma once
// One thread's share of a breaker's counters, or the share of all threads that have none of their own.
// Threads: an owned stripe is written by its owner alone (a load and a store, no locked instruction); the shared one by fetch_add.
//   Anyone may read at any time.
// Limits: about 400 bytes, plus a latency recorder of 4.6 KiB per epoch where calls are timed.

#include <fusebox/breaker/outcome_notes.h>
#include <fusebox/breaker/start_watch.h>
#include <fusebox/breaker/state_word.h>
#include <fusebox/breaker/ticket.h>
#include <fusebox/domain/category.h>
#include <fusebox/latency/windowed_recorder.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fusebox::breaker {

/// Which bucket outcomes are counted in now; published as one word.
struct BucketMark {
    std::uint32_t tag = 0;   ///< grows with each bucket
    std::uint32_t slot = 0;  ///< where each stripe keeps it, below 256

    /// Set in the published word while outcomes must do more than be counted, so that no stripe takes it for its own.
    static constexpr std::uint64_t kAsks = 0x100;

    [[nodiscard]] static constexpr BucketMark from(std::uint64_t bits) noexcept {
        return {static_cast<std::uint32_t>(bits >> 9), static_cast<std::uint32_t>(bits & 0xff)};
    }
    [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return static_cast<std::uint64_t>(tag) << 9 | slot; }
};

template <typename Atomics>
struct Bucket {
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;

    Atomic<std::uint64_t> tag{0};
    Atomic<std::uint64_t> calls{0};
    Atomic<std::uint64_t> failures{0};
    Atomic<std::uint64_t> slow{0};

    /// Makes it the bucket of `newTag`. REQUIRES: the only writer.
    void restart(std::uint32_t newTag) noexcept {
        calls.store(0, std::memory_order_relaxed);
        failures.store(0, std::memory_order_relaxed);
        slow.store(0, std::memory_order_relaxed);
        // release: who reads the new tag reads zeros or newer.
        tag.store(newTag, std::memory_order_release);
    }
};

template <typename Atomics>
class alignas(64) Stripe {
public:
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;
    using Count = Atomic<std::uint64_t>;
    using Buckets = Bucket<Atomics>;

    static constexpr std::uint32_t kShared = UINT32_MAX - 1;  ///< no thread has this slot

    explicit Stripe(std::uint32_t ownerSlot) : owner(ownerSlot) {}

    const std::uint32_t owner;

    Count permitted{0};
    Count rejected{0};
    Count success{0};
    Count failure{0};
    Count ignored{0};
    Count cancelled{0};
    Count slow{0};
    Count wouldReject{0};
    std::array<Count, domain::kCategoryCount> failuresByCategory{};

    Count nextTimed{0};  ///< the permit of this number is timed; 0: each one

    /// What the owner answers while it refuses, without a look at the clock at each call.
    struct Refusing {
        Count word{0};      ///< the state word it is for
        Count nextLook{0};  ///< the refusal of this number looks at the clock again
        Count lookedAtCount{0};
        Atomic<std::int64_t> untilProbeNs{0};  ///< at the last look

        [[nodiscard]] Admission answer(StateWord of) const noexcept {
            return Admission::refuse(of.ruling() == Ruling::forceOpen ? RefusalReason::heldOpen : RefusalReason::open,
                                     untilProbeNs.load(std::memory_order_relaxed));
        }
    };
    Refusing refusing;
    Atomic<std::int64_t> lookedAtNs{0};  ///< when it last looked at the clock for other reasons than timing a call

    // Failures and slow calls that may still be counted before someone must evaluate the trip rules.
    Atomic<std::uint32_t> credit{0};
    Atomic<std::uint32_t> creditEpoch{0};

    OutcomeNotes<Atomics> notes;

    /// Adds one as the only writer. release: free where it matters, and completions need it.
    template <typename Number>
    [[gnu::always_inline]] static Number bumpOwned(Atomic<Number>& counter) noexcept {
        const Number value = counter.load(std::memory_order_relaxed) + 1;
        counter.store(value, std::memory_order_release);
        return value;
    }

    /// Adds one to a counter of this stripe, owned or shared, and gives its new value.
    template <typename Number>
    [[gnu::always_inline]] Number bump(Atomic<Number>& counter) noexcept {
        return owner == kShared ? counter.fetch_add(1, std::memory_order_release) + 1 : bumpOwned(counter);
    }

    /// False until widen() gave it room.
    [[nodiscard]] bool counts() const noexcept { return m_buckets.load(std::memory_order_acquire) != nullptr; }

    /// The place of a bucket. Only its tag says whether it is still that bucket. REQUIRES: counts().
    [[nodiscard]] Buckets& at(BucketMark mark) noexcept { return m_buckets.load(std::memory_order_acquire)[mark.slot]; }

    /// As at(), made ready for counting. The shared stripe's buckets are made ready by who publishes the mark.
    [[nodiscard]] Buckets& bucket(BucketMark mark) noexcept {
        Buckets& found = at(mark);
        if (owner != kShared) {
            if (found.tag.load(std::memory_order_relaxed) != mark.tag) {
                found.restart(mark.tag);
            }
            m_adopted = mark.bits();
            m_current = &found;
        }
        return found;
    }

    /// The bucket of a published mark, if the owner has made it ready before and nothing else is to be done. Owner only.
    [[nodiscard]] Buckets* readyBucket(std::uint64_t published) noexcept {
        return published == m_adopted ? m_current : nullptr;
    }

    [[nodiscard]] latency::WindowedRecorder* latency() noexcept { return m_latency.load(std::memory_order_acquire); }

    /// Owner thread, or under the automaton's lock. Recorders of an earlier precision stay, so that toggling does not grow.
    void useRecorder(latency::Precision precision) {
        for (const auto& recorder : m_recorders) {
            if (recorder->scale() == latency::Scale(precision)) {
                m_latency.store(recorder.get(), std::memory_order_release);
                return;
            }
        }
        m_recorders.push_back(std::make_unique<latency::WindowedRecorder>(precision, writers()));
        m_latency.store(m_recorders.back().get(), std::memory_order_release);
    }
    void useNoRecorder() noexcept { m_latency.store(nullptr, std::memory_order_release); }

    /// Null where the ages of calls are not watched.
    [[nodiscard]] StartWatch<Atomics>* watch() noexcept { return m_watch.load(std::memory_order_acquire); }

    /// Under the automaton's lock. It stays, for calls that began under it.
    void useWatch() {
        if (!m_watchRoom) {
            m_watchRoom = std::make_unique<StartWatch<Atomics>>(writers());
            m_watch.store(m_watchRoom.get(), std::memory_order_release);
        }
    }

    /// Under the automaton's lock. Room for more buckets, with `current` ready for counting; the old ones stay for late writers.
    /// Capacities double, so little is kept.
    void widen(std::size_t capacity, BucketMark current) {
        m_capacity = capacity;
        m_rooms.push_back(std::make_unique<Buckets[]>(capacity));
        m_rooms.back()[current.slot].restart(current.tag);
        m_buckets.store(m_rooms.back().get(), std::memory_order_release);
    }

    [[nodiscard]] std::size_t bytes() const noexcept {
        std::size_t sum = sizeof(*this) + m_capacity * sizeof(Buckets) * (m_rooms.size() > 1 ? 2 : 1);
        sum += m_watchRoom ? sizeof(*m_watchRoom) : 0;
        for (const auto& recorder : m_recorders) {
            sum += recorder->bytes();
        }
        return sum;
    }

private:
    [[nodiscard]] latency::Writers writers() const noexcept {
        return owner == kShared ? latency::Writers::many : latency::Writers::one;
    }

    // Of the owner alone.
    std::uint64_t m_adopted = UINT64_MAX;
    Buckets* m_current = nullptr;

    Atomic<Buckets*> m_buckets{nullptr};
    Atomic<StartWatch<Atomics>*> m_watch{nullptr};
    std::atomic<latency::WindowedRecorder*> m_latency{nullptr};
    std::size_t m_capacity = 0;
    std::vector<std::unique_ptr<Buckets[]>> m_rooms;
    std::vector<std::unique_ptr<latency::WindowedRecorder>> m_recorders;
    std::unique_ptr<StartWatch<Atomics>> m_watchRoom;
};

}  // namespace fusebox::breaker
