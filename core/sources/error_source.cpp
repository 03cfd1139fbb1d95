#include <fusebox/sources/error_source.h>

#include <fusebox/domain/event.h>

#include <iterator>
#include <utility>
#include <variant>

namespace fusebox::sources {

ErrorSource::ErrorSource(std::shared_ptr<const errors::ErrorClassifier> classifier, const base::Clock& clock)
    : m_clock(clock), m_aggregator(std::move(classifier)), m_analytics(m_aggregator) {}

void ErrorSource::note(const domain::BreakerId& breaker, const domain::ErrorRef& error) {
    m_aggregator.note(breaker, error, m_clock.wallNow());
}

void ErrorSource::gather(collector::Gathered& into) {
    const base::WallTime now = m_clock.wallNow();
    m_aggregator.drain(now);
    hear(into, now);
    into.errors = m_analytics.report(now);
    if (into.errors->version == m_heard) return;
    m_heard = into.errors->version;
    auto news = m_news.of(*into.errors, now, [this](domain::PatternId id) { return m_aggregator.current(id); });
    std::move(news.begin(), news.end(), std::back_inserter(into.events));
}

void ErrorSource::restore(const errors::SavedErrors& saved) {
    m_aggregator.restore(saved.report, saved.mined, m_clock.wallNow());
    m_news.know(saved.report);
}

errors::SavedErrors ErrorSource::save() {
    const base::WallTime now = m_clock.wallNow();
    m_aggregator.drain(now);
    return m_analytics.save(now);
}

void ErrorSource::hear(const collector::Gathered& frame, base::WallTime now) {
    for (const domain::Event& event : frame.events) {
        if (const auto* transition = std::get_if<domain::Transition>(&event.body)) {
            m_aggregator.noteTransition(event.breaker, *transition);
        } else if (const auto* outcome = std::get_if<domain::RecoveryOutcome>(&event.body)) {
            m_aggregator.noteOutcome(*outcome);
        }
    }
    if (frame.handling) m_analytics.setStrategies(*frame.handling);
    if (!m_analytics.isDue(now)) return;
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        m_aggregator.noteFailingShare(snapshot.identity->id, snapshot.metrics.window.failureRate.value_or(0));
    }
}

}  // namespace fusebox::sources
