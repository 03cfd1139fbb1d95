// Every order of the steps of two or three threads, up to three preemptions, on the breaker's own code.

#include "guarded.h"
#include "scheduled_atomics.h"

#include <fusebox/breaker/automaton_admission.h>
#include <fusebox/breaker/automaton_attended.h>
#include <fusebox/breaker/automaton_dossier.h>
#include <fusebox/breaker/automaton_operate.h>
#include <fusebox/breaker/automaton_outcome.h>
#include <fusebox/breaker/automaton_restore.h>
#include <fusebox/breaker/automaton_rules.h>
#include <fusebox/breaker/automaton_transitions.h>
#include <fusebox/breaker/automaton_watch.h>
#include <fusebox/support/test_case.h>

#include <map>
#include <set>

namespace fusebox::breaker {

using domain::HoldMode;
using domain::State;

namespace {

/// A breaker, and what its callers know of it.
class World {
public:
    World(CircuitBreakerConfig config, std::uint32_t threads)
        : m_places(config.halfOpenMaxRequests),
          m_limit(config.concurrencyLimit == ConcurrencyMode::fixed ? config.concurrencyMax : UINT32_MAX),
          automaton(domain::BreakerId("b"), std::move(config), clock) {
        // Each thread finds its counters in place.
        for (std::uint32_t thread = 0; thread < threads; ++thread) {
            Schedules::only().actAs(thread);
            call(OutcomeKind::success);
        }
        Schedules::only().actAs(0);
    }

    std::optional<Ticket> allow() {
        const Admission admission = automaton.admit();
        ++(admission.permitted() ? m_permitted : m_refused);
        if (!admission.permitted()) {
            return std::nullopt;
        }
        if (admission.ticket().is(Ticket::kLimited) && ++m_inFlight > m_limit) {
            Schedules::only().fail("more calls in flight than the limit");
        }
        if (admission.ticket().is(Ticket::kPlaced) && ++m_placed[admission.ticket().generation()] > m_places) {
            Schedules::only().fail("more probes than places");
        }
        return admission.ticket();
    }

    void complete(Ticket ticket, OutcomeKind kind) {
        ++m_completed;
        m_inFlight -= ticket.is(Ticket::kLimited) ? 1 : 0;
        if (kind == OutcomeKind::success) {
            static_cast<void>(automaton.succeed(ticket));
        } else if (kind == OutcomeKind::failure) {
            static_cast<void>(automaton.fail(ticket, domain::Category::transient));
        } else {
            if (ticket.is(Ticket::kPlaced)) {
                --m_placed[ticket.generation()];
            }
            static_cast<void>(automaton.complete(ticket, {.kind = kind}));
        }
    }

    bool call(OutcomeKind kind) {
        const auto ticket = allow();
        if (ticket) {
            complete(*ticket, kind);
        }
        return ticket.has_value();
    }

    /// Under this hold no call of the same thread may pass until it is released.
    void holdOpenForAWhile() {
        const auto id = automaton.hold(HoldMode::forceOpen, "ann", "test", std::nullopt);
        if (call(OutcomeKind::success)) {
            Schedules::only().fail("a call passed under FORCE_OPEN");
        }
        static_cast<void>(automaton.release(*id, "ann", "test"));
    }

    /// Under this hold every call of the same thread passes.
    void measureOnlyForAWhile() {
        const auto id = automaton.hold(HoldMode::metricsOnly, "ann", "test", std::nullopt);
        m_limit = UINT32_MAX;  // from now on: a call that the hold lets through may have begun
        if (!call(OutcomeKind::success)) {
            Schedules::only().fail("a call was refused under METRICS_ONLY");
        }
        static_cast<void>(automaton.release(*id, "ann", "test"));
    }

    /// Empty, or the promise that was broken.
    std::string verdict() {
        std::string trouble = verdictOnCounts();
        trouble = trouble.empty() ? verdictOnEvents() : trouble;
        return trouble.empty() ? verdictOnTheFuture() : trouble;
    }

private:
    std::uint32_t m_places;
    std::uint32_t m_limit;
    std::uint32_t m_inFlight = 0;  ///< with a place of the limit, seen from outside
    std::uint64_t m_permitted = 0;
    std::uint64_t m_refused = 0;
    std::uint64_t m_completed = 0;
    std::map<std::uint32_t, std::uint32_t> m_placed;

    std::string verdictOnCounts() {
        const domain::Totals totals = automaton.totals();
        const bool kept = totals.permitted == m_permitted && totals.rejected == m_refused &&
                          totals.inFlight == m_permitted - m_completed;
        if (kept && automaton.config().concurrencyLimit != ConcurrencyMode::off) {
            const std::uint32_t inFlight = automaton.snapshot().limit->inFlight;
            return inFlight == m_permitted - m_completed ? "" : "a place of the limit was lost or made up";
        }
        return kept ? "" : "a permit was lost or made up";
    }

    std::string verdictOnEvents() {
        State state = automaton.config().initialState;
        std::uint32_t generation = 0;
        std::set<std::uint64_t> holds;
        for (const domain::Event& event : automaton.drainEvents().events) {
            if (const auto* transition = std::get_if<domain::Transition>(&event.body)) {
                const bool jumps = (transition->to == State::closed && state == State::open &&
                                    transition->cause != domain::TransitionCause::resetCommand) ||
                                   (transition->to == State::halfOpen && state == State::closed &&
                                    transition->cause != domain::TransitionCause::holdExpired);
                if (transition->from != state || transition->to == state || transition->generation <= generation ||
                    jumps) {
                    return "an illegal transition: " + event.text;
                }
                state = transition->to;
                generation = transition->generation;
                continue;
            }
            const std::uint64_t id = std::get<domain::Hold>(event.body).id.value;
            const bool known = holds.count(id) != 0;
            if (known == (event.kind == domain::EventKind::holdPlaced)) {
                return "a hold came or went twice";
            }
            event.kind == domain::EventKind::holdPlaced ? void(holds.insert(id)) : void(holds.erase(id));
        }
        const StateWord word = automaton.word();
        if (word.state() != state) {
            return "the state is not that of the last event";
        }
        return holds.empty() == (word.ruling() == Ruling::none) ? "" : "a hold went without release or expiry";
    }

    std::string verdictOnTheFuture() {
        // The first call may find a HALF_OPEN whose probes never came back; the wait after it is over for the second.
        bool passed = false;
        for (int hour = 0; hour < 2; ++hour) {
            clock.advance(1h);
            passed = allow().has_value() || passed;
        }
        return passed ? "" : "it is stuck: no probe passes";
    }

public:
    ScheduledClock clock;
    Automaton<ScheduledAtomics> automaton;
};

CircuitBreakerConfig lean() {
    CircuitBreakerConfig config = quiet();
    config.timing = Timing::countsOnly;
    config.jitterSeed = 1;
    return config;
}

CircuitBreakerConfig limitedTo(std::uint32_t calls) {
    CircuitBreakerConfig config = lean();
    config.concurrencyLimit = ConcurrencyMode::fixed;
    config.concurrencyMax = calls;
    return config;
}

}  // namespace

class InterleavingsTest : public QObject {
    Q_OBJECT

    using Setup = std::function<void(World&)>;
    using Act = std::function<void(World&)>;
    using Check = std::function<std::string(World&)>;

    static void explore(const CircuitBreakerConfig& config, const Setup& setup, const std::vector<Act>& acts,
                        const Check& check = {}, Schedules::Stores stores = Schedules::Stores::atOnce) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
        QSKIP("sanitizers do not follow a switch of fibres");
#endif
        std::unique_ptr<World> world;
        const auto begin = [&] {
            world = std::make_unique<World>(config, static_cast<std::uint32_t>(acts.size()));
            setup(*world);
            std::vector<Schedules::Body> bodies;
            for (const Act& act : acts) {
                bodies.emplace_back([&world, &act] { act(*world); });
            }
            return bodies;
        };
        const auto end = [&] {
            std::string trouble = check ? check(*world) : "";
            return trouble.empty() ? world->verdict() : trouble;
        };
        const std::string trouble = Schedules::only().runAll(begin, end, stores);
        QVERIFY2(trouble.empty(), trouble.c_str());
        qInfo("%llu schedules", static_cast<unsigned long long>(Schedules::only().count()));
    }
    static Act calls(OutcomeKind kind) {
        return [kind](World& world) { world.call(kind); };
    }
    static void toHalfOpen(World& world) {
        static_cast<void>(world.automaton.trip({}));
        static_cast<void>(world.automaton.probeNow({}));
    }

private slots:
    void two_failures_at_once_trip() {
        CircuitBreakerConfig config = lean();
        config.failureThreshold = 2;
        explore(
            config, [](World&) {},
            {calls(OutcomeKind::failure), calls(OutcomeKind::failure), calls(OutcomeKind::success)},
            [](World& world) -> std::string {
                world.automaton.tick();
                return world.automaton.word().state() == State::open ? "" : "the trip was lost";
            });
    }

    void a_failure_that_another_thread_did_not_see_is_found_by_the_tick() {
        CircuitBreakerConfig config = lean();
        config.failureThreshold = 4;
        std::size_t overlooked = 0;
        explore(
            config, [](World& world) { world.call(OutcomeKind::failure); },  // gives credit for one that need not ask
            {calls(OutcomeKind::failure),
             [](World& world) {
                 world.call(OutcomeKind::failure);
                 world.call(OutcomeKind::failure);
             }},
            [&overlooked](World& world) -> std::string {
                overlooked += world.automaton.word().state() == State::closed ? 1 : 0;
                world.automaton.tick();
                return world.automaton.word().state() == State::open ? "" : "the trip was lost";
            },
            Schedules::Stores::mayLag);
        QVERIFY2(overlooked > 0, "no schedule needs the tick: this test shows nothing");
    }

    void a_limit_of_one_for_three_threads() {
        explore(limitedTo(1), [](World&) {},
                {calls(OutcomeKind::success), calls(OutcomeKind::cancelled), calls(OutcomeKind::failure)});
    }

    void a_limit_of_two_for_calls_that_overlap() {
        const Act overlapping = [](World& world) {
            const auto first = world.allow();
            world.call(OutcomeKind::ignored);
            if (first) {
                world.complete(*first, OutcomeKind::success);
            }
        };
        explore(limitedTo(2), [](World&) {}, {overlapping, overlapping});
    }

    void an_adaptive_limit_stays_within_its_bounds() {
        CircuitBreakerConfig config = limitedTo(3);
        config.concurrencyLimit = ConcurrencyMode::adaptive;
        config.concurrencyInitial = config.concurrencyMin = 2;
        explore(
            config, [](World&) {},
            {calls(OutcomeKind::success), calls(OutcomeKind::failure), calls(OutcomeKind::success)},
            [](World& world) -> std::string {
                const std::uint32_t limit = world.automaton.snapshot().limit->limit;
                return limit >= 2 && limit <= 3 ? "" : "the limit is out of bounds";
            });
    }

    void a_limit_is_lowered_beside_a_call() {
        explore(limitedTo(2), [](World&) {},
                {calls(OutcomeKind::cancelled), [](World& world) {
                     static_cast<void>(world.automaton.reconfigure(limitedTo(1), std::nullopt));
                     world.call(OutcomeKind::success);
                 }});
    }

    void metrics_only_is_placed_and_released_beside_a_full_limit() {
        explore(limitedTo(1), [](World&) {},
                {[](World& world) { world.measureOnlyForAWhile(); }, calls(OutcomeKind::cancelled)});
    }

    void metrics_only_is_placed_and_released_beside_probes() {
        explore(lean(), toHalfOpen,
                {[](World& world) { world.measureOnlyForAWhile(); }, calls(OutcomeKind::cancelled)});
    }

    void no_call_is_slow_before_its_time() {
        CircuitBreakerConfig config = lean();
        config.timing = Timing::everyCall;
        config.slowCallRateThreshold = 0.01;  // one would do
        std::optional<Ticket> passed;         // begun by one thread, ended by another
        explore(
            config, [&passed](World& world) { passed = world.allow(); },
            {[](World& world) { world.automaton.tick(); },
             [&passed](World& world) {
                 world.complete(*passed, OutcomeKind::success);
                 world.call(OutcomeKind::success);
             }},
            [](World& world) -> std::string {
                const bool tripped = world.automaton.word().state() != State::closed;
                return tripped ? "a young call was taken for a slow one" : "";
            });
    }

    void two_failures_in_a_row_trip_beside_a_reset() {
        CircuitBreakerConfig config = lean();
        config.consecutiveFailuresThreshold = 2;
        explore(config, [](World& world) { world.call(OutcomeKind::failure); },
                {calls(OutcomeKind::failure), [](World& world) { static_cast<void>(world.automaton.reset({})); }});
    }

    void one_place_is_given_once() {
        explore(lean(), toHalfOpen,
                {calls(OutcomeKind::ignored), calls(OutcomeKind::success), calls(OutcomeKind::failure)});
    }

    void two_places_for_three_threads() {
        CircuitBreakerConfig config = lean();
        config.halfOpenMaxRequests = config.successThreshold = 2;
        const Act allows = [](World& world) { world.allow(); };
        explore(config, toHalfOpen, {allows, allows, allows});
    }

    void the_end_of_the_wait_is_seen_by_a_call_and_a_tick() {
        CircuitBreakerConfig config = lean();
        config.halfOpenBy = HalfOpenBy::tick;
        explore(config,
                [](World& world) {
                    static_cast<void>(world.automaton.trip({}));
                    world.clock.advance(10s);
                },
                {calls(OutcomeKind::success), [](World& world) { world.automaton.tick(); }});
    }

    void a_probe_ends_while_its_time_runs_out() {
        explore(lean(), toHalfOpen, {calls(OutcomeKind::success), [](World& world) {
                                         world.clock.advance(30s);
                                         world.automaton.tick();
                                     }});
    }

    void trip_and_reset_cross() {
        explore(lean(), toHalfOpen,
                {[](World& world) { static_cast<void>(world.automaton.trip({})); },
                 [](World& world) { static_cast<void>(world.automaton.reset({})); }, calls(OutcomeKind::success)});
    }

    void a_hold_is_placed_and_released_beside_a_probe() {
        explore(lean(), toHalfOpen, {[](World& world) { world.holdOpenForAWhile(); }, calls(OutcomeKind::failure)});
    }

    void a_hold_expires_beside_a_call() {
        explore(lean(),
                [](World& world) {
                    static_cast<void>(world.automaton.hold(HoldMode::forceOpen, "ann", "test", base::Duration(1s)));
                },
                {calls(OutcomeKind::success), [](World& world) {
                     world.clock.advance(1s);
                     world.automaton.tick();
                 }});
    }
};

FUSEBOX_TEST(InterleavingsTest)

}  // namespace fusebox::breaker

#include "interleavings_test.moc"
