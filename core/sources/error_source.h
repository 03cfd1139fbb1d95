#pragma once
// Looks at the errors of guarded calls and at what the other sources say of trips, failing calls and recovery, and gives
// the frames the report on all errors, and an event when a pattern is new, is back or has become grave.
// Threads: note() from any thread; gather() as collector::Source.
// Lifetime: the clock outlives it. Add it to the collector after the sources that it listens to: it hears what they have
// put into the frame before it.
// Limits: see errors::ErrorAggregator. Only breakers of this process are looked at.

#include <fusebox/base/clock.h>
#include <fusebox/collector/source.h>
#include <fusebox/errors/error_aggregator.h>
#include <fusebox/errors/error_analytics.h>
#include <fusebox/sources/pattern_news.h>

#include <cstdint>
#include <memory>
#include <utility>

namespace fusebox::sources {

class ErrorSource final : public collector::Source {
public:
    /// REQUIRES: classifier not null.
    ErrorSource(std::shared_ptr<const errors::ErrorClassifier> classifier, const base::Clock& clock);

    /// An error of a call through this breaker, classified. REQUIRES: error not null.
    void note(const domain::BreakerId& breaker, const domain::ErrorRef& error);

    /// Tells of patterns that come from now on. From any thread. REQUIRES: not null.
    void setClassifier(std::shared_ptr<const errors::ErrorClassifier> classifier) {
        m_aggregator.setClassifier(std::move(classifier));
    }

    /// Goes on from what an earlier run knew. Before the first frame and the first error.
    void restore(const errors::SavedErrors& saved);
    /// All that is known now. On the thread of gather(), or when no frames are made any more.
    [[nodiscard]] errors::SavedErrors save();

    void gather(collector::Gathered& into) override;

private:
    void hear(const collector::Gathered& frame, base::WallTime now);

    const base::Clock& m_clock;
    errors::ErrorAggregator m_aggregator;
    errors::ErrorAnalytics m_analytics;
    PatternNews m_news;
    std::uint64_t m_heard = 0;  ///< the version of the report whose news were told
};

}  // namespace fusebox::sources
