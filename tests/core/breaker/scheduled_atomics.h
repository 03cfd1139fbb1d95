// The automaton's atomics, lock and thread numbers, as Schedules plays them.
#pragma once

#include "schedules.h"

#include <fusebox/base/clock.h>

#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <type_traits>

namespace fusebox::breaker {

struct ScheduledAtomics {
    template <typename Value>
    class Atomic {
    public:
        Atomic() noexcept : Atomic(Value{}) {}
        Atomic(Value value) noexcept : m_value(value), m_location(Schedules::only().newLocation()) {}
        Atomic(const Atomic&) = delete;
        Atomic& operator=(const Atomic&) = delete;

        [[nodiscard]] Value load(std::memory_order) const noexcept {
            Schedules::only().touch(m_location, false);
            const auto late = Schedules::only().lateValue(this);
            return late ? std::bit_cast<Value>(static_cast<Bits>(*late)) : m_value;
        }
        void store(Value value, std::memory_order) noexcept {
            Schedules::only().touch(m_location, true);
            if (!Schedules::only().lags(this, std::bit_cast<Bits>(value), &commit, m_location)) {
                m_value = value;
            }
        }
        Value fetch_add(Value by, std::memory_order) noexcept {
            Schedules::only().touch(m_location, true);
            Schedules::only().catchUp();
            const Value before = m_value;
            m_value = static_cast<Value>(before + by);
            return before;
        }
        bool compare_exchange_strong(Value& expected, Value wanted, std::memory_order,
                                     std::memory_order = std::memory_order_relaxed) noexcept {
            Schedules::only().touch(m_location, true);
            Schedules::only().catchUp();
            if (m_value != expected) {
                expected = m_value;
                return false;
            }
            m_value = wanted;
            return true;
        }
        bool compare_exchange_weak(Value& expected, Value wanted, std::memory_order success,
                                   std::memory_order failure = std::memory_order_relaxed) noexcept {
            return compare_exchange_strong(expected, wanted, success, failure);
        }

    private:
        using Bits = std::conditional_t<sizeof(Value) == 8, std::uint64_t, std::uint32_t>;
        static void commit(void* atomic, std::uint64_t bits) {
            static_cast<Atomic*>(atomic)->m_value = std::bit_cast<Value>(static_cast<Bits>(bits));
        }

        Value m_value;
        std::uint32_t m_location;
    };

    class Mutex {
    public:
        void lock() { Schedules::only().lock(m_held); }
        void unlock() { Schedules::only().unlock(m_held); }
        [[nodiscard]] bool try_lock() { return Schedules::only().tryLock(m_held); }

    private:
        bool m_held = false;
    };

    struct Glance {
        Glance() { Schedules::only().glance(true); }
        ~Glance() { Schedules::only().glance(false); }
        Glance(const Glance&) = delete;
        Glance& operator=(const Glance&) = delete;
    };

    [[nodiscard]] static std::uint32_t slot() noexcept { return Schedules::only().thread() + 1; }
    [[nodiscard]] static std::uint32_t knownSlot() noexcept { return slot(); }
};

/// Its hand moves between two steps of a thread, as any shared value does.
class ScheduledClock final : public base::Clock {
public:
    [[nodiscard]] base::Time now() const noexcept override {
        return base::Time(base::Duration(m_now.load(std::memory_order_relaxed)));
    }
    [[nodiscard]] base::WallTime wallNow() const noexcept override { return base::WallTime(std::chrono::seconds(1)); }
    [[nodiscard]] base::ReadCost readCost() const noexcept override { return base::ReadCost::free; }
    void advance(base::Duration by) noexcept { m_now.fetch_add(by.count(), std::memory_order_relaxed); }

private:
    ScheduledAtomics::Atomic<std::int64_t> m_now{base::Duration(std::chrono::hours(1)).count()};
};

}  // namespace fusebox::breaker
