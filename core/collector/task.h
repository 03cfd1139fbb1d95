#pragma once
// Something the collector runs again and again on its worker threads: usually one guarded call to a dependency.
// Threads: run() on any worker thread, at most concurrencyLimit() at once; nextDelay() on the schedule thread only.
// Lifetime: shared with the collector until it is removed and its running calls have ended.

#include <fusebox/base/time.h>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace fusebox::collector {

class Task {
public:
    virtual ~Task() = default;

    /// For notices and logs.
    [[nodiscard]] virtual std::string name() const { return "task"; }

    /// Time from one start (at first: from being added) to the next; nothing: pause until BackgroundCollector::wake().
    /// Draws its own jitter.
    [[nodiscard]] virtual std::optional<base::Duration> nextDelay() = 0;

    /// Starts beyond it are skipped and counted as late. At least 1.
    [[nodiscard]] virtual std::uint32_t concurrencyLimit() const = 0;

    /// May block for the call's own timeout, not longer; a stop request ends it soon.
    virtual void run(std::stop_token stop) = 0;
};

}  // namespace fusebox::collector
