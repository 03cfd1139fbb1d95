#include <fusebox/simulate/scenario_run.h>

#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/simulate/scenario_config.h>

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

namespace fusebox::simulate {

namespace {

using breaker::CircuitBreaker;
using domain::HoldMode;

constexpr const char* kActor = "scenario";

struct Difference {
    std::string expected;
    std::string got;
};

domain::ErrorRef errorOfType(std::string_view type) {
    auto error = std::make_shared<domain::Error>();
    error->type = type;
    error->message = "from the scenario";
    return error;
}

double milliseconds(base::Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// The breaker under test with what the steps need to remember.
class Replay {
public:
    Replay(const Scenario& scenario, std::shared_ptr<CircuitBreaker> breaker, base::ManualClock& clock)
        : m_scenario(scenario), m_breaker(std::move(breaker)), m_clock(clock), m_start(clock.now()) {}

    std::optional<Difference> play(const Step& step) {
        advanceTo(step.at);
        for (std::uint32_t done = 1; done <= step.repeat; ++done) {
            const bool last = done == step.repeat;
            const Happened happened = perform(step);
            m_breaker->tick();
            noteTransitions();
            if (auto difference = compare(step, happened, last)) {
                return difference;
            }
        }
        return std::nullopt;
    }

private:
    struct Happened {
        std::optional<bool> permitted;
        bool refused = false;  ///< a push that the state does not allow
    };

    /// Moves the clock from deadline to deadline, as a timer that is always on time would.
    void advanceTo(base::Duration at) {
        const base::Time target = m_start + at;
        m_breaker->tick();
        while (m_clock.now() < target) {
            base::Duration by = target - m_clock.now();
            const domain::Snapshot snapshot = m_breaker->snapshot();
            for (const auto& deadline : {snapshot.untilProbe, snapshot.halfOpenLimit}) {
                if (deadline && *deadline > base::Duration::zero()) {
                    by = std::min(by, *deadline);
                }
            }
            m_clock.advance(by);
            m_breaker->tick();
        }
    }

    Happened perform(const Step& step) {
        switch (step.kind) {
            case StepKind::tryCall:
                return tryCall(step);
            case StepKind::success:
            case StepKind::failure:
            case StepKind::slow:
            case StepKind::ignored:
            case StepKind::softFailure:
            case StepKind::cancel:
                return outcome(step);
            case StepKind::observe:
                return {};
            case StepKind::trip:
                return pushed(m_breaker->trip(kActor, "trip", step.wait));
            case StepKind::halfOpen:
                return halfOpen(step);
            case StepKind::forceOpen:
                return mode(HoldMode::forceOpen);
            case StepKind::disable:
                return mode(HoldMode::disabled);
            case StepKind::metricsOnly:
                return mode(HoldMode::metricsOnly);
            case StepKind::isolate:
                m_isolations.push_back(m_breaker->hold(HoldMode::forceOpen, kActor, "isolate").value());
                return {};
            case StepKind::unisolate:
                return unisolate();
            case StepKind::release:
                releaseAll();
                return {};
            case StepKind::close:
            case StepKind::reset:
                releaseAll();
                return pushed(m_breaker->reset(kActor, "reset"));
        }
        return {};
    }

    static Happened pushed(const base::Result<void>& result) {
        return {.permitted = {}, .refused = !result.has_value()};
    }

    Happened tryCall(const Step& step) {
        auto acquired = m_breaker->tryAcquire();
        const bool permitted = acquired.permitted();
        if (permitted && !step.id.empty()) {
            m_named.insert_or_assign(step.id, std::move(acquired).permit());
        } else if (permitted) {
            m_inFlight.push_back(std::move(acquired).permit());
        }
        return {.permitted = permitted, .refused = false};
    }

    Happened outcome(const Step& step) {
        if (!step.of.empty()) {
            const auto named = m_named.find(step.of);
            if (named != m_named.end()) {
                complete(named->second, step);
                m_named.erase(named);
            }
            return {};
        }
        if (!step.acquire) {
            record(step);
            return {};
        }
        auto acquired = m_breaker->tryAcquire();
        const bool permitted = acquired.permitted();
        if (permitted) {
            complete(acquired.permit(), step);
        }
        return {.permitted = permitted, .refused = false};
    }

    [[nodiscard]] base::Duration durationOf(const Step& step) const {
        const base::Duration slow = m_scenario.config.slowCallDuration + std::chrono::milliseconds(1);
        return step.took.value_or(step.kind == StepKind::slow ? slow : base::Duration::zero());
    }

    void complete(breaker::Permit& permit, const Step& step) {
        if (step.took || step.kind == StepKind::slow) {
            permit.took(durationOf(step));
        }
        switch (step.kind) {
            case StepKind::failure:
                return permit.failure(errorOfType("Failure"));
            case StepKind::softFailure:
                return permit.failure(errorOfType(kSoftFailureType));
            case StepKind::ignored:
                return permit.ignore();
            case StepKind::cancel:
                return permit.cancel();
            default:
                return permit.success();
        }
    }

    void record(const Step& step) {
        switch (step.kind) {
            case StepKind::failure:
                return m_breaker->recordFailure(errorOfType("Failure"), durationOf(step));
            case StepKind::softFailure:
                return m_breaker->recordFailure(errorOfType(kSoftFailureType), durationOf(step));
            case StepKind::ignored:
                return m_breaker->recordIgnored(durationOf(step));
            case StepKind::cancel:
                return;
            default:
                return m_breaker->recordSuccess(durationOf(step));
        }
    }

    /// Where a library may go to HALF_OPEN from any state, two pushes of ours say the same.
    Happened halfOpen(const Step& step) {
        if (m_breaker->state() == domain::State::closed && !step.expect.error) {
            (void)m_breaker->trip(kActor, "half open");
        }
        return pushed(m_breaker->probeNow(kActor, "half open"));
    }

    /// A mode takes the place of the mode before.
    Happened mode(HoldMode wanted) {
        if (m_mode) {
            (void)m_breaker->release(*m_mode, kActor, "another mode");
        }
        m_mode = m_breaker->hold(wanted, kActor, "mode").value();
        return {};
    }

    Happened unisolate() {
        if (m_isolations.empty()) {
            return {.permitted = {}, .refused = true};
        }
        const domain::HoldId last = m_isolations.back();
        m_isolations.pop_back();
        return pushed(m_breaker->release(last, kActor, "unisolate"));
    }

    void releaseAll() {
        (void)m_breaker->releaseAllOf(kActor, kActor, "release");
        m_mode.reset();
        m_isolations.clear();
    }

    void noteTransitions() {
        for (const domain::Event& event : m_breaker->drainEvents().events) {
            const auto* transition = std::get_if<domain::Transition>(&event.body);
            if (transition != nullptr && transition->to == domain::State::open) {
                ++m_opens;
                m_lastTrip = transition->trip;
            }
        }
    }

    [[nodiscard]] std::string stateWord() const {
        if (const auto held = m_breaker->heldAs()) {
            switch (*held) {
                case HoldMode::forceOpen:
                    return "FORCED_OPEN";
                case HoldMode::forceClosed:
                case HoldMode::disabled:
                    return "DISABLED";
                case HoldMode::metricsOnly:
                    return "METRICS_ONLY";
            }
        }
        return std::string(domain::toWord(m_breaker->state()));
    }

    /// After each repeat permission (and the state, where the step says so), after the last one everything.
    [[nodiscard]] std::optional<Difference> compare(const Step& step, const Happened& happened, bool last) const {
        const Expectation& expect = step.expect;
        if (expect.permitted && happened.permitted && *expect.permitted != *happened.permitted) {
            return Difference{fmt::format("permitted {}", *expect.permitted),
                              fmt::format("permitted {}", *happened.permitted)};
        }
        if (expect.error && !happened.refused) {
            return Difference{"error " + *expect.error, "it was done"};
        }
        if ((last || step.expectEach) && expect.state && *expect.state != stateWord()) {
            return Difference{"state " + *expect.state, "state " + stateWord()};
        }
        if (!last) {
            return std::nullopt;
        }
        if (expect.opens && *expect.opens != m_opens) {
            return Difference{fmt::format("{} opens", *expect.opens), fmt::format("{} opens", m_opens)};
        }
        if (expect.reason) {
            if (auto difference = compareReason(*expect.reason)) {
                return difference;
            }
        }
        return compareNumbers(expect);
    }

    [[nodiscard]] std::optional<Difference> compareReason(const std::string& reason) const {
        const auto rule = m_scenario.reasons.find(reason);
        if (rule != m_scenario.reasons.end() && m_lastTrip && m_lastTrip->rule == rule->second) {
            return std::nullopt;
        }
        return Difference{"reason " + reason,
                          m_lastTrip ? "reason " + std::string(domain::toWord(m_lastTrip->rule)) : "no trip"};
    }

    [[nodiscard]] std::optional<Difference> compareNumbers(const Expectation& expect) const {
        const domain::Snapshot snapshot = m_breaker->snapshot();
        const domain::WindowMetrics& window = snapshot.metrics.window;
        if (expect.failureRatePercent) {
            const double got = window.failureRate ? *window.failureRate * 100.0 : -1.0;
            if (std::abs(got - *expect.failureRatePercent) > 1e-6) {
                return Difference{fmt::format("failure rate {} %", *expect.failureRatePercent),
                                  fmt::format("failure rate {} %", got)};
            }
        }
        if (expect.window && ((*expect.window)[0] != window.calls || (*expect.window)[1] != window.failures)) {
            return Difference{fmt::format("window {} calls, {} failures", (*expect.window)[0], (*expect.window)[1]),
                              fmt::format("window {} calls, {} failures", window.calls, window.failures)};
        }
        if (expect.retryAfter && snapshot.untilProbe != expect.retryAfter) {
            return Difference{fmt::format("{} ms to the next probe", milliseconds(*expect.retryAfter)),
                              snapshot.untilProbe
                                  ? fmt::format("{} ms to the next probe", milliseconds(*snapshot.untilProbe))
                                  : std::string("no wait")};
        }
        return std::nullopt;
    }

    const Scenario& m_scenario;
    const std::shared_ptr<CircuitBreaker> m_breaker;
    base::ManualClock& m_clock;
    const base::Time m_start;
    std::map<std::string, breaker::Permit> m_named;
    std::vector<breaker::Permit> m_inFlight;
    std::optional<domain::HoldId> m_mode;
    std::vector<domain::HoldId> m_isolations;
    std::uint64_t m_opens = 0;
    std::optional<domain::TripReason> m_lastTrip;
};

}  // namespace

std::string_view toWord(Verdict verdict) {
    switch (verdict) {
        case Verdict::agrees:
            return "agrees";
        case Verdict::disagrees:
            return "disagrees";
        case Verdict::notExpressible:
            return "not expressible";
    }
    return {};
}

ScenarioResult runScenario(const Scenario& scenario) {
    ScenarioResult result;
    result.id = scenario.id;
    result.portable = scenario.portable;
    result.missing = scenario.missing;
    base::ManualClock clock;
    domain::Identity identity;
    identity.id = domain::BreakerId(scenario.id.empty() ? "scenario" : scenario.id);
    identity.name = scenario.id;
    auto breaker = CircuitBreaker::create(std::move(identity), scenario.config, clock);
    if (!breaker && result.missing.empty()) {
        result.missing.push_back(breaker.error().text());
    }
    if (!result.missing.empty()) {
        result.verdict = Verdict::notExpressible;
        return result;
    }
    Replay replay(scenario, *breaker, clock);
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
        if (auto difference = replay.play(scenario.steps[i])) {
            result.verdict = Verdict::disagrees;
            result.step = i + 1;
            result.expected = std::move(difference->expected);
            result.got = std::move(difference->got);
            break;
        }
    }
    return result;
}

}  // namespace fusebox::simulate
