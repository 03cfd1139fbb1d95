#include <fusebox/sources/probe_task.h>

#include <fusebox/handling/classified_error.h>

#include <cassert>
#include <exception>
#include <utility>

namespace fusebox::sources {

namespace {

/// No verdict needs more probes in one go than this; a guard against a breaker that never decides.
constexpr int kMostProbes = 100;
// The count of runs stands alone: it only keeps probes from being made twice at a time.
constexpr auto kAlone = std::memory_order_relaxed;

/// Runs the probe at the border to foreign code.
tl::expected<void, domain::Error> resultOf(const ProbeTask::Probe& probe, const std::stop_token& stop) {
    try {
        return probe(stop);
    } catch (const std::exception& thrown) {
        domain::Error error = *breaker::currentExceptionAsError();
        error.message = thrown.what();
        return tl::unexpected(std::move(error));
    } catch (...) {
        return tl::unexpected(*breaker::currentExceptionAsError());
    }
}

}  // namespace

ProbeTask::ProbeTask(std::shared_ptr<breaker::CircuitBreaker> breaker, Probe probe,
                     std::shared_ptr<const errors::ErrorClassifier> classifier)
    : m_breaker(std::move(breaker)), m_probe(std::move(probe)), m_classifier(std::move(classifier)) {
    assert(m_breaker && m_probe && m_classifier);
}

bool ProbeTask::isDue() const noexcept {
    const std::uint32_t running = m_running.load(kAlone);
    if (running >= kMostAtOnce || !m_breaker->wantsProbe()) {
        return false;
    }
    // A probe that runs while the breaker is OPEN again is one that hangs: its turn is over.
    return running == 0 || m_breaker->state() == domain::State::open;
}

void ProbeTask::run(std::stop_token stop) {
    m_running.fetch_add(1, kAlone);
    for (int probes = 0; probes < kMostProbes && m_breaker->wantsProbe() && probeOnce(stop); ++probes) {
    }
    m_running.fetch_sub(1, kAlone);
}

bool ProbeTask::probeOnce(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return false;
    }
    breaker::Acquired acquired = m_breaker->tryAcquire();
    if (!acquired) {
        return false;
    }
    breaker::Permit permit = std::move(acquired).permit();
    auto result = resultOf(m_probe, stop);
    if (result) {
        permit.success();
        return true;
    }
    if (stop.stop_requested()) {
        permit.cancel();  // the program gave the probe up: no word about the dependency
        return false;
    }
    permit.failure(handling::classified(*m_classifier, std::move(result).error()));
    return false;
}

}  // namespace fusebox::sources
