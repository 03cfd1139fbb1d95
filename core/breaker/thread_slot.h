#pragma once
// A small number for each living thread, so that a thread finds its own counters without a lock.
// Threads: a slot belongs to one living thread; it is given anew only after that thread ended, and the new owner sees all that the old one wrote.
// Limits: 4,095 threads; further ones, and threads that are already ending, get kNoSlot.

#include <cstdint>

namespace fusebox::breaker {

inline constexpr std::uint32_t kNoSlot = UINT32_MAX;

/// Asks for a slot once per thread; use threadSlot().
[[nodiscard]] std::uint32_t claimThreadSlot() noexcept;

/// 0: not asked yet. Constant-initialised and of this TLS model, so that reading it is one load.
[[gnu::tls_model("initial-exec")]] inline constinit thread_local std::uint32_t t_threadSlot = 0;

/// From 1.
[[nodiscard]] inline std::uint32_t threadSlot() noexcept {
    const std::uint32_t slot = t_threadSlot;
    return slot != 0 ? slot : claimThreadSlot();
}

}  // namespace fusebox::breaker
