#pragma once
// How the time between two attempts passes.
// Threads: wait() on any thread, many at once.

#include <fusebox/base/time.h>

#include <cstdint>
#include <stop_token>

namespace fusebox::handling {

enum class WaitEnd : std::uint8_t { over, stopped };

class Waiter {
public:
    virtual ~Waiter() = default;

    /// Until the time is over or stop is requested.
    [[nodiscard]] virtual WaitEnd wait(base::Duration time, const std::stop_token& stop) = 0;
};

/// Blocks the calling thread; a stop request ends the wait at once.
class BlockingWaiter final : public Waiter {
public:
    [[nodiscard]] WaitEnd wait(base::Duration time, const std::stop_token& stop) override;
};

}  // namespace fusebox::handling
