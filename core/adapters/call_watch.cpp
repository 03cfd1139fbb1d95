#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/failure.h>

#include <sys/eventfd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <vector>

namespace fusebox::adapters {

namespace {

/// Rounded up: a wait that ends a little early would spin.
int pollMilliseconds(base::Duration duration) {
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(duration).count();
    return static_cast<int>(std::clamp<std::int64_t>(whole, 0, INT_MAX));
}

}  // namespace

std::string durationText(base::Duration duration) {
    const double milliseconds = std::chrono::duration<double, std::milli>(duration).count();
    if (milliseconds < 999.5) return fmt::format("{:.0f} ms", milliseconds);
    return fmt::format("{:.4g} s", milliseconds / 1000);
}

void CallWatch::Wake::operator()() const noexcept {
    if (descriptor >= 0) ::eventfd_write(descriptor, 1);
}

CallWatch::CallWatch(const CallLimits& limits, const base::Clock& clock, std::stop_token stop)
    : m_limits(limits),
      m_clock(clock),
      m_begin(clock.now()),
      m_stop(std::move(stop)),
      m_stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_wake(m_stop, Wake{m_stopped.value()}) {}

base::Duration CallWatch::elapsed() const {
    return m_clock.now() - m_begin;
}

base::Duration CallWatch::left(Phase phase) const {
    const base::Duration limit =
        phase == Phase::connecting ? std::min(m_limits.connectTimeout, m_limits.totalTimeout) : m_limits.totalTimeout;
    return std::max(limit - elapsed(), base::Duration::zero());
}

WaitEnd CallWatch::now(Phase phase) const {
    if (m_stop.stop_requested()) return WaitEnd::stopped;
    return left(phase) > base::Duration::zero() ? WaitEnd::ready : WaitEnd::timedOut;
}

WaitEnd CallWatch::wait(int descriptor, short events, Phase phase, std::optional<base::Duration> atMost) {
    pollfd one{descriptor, events, 0};
    return wait(std::span(&one, 1), phase, atMost);
}

WaitEnd CallWatch::wait(std::span<pollfd> descriptors, Phase phase, std::optional<base::Duration> atMost) {
    std::vector<pollfd> polled(descriptors.begin(), descriptors.end());
    polled.push_back({m_stopped.value(), POLLIN, 0});
    const base::Time begin = m_clock.now();
    for (;;) {
        if (const WaitEnd end = now(phase); end != WaitEnd::ready) return end;
        base::Duration slice = left(phase);
        if (atMost) slice = std::min(slice, std::max(*atMost - (m_clock.now() - begin), base::Duration::zero()));
        if (!m_stopped.isOpen()) slice = std::min(slice, kBlindSlice);
        const int ready = ::poll(polled.data(), static_cast<nfds_t>(polled.size()), pollMilliseconds(slice));
        std::copy_n(polled.begin(), descriptors.size(), descriptors.begin());
        if (m_stop.stop_requested()) return WaitEnd::stopped;
        if (ready > 0) return WaitEnd::ready;
        if (ready < 0 && errno != EINTR) return WaitEnd::ready;  // the next read or write says what is wrong
        if (atMost && m_clock.now() - begin >= *atMost && left(phase) > base::Duration::zero()) return WaitEnd::ready;
    }
}

domain::Error CallWatch::ended(WaitEnd end, Phase phase, std::string_view doing) const {
    if (end == WaitEnd::stopped) {
        return failure("Cancelled", fmt::format("stopped after {} while {}", durationText(elapsed()), doing),
                       domain::CodeSystem::posix, errnoName(ECANCELED));
    }
    const bool byTotal = phase == Phase::answering || m_limits.totalTimeout <= m_limits.connectTimeout;
    return failure(phase == Phase::connecting ? "ConnectTimeout" : "CallTimeout",
                   fmt::format("{} timeout of {} ended the call after {} while {}", byTotal ? "total" : "connect",
                               durationText(byTotal ? m_limits.totalTimeout : m_limits.connectTimeout),
                               durationText(elapsed()), doing),
                   domain::CodeSystem::posix, errnoName(ETIMEDOUT));
}

}  // namespace fusebox::adapters
