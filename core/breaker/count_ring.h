#pragma once
// The last N outcomes, exactly: a ring of outcomes with running totals.
// Threads: record() and counts() from any thread without a lock; clear() and resize() under the automaton's lock.
// Limits: 30,000 outcomes, 4 bytes each. All threads share it, so it does not scale; a window by time does.
//
// Each entry and the totals carry an epoch, which clear() and resize() move on. Entries of an older epoch count for nothing, and a
// writer of an older epoch changes nothing newer; so clearing is a few stores, whatever writers are under way.

#include <fusebox/breaker/trip_rules.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fusebox::breaker {

template <typename Atomics>
class CountRing {
public:
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;

    enum Mark : std::uint32_t { kFailed = 1, kSlow = 2 };

    /// Keeps the newest outcomes that fit. A ring of no size records nothing.
    void resize(std::size_t size, std::uint32_t generation) {
        const std::vector<std::uint32_t> kept = entries();
        m_room.store(nullptr, std::memory_order_release);
        clear(generation);
        m_next.store(0, std::memory_order_relaxed);
        if (size == 0) {
            return;
        }
        m_room.store(roomOf(size), std::memory_order_release);
        for (std::size_t i = kept.size() - std::min(kept.size(), size); i < kept.size(); ++i) {
            record(generation, kept[i]);
        }
    }

    /// Forgets everything; outcomes of `generation` count from now on.
    void clear(std::uint32_t generation) noexcept {
        const std::uint32_t epoch = (epochOf(m_header.load(std::memory_order_relaxed)) + 1) & kEpoch;
        m_totals.store(static_cast<std::uint64_t>(epoch & kShortEpoch) << 48, std::memory_order_release);
        m_header.store(static_cast<std::uint64_t>(generation) << 32 | epoch, std::memory_order_release);
    }

    /// An outcome of an earlier generation is dropped.
    void record(std::uint32_t generation, std::uint32_t marks) noexcept {
        // acquire: who sees the header sees the totals of its epoch; a room that is older or newer is sorted out by the epochs.
        const std::uint64_t header = m_header.load(std::memory_order_acquire);
        Room* room = m_room.load(std::memory_order_acquire);
        if (header >> 32 != generation || room == nullptr) {
            return;
        }
        const std::uint32_t epoch = epochOf(header);
        Atomic<std::uint32_t>& slot = room->places[m_next.fetch_add(1, std::memory_order_relaxed) % room->size];
        const std::uint32_t mine = epoch << 3 | marks << 1 | 1U;
        std::uint32_t old = slot.load(std::memory_order_relaxed);
        do {
            if (isUsed(old) && isNewer(old >> 3, epoch)) {
                return;
            }
        } while (!slot.compare_exchange_weak(old, mine, std::memory_order_relaxed, std::memory_order_relaxed));
        const std::uint32_t replaced = isUsed(old) && old >> 3 == epoch ? old : 0;
        adjust(epoch, 1 - has(replaced, 0), has(mine, kFailed) - has(replaced, kFailed),
               has(mine, kSlow) - has(replaced, kSlow));
    }

    [[nodiscard]] WindowCounts counts() const noexcept {
        const std::uint64_t totals = m_totals.load(std::memory_order_acquire);
        return {part(totals, 0), part(totals, 16), part(totals, 32)};
    }

private:
    struct Room {
        std::size_t size;
        std::unique_ptr<Atomic<std::uint32_t>[]> places;
    };

    static constexpr std::uint32_t kEpoch = (1U << 29) - 1;
    static constexpr std::uint32_t kShortEpoch = 0xffff;

    static std::uint32_t epochOf(std::uint64_t header) noexcept { return static_cast<std::uint32_t>(header) & kEpoch; }
    static bool isUsed(std::uint32_t slot) noexcept { return (slot & 1U) != 0; }
    static bool isNewer(std::uint32_t a, std::uint32_t b) noexcept { return a != b && ((a - b) & kEpoch) < kEpoch / 2; }

    /// 1 if the entry carries the mark; with no mark given, if it is used at all.
    static int has(std::uint32_t slot, std::uint32_t mark) noexcept {
        return mark == 0 ? static_cast<int>(slot & 1U) : (slot & mark << 1) != 0 ? 1 : 0;
    }

    /// One of three signed counts. While writers that overtook each other catch up it may be below zero for a moment.
    static std::uint64_t part(std::uint64_t totals, unsigned shift) noexcept {
        const auto value = static_cast<std::int16_t>(static_cast<std::uint16_t>(totals >> shift));
        return value > 0 ? static_cast<std::uint64_t>(value) : 0;
    }
    static std::uint64_t moved(std::uint64_t totals, unsigned shift, int by) noexcept {
        const auto value =
            static_cast<std::uint16_t>(static_cast<int>(static_cast<std::uint16_t>(totals >> shift)) + by);
        return static_cast<std::uint64_t>(value) << shift;
    }

    void adjust(std::uint32_t epoch, int calls, int failures, int slow) noexcept {
        std::uint64_t old = m_totals.load(std::memory_order_relaxed);
        std::uint64_t changed = 0;
        do {
            if (old >> 48 != (epoch & kShortEpoch)) {
                return;
            }
            changed = (old >> 48 << 48) | moved(old, 0, calls) | moved(old, 16, failures) | moved(old, 32, slow);
        } while (!m_totals.compare_exchange_weak(old, changed, std::memory_order_acq_rel, std::memory_order_relaxed));
    }

    /// The marks of the entries of this epoch, oldest first.
    [[nodiscard]] std::vector<std::uint32_t> entries() const {
        std::vector<std::uint32_t> found;
        const Room* room = m_room.load(std::memory_order_relaxed);
        const std::uint64_t next = m_next.load(std::memory_order_relaxed);
        for (std::size_t i = 0; room != nullptr && i < room->size; ++i) {
            const std::uint32_t slot = room->places[(next + i) % room->size].load(std::memory_order_relaxed);
            if (isUsed(slot) && slot >> 3 == epochOf(m_header.load(std::memory_order_relaxed))) {
                found.push_back(slot >> 1 & 3U);
            }
        }
        return found;
    }

    /// Rooms stay for late writers; one of the same size is used again.
    [[nodiscard]] Room* roomOf(std::size_t size) {
        for (const auto& room : m_rooms) {
            if (room->size == size) {
                return room.get();
            }
        }
        m_rooms.push_back(std::make_unique<Room>(Room{size, std::make_unique<Atomic<std::uint32_t>[]>(size)}));
        return m_rooms.back().get();
    }

    Atomic<Room*> m_room{nullptr};
    Atomic<std::uint64_t> m_next{0};
    Atomic<std::uint64_t> m_header{0};  ///< generation 32, epoch 29
    Atomic<std::uint64_t> m_totals{0};  ///< epoch 16, slow 16, failures 16, calls 16
    std::vector<std::unique_ptr<Room>> m_rooms;
};

}  // namespace fusebox::breaker
