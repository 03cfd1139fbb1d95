#pragma once
// Automaton: what can be seen of it. Included by automaton.cpp and by the interleaving test. Nothing here changes its state.

#include <fusebox/breaker/automaton.h>
#include <fusebox/latency/histogram.h>
#include <fusebox/latency/mark.h>
#include <fusebox/latency/window_summary.h>

#include <algorithm>

namespace fusebox::breaker {

template <typename Atomics>
CircuitBreakerConfig Automaton<Atomics>::config() const {
    const Locked lock(m_mutex);
    return m_guarded.config();
}

template <typename Atomics>
DrainedEvents Automaton<Atomics>::drainEvents() {
    const Locked lock(m_mutex);
    return m_guarded.chronicle.drain();
}

template <typename Atomics>
std::size_t Automaton<Atomics>::bytes() const {
    std::size_t sum = sizeof(*this) - sizeof(One);
    m_stripes.forEach([&](One& stripe) { sum += stripe.bytes(); });
    return sum;
}

template <typename Atomics>
domain::WindowMetrics Automaton<Atomics>::windowMetrics(const Evidence& evidence) const {
    const CircuitBreakerConfig& config = m_guarded.config();
    domain::WindowMetrics metrics;
    const bool byTime = config.windowKind != WindowKind::count && config.windowKind != WindowKind::unbounded;
    metrics.span = byTime ? config.windowSize : base::Duration::zero();
    metrics.calls = evidence.window.calls;
    metrics.failures = std::min(evidence.window.failures, metrics.calls);
    metrics.slow = evidence.window.slow + evidence.slowInFlight;
    metrics.minimumCalls = config.minimumCalls;
    const auto share = [](std::uint64_t part, std::uint64_t of) {
        return static_cast<double>(part) / static_cast<double>(of);
    };
    if (metrics.calls > 0 && metrics.calls >= config.minimumCalls) {
        metrics.failureRate = share(metrics.failures, metrics.calls);
    }
    const std::uint64_t ofSlow = metrics.calls + evidence.slowInFlight;
    if (ofSlow > 0 && ofSlow >= slowMinimum(config)) {
        metrics.slowRate = share(metrics.slow, ofSlow);
    }
    return metrics;
}

template <typename Atomics>
domain::LatencyMetrics Automaton<Atomics>::latencyMetrics(base::Time now, base::Duration metricsWindow,
                                                          latency::Precision precision) const {
    const latency::Scale scale(precision);
    domain::LatencyMetrics metrics;
    metrics.relativeError = scale.relativeError();
    latency::WindowSummary summary(scale);
    const std::uint32_t epoch = epochOf(now, metricsWindow);
    m_stripes.forEach([&](One& stripe) {
        latency::WindowedRecorder* recorder = stripe.latency();
        if (recorder != nullptr && recorder->scale() == scale) {
            summary.add(*recorder, epoch);
        }
    });
    metrics.samples = summary.count();
    const auto figures = summary.figures();
    metrics.mean = figures.mean;
    metrics.p50 = figures.p50;
    metrics.p95 = figures.p95;
    metrics.p99 = figures.p99;
    metrics.max = figures.max;
    return metrics;
}

template <typename Atomics>
void Automaton<Atomics>::addLatencyTo(latency::Histogram& sum) const {
    base::Duration metricsWindow{};
    latency::Precision precision{};
    {
        const Locked lock(m_mutex);
        metricsWindow = m_guarded.config().metricsWindow;
        precision = static_cast<latency::Precision>(m_guarded.config().latencyPrecision);
    }
    const std::uint32_t epoch = epochOf(m_time.clock().now(), metricsWindow);
    m_stripes.forEach([&](One& stripe) {
        latency::WindowedRecorder* recorder = stripe.latency();
        if (recorder == nullptr) {
            return;
        }
        if (recorder->scale() == sum.scale()) {
            recorder->addTo(sum, epoch);
        } else if (latency::Histogram own(precision); recorder->scale() == own.scale()) {
            recorder->addTo(own, epoch);
            sum.merge(own);
        }
    });
}

template <typename Atomics>
latency::DurationCounts Automaton<Atomics>::durations() const {
    latency::DurationCounts sum;
    m_stripes.forEach([&](One& stripe) {
        if (const latency::WindowedRecorder* recorder = stripe.latency()) sum += recorder->durations();
    });
    return sum;
}

template <typename Atomics>
latency::Histogram Automaton<Atomics>::latencySince(latency::Mark& mark) const {
    base::Duration metricsWindow{};
    latency::Precision precision{};
    {
        const Locked lock(m_mutex);
        metricsWindow = m_guarded.config().metricsWindow;
        precision = static_cast<latency::Precision>(m_guarded.config().latencyPrecision);
    }
    const std::uint32_t epoch = epochOf(m_time.clock().now(), metricsWindow);
    latency::Histogram former(precision);
    latency::Histogram current(precision);
    m_stripes.forEach([&](One& stripe) {
        const latency::WindowedRecorder* recorder = stripe.latency();
        if (recorder != nullptr && recorder->scale() == current.scale()) {
            recorder->addOnly(former, epoch - 1);
            recorder->addOnly(current, epoch);
        }
    });
    return mark.advance(epoch, former, current);
}

template <typename Atomics>
void Automaton<Atomics>::describeState(domain::Snapshot& into, StateWord word, base::Time now) const {
    const CircuitBreakerConfig& config = m_guarded.config();
    const auto remaining = [now](base::Time end) { return std::max(end - now, base::Duration::zero()); };
    switch (word.state()) {
        case domain::State::closed:
            if (word.ramps()) {
                into.ramp = rampProgress(now);
            }
            break;
        case domain::State::open:
            into.openWait = m_guarded.openWait;
            into.untilProbe = remaining(m_guarded.since + m_guarded.openWait);
            break;
        default: {
            const Probes& probes = m_guarded.probes;
            const bool byRates = config.halfOpenVerdict == HalfOpenVerdict::rates;
            domain::ProbeProgress progress;
            progress.succeeded = probes.succeeded;
            progress.failed = probes.failed;
            const bool concurrent = config.halfOpenAdmission == HalfOpenAdmission::concurrent;
            const std::uint32_t done = probes.succeeded + probes.failed;
            progress.inFlight = concurrent ? word.places() : word.places() - std::min(done, word.places());
            progress.admitted = progress.inFlight + done;
            progress.of =
                byRates ? config.halfOpenSample : config.successThreshold + config.halfOpenFailureThreshold - 1;
            progress.needed = byRates ? config.halfOpenSample : config.successThreshold;
            into.probes = progress;
            if (config.halfOpenTimeout > base::Duration::zero()) {
                into.halfOpenLimit = remaining(m_guarded.since + config.halfOpenTimeout);
            }
        }
    }
}

template <typename Atomics>
domain::RampProgress Automaton<Atomics>::rampProgress(base::Time now) const {
    domain::RampProgress progress;
    const std::vector<double>& steps = m_guarded.config().rampSteps;
    progress.share = static_cast<double>(m_rampShare.load(std::memory_order_relaxed)) / 1e6;
    progress.step = m_guarded.rampStep + 1;
    progress.of = static_cast<std::uint32_t>(std::max<std::size_t>(steps.size(), progress.step));
    progress.stepLeft = std::max(timeOf(m_rampStepEnds.load(std::memory_order_relaxed)) - now, base::Duration::zero());
    return progress;
}

template <typename Atomics>
domain::InFlight Automaton<Atomics>::inFlight() const {
    const FlightAges ages = flightAges();
    return {0, ages.watched ? std::optional(ages.slow) : std::nullopt, ages.oldest};
}

template <typename Atomics>
std::shared_ptr<const domain::Detail> Automaton<Atomics>::detail() const {
    UnderLock& guarded = m_guarded;
    const std::uint64_t errors = m_errors.revision();
    if (!guarded.detail || guarded.detailRevision != guarded.revision || guarded.detailErrors != errors) {
        auto made = std::make_shared<domain::Detail>();
        made->transitions = guarded.chronicle.transitions();
        made->recentErrors = m_errors.list();
        made->dossiers = guarded.dossiers;
        made->sheet = guarded.shared->sheet();
        guarded.detail = std::move(made);
        guarded.detailRevision = guarded.revision;
        guarded.detailErrors = errors;
    }
    return guarded.detail;
}

template <typename Atomics>
domain::Snapshot Automaton<Atomics>::snapshot() const {
    domain::Snapshot snapshot;
    const base::Time now = timeOf(nowNs());
    base::Duration metricsWindow{};
    latency::Precision precision{};
    {
        const Locked lock(m_mutex);
        const StateWord word(m_word.load(std::memory_order_acquire));
        const Evidence evidence = gather(now).evidence;
        snapshot.revision = m_guarded.revision;
        snapshot.generation = word.generation();
        snapshot.state = word.state();
        snapshot.heldAs = modeOf(word.ruling());
        snapshot.holds = m_guarded.holds.all(now);
        snapshot.metrics.window = windowMetrics(evidence);
        snapshot.metrics.timeInState = now - m_guarded.since;
        snapshot.metrics.transitions = m_guarded.chronicle.count();
        if (word.state() == domain::State::closed) {
            snapshot.standings = standings(m_guarded.config(), evidence);
        }
        describeState(snapshot, word, now);
        snapshot.inFlight = inFlight();
        snapshot.limit = limitStanding();
        snapshot.detail = detail();
        metricsWindow = m_guarded.config().metricsWindow;
        precision = static_cast<latency::Precision>(m_guarded.config().latencyPrecision);
    }
    snapshot.metrics.totals = totals();
    snapshot.inFlight.calls = snapshot.metrics.totals.inFlight;
    snapshot.metrics.latency = latencyMetrics(now, metricsWindow, precision);
    return snapshot;
}

}  // namespace fusebox::breaker
