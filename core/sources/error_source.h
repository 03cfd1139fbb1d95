#pragma once
// Looks at the errors of guarded calls and at what the other sources say of trips, failing calls and recovery, and gives
// the frames the report on all errors.
// Threads: note() from any thread; gather() as collector::Source.
// Lifetime: the clock outlives it. Add it to the collector after the sources that it listens to: it hears what they have
// put into the frame before it.
// Limits: see errors::ErrorAggregator. Only breakers of this process are looked at.

#include <fusebox/base/clock.h>
#include <fusebox/collector/source.h>
#include <fusebox/errors/error_aggregator.h>
#include <fusebox/errors/error_analytics.h>

#include <memory>

namespace fusebox::sources {

class ErrorSource final : public collector::Source {
public:
    /// REQUIRES: classifier not null.
    ErrorSource(std::shared_ptr<const errors::ErrorClassifier> classifier, const base::Clock& clock);

    /// An error of a call through this breaker, classified. REQUIRES: error not null.
    void note(const domain::BreakerId& breaker, const domain::ErrorRef& error);

    void gather(collector::Gathered& into) override;

private:
    void hear(const collector::Gathered& frame, base::WallTime now);

    const base::Clock& m_clock;
    errors::ErrorAggregator m_aggregator;
    errors::ErrorAnalytics m_analytics;
};

}  // namespace fusebox::sources
