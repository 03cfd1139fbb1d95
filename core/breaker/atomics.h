#pragma once
// What the automaton takes its atomics, its lock and its thread numbers from. A test puts its own scheduler here to run every interleaving.

#include <fusebox/base/mutex.h>
#include <fusebox/breaker/thread_slot.h>

#include <atomic>
#include <cstdint>

namespace fusebox::breaker {

struct StdAtomics {
    template <typename Value>
    using Atomic = std::atomic<Value>;

    using Mutex = base::Mutex;

    /// While it lives, its thread only reads, and decides nothing by what it reads: no order of steps need be tried.
    struct Glance {
        Glance() noexcept {}
        ~Glance() {}
        Glance(const Glance&) = delete;
        Glance& operator=(const Glance&) = delete;
    };

    [[nodiscard]] static std::uint32_t slot() noexcept { return threadSlot(); }
    /// As slot(), but zero for a thread that never asked for one.
    [[nodiscard]] static std::uint32_t knownSlot() noexcept { return t_threadSlot; }
};

}  // namespace fusebox::breaker
