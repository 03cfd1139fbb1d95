#pragma once
// SWITCH_ENDPOINT: sends the calls to a backup that answers, and back to the first endpoint once that is healthy again.
// Threads: as Action, collector::Task and collector::Source.
// Time: the first endpoint is asked every kCheckPause while a backup serves; kGoodToReturn good answers in a row end that.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/source.h>
#include <fusebox/collector/task.h>
#include <fusebox/recovery/action.h>
#include <fusebox/recovery/endpoint_switch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::recovery {

class SwitchEndpoint final : public Action, public collector::Task, public collector::Source {
public:
    struct Options {
        base::Duration checkPause = std::chrono::seconds(2);
        std::uint32_t goodToReturn = 3;

        bool operator==(const Options&) const = default;
    };

    /// REQUIRES: endpoints not null; the clock outlives this.
    SwitchEndpoint(domain::BreakerId breaker, std::shared_ptr<EndpointSwitch> endpoints, const base::Clock& clock,
                   Options options);

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::switchEndpoint; }
    [[nodiscard]] std::string effect() const override;
    [[nodiscard]] std::string whyNot() const override;
    [[nodiscard]] ActionResult run(const Occasion& occasion, std::stop_token stop, const Progress& progress) override;

    // The way back, on the collector's threads.
    [[nodiscard]] std::string name() const override { return "the way back of " + m_breaker.value; }
    [[nodiscard]] std::optional<base::Duration> nextDelay() override { return m_options.checkPause; }
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return 1; }
    void run(std::stop_token stop) override;
    void gather(collector::Gathered& into) override;

private:
    void say(domain::Level level, std::string text);

    const domain::BreakerId m_breaker;
    const std::shared_ptr<EndpointSwitch> m_endpoints;
    const base::Clock& m_clock;
    const Options m_options;
    mutable base::Mutex m_mutex;
    std::uint32_t m_goodInRow FUSEBOX_GUARDED_BY(m_mutex) = 0;
    std::vector<domain::Event> m_notices FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::recovery
