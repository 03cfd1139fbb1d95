#pragma once
// One dependency called again and again through its breaker: the traffic that keeps its row alive, and the probe that
// heals it.
// Each error is classified once, here: its category and Retry-After are set before it is shared.
// Threads: as collector::Task.
// Errors: what the adapter throws counts as a failure of the call.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/collector/pace.h>
#include <fusebox/collector/task.h>
#include <fusebox/errors/error_classifier.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace fusebox::sources {

class GuardedDependency final : public collector::Task {
public:
    /// REQUIRES: none of them null, concurrency >= 1.
    GuardedDependency(std::shared_ptr<breaker::CircuitBreaker> breaker, std::unique_ptr<adapters::DataAdapter> adapter,
                      std::shared_ptr<collector::Pace> pace, std::uint32_t concurrency,
                      std::shared_ptr<const errors::ErrorClassifier> classifier);

    [[nodiscard]] std::string name() const override { return m_breaker->identity().name; }
    [[nodiscard]] std::optional<base::Duration> nextDelay() override;
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return m_concurrency; }

    /// One guarded call. Where calls are rare, a breaker in HALF_OPEN gets all the probes it needs in one go: waiting
    /// for the next regular call would let it fall back to OPEN by its half_open_timeout.
    void run(std::stop_token stop) override;

    [[nodiscard]] breaker::CircuitBreaker& breaker() const { return *m_breaker; }
    [[nodiscard]] adapters::DataAdapter& adapter() const { return *m_adapter; }

private:
    enum class CallEnd : std::uint8_t { success, failure, notMade };

    [[nodiscard]] CallEnd callOnce(std::stop_token stop);
    [[nodiscard]] bool needsFurtherProbe() const;

    const std::shared_ptr<breaker::CircuitBreaker> m_breaker;
    const std::unique_ptr<adapters::DataAdapter> m_adapter;
    const std::shared_ptr<collector::Pace> m_pace;
    const std::uint32_t m_concurrency;
    const std::shared_ptr<const errors::ErrorClassifier> m_classifier;
    std::atomic<bool> m_callsAreRare{true};  ///< the delay that was drawn last is long
};

}  // namespace fusebox::sources
