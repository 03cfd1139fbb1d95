#include <fusebox/sources/guarded_dependency.h>

#include <fusebox/handling/classified_error.h>

#include <cassert>
#include <exception>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr base::Duration kRare = std::chrono::seconds(1);
/// No verdict needs more probes in one go than this; a guard against a breaker that never decides.
constexpr int kMostProbes = 100;

/// Runs the call at the border to foreign code.
adapters::CallResult callOf(adapters::DataAdapter& adapter, std::stop_token stop) {
    try {
        return adapter.call(std::move(stop));
    } catch (const std::exception& thrown) {
        domain::Error error = *breaker::currentExceptionAsError();
        error.message = thrown.what();
        return tl::unexpected(std::move(error));
    } catch (...) {
        return tl::unexpected(*breaker::currentExceptionAsError());
    }
}

}  // namespace

GuardedDependency::GuardedDependency(std::shared_ptr<breaker::CircuitBreaker> breaker,
                                     std::unique_ptr<adapters::DataAdapter> adapter,
                                     std::shared_ptr<collector::Pace> pace, std::uint32_t concurrency,
                                     std::shared_ptr<const errors::ErrorClassifier> classifier)
    : m_breaker(std::move(breaker)),
      m_adapter(std::move(adapter)),
      m_pace(std::move(pace)),
      m_concurrency(concurrency),
      m_classifier(std::move(classifier)) {
    assert(m_breaker && m_adapter && m_pace && m_concurrency >= 1 && m_classifier);
}

std::optional<base::Duration> GuardedDependency::nextDelay() {
    const std::optional<base::Duration> delay = m_pace->next();
    // relaxed: the flag stands alone, a run that sees the previous value only probes a little more or less eagerly.
    m_callsAreRare.store(!delay || *delay > kRare, std::memory_order_relaxed);
    return delay;
}

void GuardedDependency::run(std::stop_token stop) {
    for (int calls = 1; callOnce(stop) == CallEnd::success && calls < kMostProbes; ++calls) {
        if (!needsFurtherProbe()) {
            return;
        }
    }
}

bool GuardedDependency::needsFurtherProbe() const {
    return m_callsAreRare.load(std::memory_order_relaxed) && m_breaker->state() == domain::State::halfOpen;
}

GuardedDependency::CallEnd GuardedDependency::callOnce(std::stop_token stop) {
    if (stop.stop_requested()) {
        return CallEnd::notMade;
    }
    breaker::Acquired acquired = m_breaker->tryAcquire();
    if (!acquired) {
        return CallEnd::notMade;
    }
    breaker::Permit permit = std::move(acquired).permit();
    adapters::CallResult result = callOf(*m_adapter, stop);
    if (result) {
        permit.success();
        return CallEnd::success;
    }
    if (stop.stop_requested()) {
        permit.cancel();  // the program gave the call up: no word about the dependency
        return CallEnd::notMade;
    }
    permit.failure(handling::classified(*m_classifier, std::move(result).error()));
    return CallEnd::failure;
}

}  // namespace fusebox::sources
