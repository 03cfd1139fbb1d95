#pragma once
// The probe of a breaker that nobody calls: without it a breaker that only the program's own rare calls pass stays OPEN
// until the next of them comes, and that one pays for the probe.
//
// In a service of your own:
//
//     fusebox::base::SteadyClock clock;
//     auto breakers = std::make_shared<fusebox::breaker::CircuitBreakerManager>(clock);
//     fusebox::collector::BackgroundCollector collector(clock);
//     collector.addSource(std::make_shared<fusebox::sources::LocalSource>(breakers));
//     auto probes = std::make_shared<fusebox::sources::ProbeWatch>(
//         [&collector](const fusebox::collector::Task& task) { collector.wake(task); });
//     collector.addSource(probes);
//
//     auto breaker = breakers->create(identity, config).value();
//     auto task = std::make_shared<fusebox::sources::ProbeTask>(breaker, [&](std::stop_token) { return ping(); });
//     collector.addTask(task);
//     probes->add(task, [task] { return task->isDue(); });
//     collector.start();
//
// Threads: as collector::Task; isDue() from any thread. The probe runs on a worker of the collector.
// Errors: what the probe throws counts as a failure.
// Limits: the probe needs a timeout of its own: one that hangs holds its worker. At most kMostAtOnce may hang; then no
// further ones are made until one has ended. HALF_OPEN ends by half_open_timeout also without an answer.

#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/collector/task.h>
#include <fusebox/domain/error.h>
#include <fusebox/errors/error_classifier.h>

#include <tl/expected.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace fusebox::sources {

class ProbeTask final : public collector::Task {
public:
    /// The call as it is made for nobody; it ends soon when it is asked to stop.
    using Probe = std::function<tl::expected<void, domain::Error>(std::stop_token)>;

    static constexpr std::uint32_t kMostAtOnce = 4;

    /// REQUIRES: none of them is empty.
    ProbeTask(std::shared_ptr<breaker::CircuitBreaker> breaker, Probe probe,
              std::shared_ptr<const errors::ErrorClassifier> classifier);

    /// The breaker wants a probe and none is on its way.
    [[nodiscard]] bool isDue() const noexcept;

    [[nodiscard]] std::string name() const override { return "the probe of " + m_breaker->identity().name; }
    /// Only when it is woken.
    [[nodiscard]] std::optional<base::Duration> nextDelay() override { return std::nullopt; }
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return kMostAtOnce; }

    /// Probes as long as the answers are good and the breaker wants more. Does nothing while it is CLOSED.
    void run(std::stop_token stop) override;

private:
    [[nodiscard]] bool probeOnce(const std::stop_token& stop);

    const std::shared_ptr<breaker::CircuitBreaker> m_breaker;
    const Probe m_probe;
    const std::shared_ptr<const errors::ErrorClassifier> m_classifier;
    std::atomic<std::uint32_t> m_running{0};
};

}  // namespace fusebox::sources
