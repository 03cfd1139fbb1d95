// Long random lives of breakers beside a plain model of them. The seed is printed; FUSEBOX_SEED runs one again.

#include "guarded.h"
#include "reference_model.h"

#include <fusebox/support/test_case.h>

#include <cstdlib>
#include <random>

namespace fusebox::breaker {

using domain::HoldMode;
using domain::State;

namespace {

std::uint64_t seedOfThisRun() {
    const char* given = std::getenv("FUSEBOX_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

/// A breaker and its model, to which the same happens.
class Pair {
public:
    explicit Pair(std::uint64_t seed)
        : m_random(seed), m_config(randomConfig()), m_real(m_config), m_model(m_config, m_real.clock.now()) {}

    /// Empty, or what differs.
    std::string step() {
        std::string trouble = act();
        if (trouble.empty()) {
            trouble = difference();
        }
        return trouble.empty() ? trouble : m_last + ": " + trouble;
    }

    [[nodiscard]] std::size_t transitions() const { return m_seen; }

private:
    struct Pending {
        Permit permit;
        ReferenceModel::Call call;
    };

    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(m_random() % limit); }
    std::uint32_t between(std::uint32_t least, std::uint32_t most) { return least + below(most - least + 1); }
    base::Time now() { return m_real.clock.now(); }

    CircuitBreakerConfig randomConfig() {
        CircuitBreakerConfig config = quiet();
        config.windowKind = below(2) == 0 ? WindowKind::count : WindowKind::unbounded;
        config.windowCalls = between(1, 12);
        const std::uint32_t rules = between(1, 7);
        if ((rules & 1U) != 0) {
            config.consecutiveFailuresThreshold = between(1, 5);
        }
        if ((rules & 2U) != 0) {
            config.failureThreshold = between(1, config.windowCalls);
        }
        if ((rules & 4U) != 0) {
            config.failureRateThreshold = 0.125 * between(1, 8);
            config.failureRateCompare =
                below(2) == 0 && config.failureRateThreshold < 1.0 ? Compare::above : Compare::atLeast;
            config.minimumCalls = between(1, config.windowCalls);
        }
        config.openTimeout = std::chrono::seconds(below(8));
        config.halfOpenMaxRequests = between(1, 5);
        config.successThreshold = between(1, config.halfOpenMaxRequests);
        config.halfOpenFailureThreshold = between(1, config.halfOpenMaxRequests - config.successThreshold + 1);
        config.halfOpenTimeout = std::chrono::seconds(below(6));
        config.halfOpenBy = below(2) == 0 ? HalfOpenBy::call : HalfOpenBy::tick;
        return config;
    }

    std::string act() {
        const std::uint32_t what = below(100);
        if (what < 40) {
            return acquire();
        }
        if (what < 75) {
            return complete();
        }
        if (what < 80) {
            return recordUnasked();
        }
        if (what < 88) {
            m_last = "time passes";
            m_real.clock.advance(std::chrono::milliseconds(500) * below(6));
            return {};
        }
        if (what < 92) {
            m_last = "tick";
            m_real.breaker->tick();
            m_model.tick(now());
            return {};
        }
        return what < 95 ? command() : holdOrRelease();
    }

    std::string acquire() {
        m_last = "acquire";
        Acquired real = m_real.breaker->tryAcquire();
        const ReferenceModel::Verdict model = m_model.acquire(now());
        if (real.permitted() != model.call.has_value()) {
            return real.permitted() ? "was permitted, should be refused" : "was refused, should be permitted";
        }
        if (model.call) {
            m_pending.push_back({std::move(real).permit(), *model.call});
            return {};
        }
        if (real.refusal().reason != model.reason) {
            return "refused as " + std::string(toWord(real.refusal().reason)) + ", expected " +
                   std::string(toWord(model.reason));
        }
        return real.refusal().untilProbe == model.untilProbe ? "" : "the time to the next probe differs";
    }

    std::string complete() {
        if (m_pending.empty()) {
            return acquire();
        }
        const std::size_t which = below(static_cast<std::uint32_t>(m_pending.size()));
        Pending pending = std::move(m_pending[which]);
        m_pending.erase(m_pending.begin() + static_cast<std::ptrdiff_t>(which));
        const std::uint32_t how = below(12);
        const OutcomeKind kind = how < 5    ? OutcomeKind::success
                                 : how < 10 ? OutcomeKind::failure
                                 : how < 11 ? OutcomeKind::ignored
                                            : OutcomeKind::cancelled;
        m_last = "outcome " + std::to_string(static_cast<int>(kind));
        switch (kind) {
            case OutcomeKind::success:
                pending.permit.success();
                break;
            case OutcomeKind::failure:
                pending.permit.failure(domain::Category::transient);
                break;
            case OutcomeKind::ignored:
                pending.permit.ignore();
                break;
            case OutcomeKind::cancelled:
                pending.permit.cancel();
                break;
        }
        m_model.complete(pending.call, kind, now());
        return {};
    }

    std::string recordUnasked() {
        m_last = "record";
        if (below(2) == 0) {
            m_real.breaker->recordSuccess(1ms);
            m_model.record(OutcomeKind::success, now());
        } else {
            m_real.breaker->recordFailure(errorOf(domain::Category::transient), 1ms);
            m_model.record(OutcomeKind::failure, now());
        }
        return {};
    }

    std::string command() {
        bool real = false;
        bool model = false;
        const std::uint32_t what = below(4);
        if (what < 2) {
            m_last = "trip";
            const auto wait =
                below(2) == 0 ? std::optional<base::Duration>(std::chrono::seconds(below(6)) - 1s) : std::nullopt;
            real = m_real.breaker->trip("ann", "test", wait).has_value();
            model = m_model.trip(wait, now());
        } else if (what == 2) {
            m_last = "reset";
            real = m_real.breaker->reset("ann", "test").has_value();
            model = m_model.reset(now());
        } else {
            m_last = "probe";
            real = m_real.breaker->probeNow("ann", "test").has_value();
            model = m_model.probeNow(now());
        }
        return real == model ? "" : "one took the command, the other did not";
    }

    std::string holdOrRelease() {
        if (below(5) < 2 && m_model.holdCount() < 4) {
            m_last = "hold";
            const auto mode = static_cast<HoldMode>(below(4));
            const auto duration =
                below(4) != 0 ? std::optional<base::Duration>(std::chrono::seconds(below(5))) : std::nullopt;
            const auto real = m_real.breaker->hold(mode, "ann", "test", duration);
            m_lastHold = real ? real->value : m_lastHold;
            const bool model = m_model.hold(m_lastHold, mode, duration, now());
            return real.has_value() == model ? "" : "one took the hold, the other did not";
        }
        m_last = "release";
        const std::uint64_t id = m_lastHold - std::min<std::uint64_t>(below(5), m_lastHold);
        const bool real = m_real.breaker->release(domain::HoldId(id), "ann", "test").has_value();
        return real == m_model.release(id) ? "" : "one let the hold go, the other did not";
    }

    std::string difference() {
        if (m_real.state() != m_model.state()) {
            return "is " + std::string(toWord(m_real.state())) + ", should be " + std::string(toWord(m_model.state()));
        }
        if (m_real.breaker->heldAs() != m_model.ruling()) {
            return "the ruling hold differs";
        }
        const DrainedEvents drained = m_real.breaker->drainEvents();
        std::vector<std::string> log;
        for (const domain::Event& event : drained.events) {
            log.push_back(asLogged(event));
        }
        m_seen += log.size();
        if (drained.lost != 0 || log != std::exchange(m_model.log, {})) {
            return "the events differ; last one of the breaker: " + (log.empty() ? "none" : log.back());
        }
        if (!m_legal) {
            return "an illegal transition: " + log.back();
        }
        return ++m_steps % 4 == 0 ? differenceOfCounters() : "";
    }

    std::string asLogged(const domain::Event& event) {
        if (const auto* transition = std::get_if<domain::Transition>(&event.body)) {
            m_legal = m_legal && transition->from == m_before && transition->from != transition->to &&
                      transition->sequence == ++m_transitionCount &&
                      static_cast<std::int32_t>(transition->generation - m_generation) > 0 &&
                      (transition->to != State::closed || transition->from == State::halfOpen ||
                       transition->cause == domain::TransitionCause::resetCommand);
            m_before = transition->to;
            m_generation = transition->generation;
            return ReferenceModel::describe(transition->from, transition->to, transition->cause);
        }
        const std::string id = std::to_string(std::get<domain::Hold>(event.body).id.value);
        return event.kind == domain::EventKind::holdPlaced     ? "placed " + id
               : event.kind == domain::EventKind::holdReleased ? "released " + id
                                                               : "expired " + id;
    }

    std::string differenceOfCounters() {
        const domain::CircuitMetrics metrics = m_real.breaker->snapshot().metrics;
        const domain::Totals& real = metrics.totals;
        const ReferenceModel::Counters& model = m_model.counters;
        if (real.permitted != model.permitted || real.rejected != model.refused || real.success != model.success ||
            real.failure != model.failure || real.ignored != model.ignored || real.cancelled != model.cancelled ||
            real.wouldReject != model.wouldRefuse) {
            return "the counters differ";
        }
        if (real.permitted + real.rejected != model.attempted || real.inFlight != m_pending.size() ||
            real.permitted != real.success + real.failure + real.ignored + real.cancelled + real.inFlight) {
            return "a permit was lost or made up";
        }
        if (m_real.state() == State::closed &&
            (metrics.window.calls != m_model.windowCalls() || metrics.window.failures != m_model.windowFailures())) {
            return "the window differs";
        }
        return {};
    }

    std::mt19937_64 m_random;
    CircuitBreakerConfig m_config;
    Guarded m_real;
    ReferenceModel m_model;
    std::vector<Pending> m_pending;
    std::string m_last;
    std::uint64_t m_lastHold = 0;
    std::uint64_t m_steps = 0;
    std::size_t m_seen = 0;
    bool m_legal = true;
    State m_before = State::closed;
    std::uint64_t m_transitionCount = 0;
    std::uint32_t m_generation = 0;
};

}  // namespace

class ModelTest : public QObject {
    Q_OBJECT

private slots:
    void a_breaker_lives_as_the_model_does() {
        constexpr int kLives = 400;
        constexpr int kSteps = 500;
        const std::uint64_t seed = seedOfThisRun();
        qInfo("FUSEBOX_SEED=%llu, %d lives of %d steps", static_cast<unsigned long long>(seed), kLives, kSteps);
        std::size_t events = 0;
        for (std::uint64_t life = 0; life < kLives; ++life) {
            Pair pair(seed + life);
            for (int step = 0; step < kSteps; ++step) {
                const std::string trouble = pair.step();
                QVERIFY2(trouble.empty(), qPrintable(QString("FUSEBOX_SEED=%1, life %2, step %3, %4")
                                                         .arg(seed)
                                                         .arg(life)
                                                         .arg(step)
                                                         .arg(QString::fromStdString(trouble))));
            }
            events += pair.transitions();
        }
        qInfo("%zu events agreed", events);
        QVERIFY(events > kLives * 10);
    }
};

FUSEBOX_TEST(ModelTest)

}  // namespace fusebox::breaker

#include "model_test.moc"
