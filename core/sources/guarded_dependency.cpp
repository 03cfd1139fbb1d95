#include <fusebox/sources/guarded_dependency.h>

#include <cassert>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr base::Duration kRare = std::chrono::seconds(1);
/// No verdict needs more probes in one go than this; a guard against a breaker that never decides.
constexpr int kMostProbes = 100;

}  // namespace

GuardedDependency::GuardedDependency(std::shared_ptr<handling::ErrorHandler> handler,
                                     std::unique_ptr<adapters::DataAdapter> adapter,
                                     std::shared_ptr<collector::Pace> pace, std::uint32_t concurrency, Reduced reduced)
    : m_handler(std::move(handler)),
      m_adapter(std::move(adapter)),
      m_pace(std::move(pace)),
      m_concurrency(concurrency),
      m_reduced(std::move(reduced)) {
    assert(m_handler && m_adapter && m_pace && m_concurrency >= 1);
}

std::optional<base::Duration> GuardedDependency::nextDelay() {
    const std::optional<base::Duration> delay = m_pace->next();
    // relaxed: the flag stands alone, a run that sees the previous value only probes a little more or less eagerly.
    m_callsAreRare.store(!delay || *delay > kRare, std::memory_order_relaxed);
    return delay;
}

void GuardedDependency::run(std::stop_token stop) {
    for (int calls = 1; callOnce(stop) && calls < kMostProbes; ++calls) {
        if (!needsFurtherProbe()) {
            return;
        }
    }
}

bool GuardedDependency::needsFurtherProbe() const {
    return m_callsAreRare.load(std::memory_order_relaxed) && breaker().state() == domain::State::halfOpen;
}

bool GuardedDependency::callOnce(const std::stop_token& stop) {
    handling::CallContext context;
    context.stop = stop;
    const auto call = [&](const handling::Attempt& attempt) { return m_adapter->call(attempt.stop); };
    const auto reduced = [&](const handling::Attempt& attempt) { return m_reduced(attempt.stop); };
    const auto answer = m_reduced ? m_handler->execute(call, reduced, context) : m_handler->execute(call, context);
    return answer && answer->served == domain::Served::live;
}

}  // namespace fusebox::sources
