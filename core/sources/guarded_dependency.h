#pragma once
// One dependency called again and again through its breaker: the traffic that keeps its row alive, and the probe that
// heals it. Errors are handled as the dependency's error handler says: retried, or answered from what it was last time.
// Threads: as collector::Task.
// Errors: what the adapter throws counts as a failure of the call.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/collector/pace.h>
#include <fusebox/collector/task.h>
#include <fusebox/handling/error_handler.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace fusebox::sources {

class GuardedDependency final : public collector::Task {
public:
    /// The call that asks for less, through a breaker of its own if it has one.
    using Reduced = std::function<tl::expected<adapters::Answer, domain::ErrorRef>(std::stop_token)>;

    /// REQUIRES: none of them null, concurrency >= 1. `reduced` may be empty.
    GuardedDependency(std::shared_ptr<handling::ErrorHandler> handler, std::unique_ptr<adapters::DataAdapter> adapter,
                      std::shared_ptr<collector::Pace> pace, std::uint32_t concurrency, Reduced reduced = {});

    [[nodiscard]] std::string name() const override { return breaker().identity().name; }
    [[nodiscard]] std::optional<base::Duration> nextDelay() override;
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return m_concurrency; }

    /// One handled call. Where calls are rare, a breaker in HALF_OPEN gets all the probes it needs in one go: waiting
    /// for the next regular call would let it fall back to OPEN by its half_open_timeout.
    void run(std::stop_token stop) override;

    [[nodiscard]] breaker::CircuitBreaker& breaker() const { return m_handler->breaker(); }
    [[nodiscard]] adapters::DataAdapter& adapter() const { return *m_adapter; }

private:
    /// True: the dependency itself answered, well.
    [[nodiscard]] bool callOnce(const std::stop_token& stop);
    [[nodiscard]] bool needsFurtherProbe() const;

    const std::shared_ptr<handling::ErrorHandler> m_handler;
    const std::unique_ptr<adapters::DataAdapter> m_adapter;
    const std::shared_ptr<collector::Pace> m_pace;
    const std::uint32_t m_concurrency;
    const Reduced m_reduced;
    std::atomic<bool> m_callsAreRare{true};  ///< the delay that was drawn last is long
};

}  // namespace fusebox::sources
