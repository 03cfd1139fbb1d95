#pragma once
// The two deadlines and the stop request of one running call, and the one way to wait under them.
// Threads: one thread waits; the stop request may come from any thread.
// Time: deadlines are by the given clock, waiting is real: the clock must run in step with the world.
// Limits: a stop request ends a wait at once; when no descriptor was left for it, within 50 ms.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/adapters/descriptor.h>
#include <fusebox/base/clock.h>

#include <poll.h>

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace fusebox::adapters {

enum class WaitEnd : std::uint8_t { ready, timedOut, stopped };

/// Which of the two limits counts.
enum class Phase : std::uint8_t { connecting, answering };

/// "300 ms", "2 s", "2.5 s"
[[nodiscard]] std::string durationText(base::Duration duration);

class CallWatch {
public:
    CallWatch(const CallLimits& limits, const base::Clock& clock, std::stop_token stop);
    CallWatch(const CallWatch&) = delete;
    CallWatch& operator=(const CallWatch&) = delete;

    /// Until a descriptor is ready (see its revents), the phase's time is over or the call is stopped.
    /// When nothing happened in atMost it says ready, with all revents zero.
    [[nodiscard]] WaitEnd wait(std::span<pollfd> descriptors, Phase phase, std::optional<base::Duration> atMost = {});
    [[nodiscard]] WaitEnd wait(int descriptor, short events, Phase phase, std::optional<base::Duration> atMost = {});

    /// What a wait of no length would say: ready means that the call may go on.
    [[nodiscard]] WaitEnd now(Phase phase) const;

    [[nodiscard]] base::Duration left(Phase phase) const;  ///< never below zero
    [[nodiscard]] base::Duration elapsed() const;
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

    /// Becomes readable at the stop request; -1 when there is none, then ask now() every kBlindSlice.
    [[nodiscard]] int stopDescriptor() const { return m_stopped.value(); }
    static constexpr base::Duration kBlindSlice = std::chrono::milliseconds(50);

    /// The error of a call that a timeout or a stop request ended. REQUIRES: end is not ready.
    [[nodiscard]] domain::Error ended(WaitEnd end, Phase phase, std::string_view doing) const;

private:
    struct Wake {
        int descriptor;
        void operator()() const noexcept;
    };

    const CallLimits m_limits;
    const base::Clock& m_clock;
    const base::Time m_begin;
    const std::stop_token m_stop;
    const Descriptor m_stopped;
    const std::stop_callback<Wake> m_wake;
};

}  // namespace fusebox::adapters
