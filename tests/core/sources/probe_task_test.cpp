#include <fusebox/base/clock.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/sources/probe_task.h>
#include <fusebox/sources/probe_watch.h>
#include <fusebox/support/test_case.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>

using namespace fusebox;
using namespace std::chrono_literals;
using breaker::CircuitBreakerConfig;
using domain::State;
using Answer = tl::expected<void, domain::Error>;

namespace {

CircuitBreakerConfig quickConfig(base::Duration wait) {
    CircuitBreakerConfig config;
    config.backoff = breaker::Backoff::fixed;
    config.jitter = breaker::Jitter::none;
    config.openTimeout = wait;
    config.maxBackoff = wait;
    config.rampSteps.clear();
    return config;
}

domain::Error refused() {
    domain::Error error;
    error.type = "Refused";
    error.message = "connection refused";
    error.codeSystem = domain::CodeSystem::posix;
    error.code = "ECONNREFUSED";
    return error;
}

/// Holds whoever passes until it is opened.
class Barrier {
public:
    void pass() {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
    }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    bool waitForOne() {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [this] { return m_waiting > 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_waiting = 0;
    bool m_open = false;
};

/// A collector with one breaker that only its probe calls.
struct World {
    World(const base::Clock& clock, CircuitBreakerConfig config, sources::ProbeTask::Probe probe)
        : breakers(std::make_shared<breaker::CircuitBreakerManager>(clock)),
          collector(clock, {.framePeriod = 10ms}),
          probes(std::make_shared<sources::ProbeWatch>([this](const collector::Task& due) { collector.wake(due); })) {
        domain::Identity identity;
        identity.id = domain::BreakerId("orders");
        identity.name = "orders";
        guard = breakers->create(std::move(identity), std::move(config)).value();
        task = std::make_shared<sources::ProbeTask>(guard, std::move(probe),
                                                    std::make_shared<const errors::ErrorClassifier>());
        collector.addSource(std::make_shared<sources::LocalSource>(breakers));
        collector.addSource(probes);
        collector.addTask(task);
        probes->add(task, [probing = task] { return probing->isDue(); });
    }

    /// One round of a collector whose threads were not started.
    std::size_t round() {
        (void)collector.publishFrame();
        return collector.runDue();
    }

    std::shared_ptr<breaker::CircuitBreakerManager> breakers;
    collector::BackgroundCollector collector;
    std::shared_ptr<sources::ProbeWatch> probes;
    std::shared_ptr<breaker::CircuitBreaker> guard;
    std::shared_ptr<sources::ProbeTask> task;
};

}  // namespace

class ProbeTaskTest : public QObject {
    Q_OBJECT
private slots:
    void a_closed_breaker_is_not_probed() {
        for (int i = 0; i < 5; ++i) {
            m_clock.advance(1s);
            (void)m_world->round();
        }
        m_world->task->run({});
        QCOMPARE(m_calls, 0);
        QCOMPARE(m_world->guard->state(), State::closed);
    }

    void an_open_breaker_is_probed_when_its_wait_is_over_and_closes() {
        QVERIFY(m_world->guard->trip("ann", "x"));
        m_clock.advance(1999ms);
        (void)m_world->round();
        QCOMPARE(m_calls, 0);
        QCOMPARE(m_world->guard->state(), State::open);
        m_clock.advance(1ms);
        (void)m_world->round();
        QCOMPARE(m_calls, 1);
        QCOMPARE(m_world->guard->state(), State::closed);
        (void)m_world->round();
        QCOMPARE(m_calls, 1);
    }

    void a_bad_answer_opens_again_with_its_error_and_its_category() {
        m_answer = tl::unexpected(refused());
        QVERIFY(m_world->guard->trip("ann", "x"));
        m_clock.advance(2s);
        (void)m_world->round();
        QCOMPARE(m_calls, 1);
        QCOMPARE(m_world->guard->state(), State::open);
        const auto errors = m_world->guard->snapshot().detail->recentErrors;
        QCOMPARE(errors.size(), 1U);
        QVERIFY(errors[0].error->category == domain::Category::transient);
        (void)m_world->round();
        QCOMPARE(m_calls, 1);  // a new wait has begun
        m_clock.advance(2s);
        (void)m_world->round();
        QCOMPARE(m_calls, 2);
    }

    void half_open_gets_as_many_probes_as_it_needs_in_one_go() {
        CircuitBreakerConfig config = quickConfig(2s);
        config.halfOpenMaxRequests = 5;
        config.successThreshold = 4;
        config.halfOpenFailureThreshold = 2;
        begin(config);
        QVERIFY(m_world->guard->trip("ann", "x"));
        m_clock.advance(2s);
        (void)m_world->round();
        QCOMPARE(m_calls, 4);
        QCOMPARE(m_world->guard->state(), State::closed);
    }

    void a_hold_that_forces_keeps_probes_away() {
        QVERIFY(m_world->guard->trip("ann", "x"));
        for (const auto mode :
             {domain::HoldMode::forceOpen, domain::HoldMode::forceClosed, domain::HoldMode::disabled}) {
            const auto hold = m_world->guard->hold(mode, "ann", "x");
            m_clock.advance(10s);
            (void)m_world->round();
            QCOMPARE(m_calls, 0);
            QVERIFY(m_world->guard->release(*hold, "ann", "x"));
        }
        (void)m_world->round();
        QCOMPARE(m_calls, 1);
    }

    void what_the_probe_throws_is_a_failure() {
        m_throws = true;
        QVERIFY(m_world->guard->trip("ann", "x"));
        m_clock.advance(2s);
        (void)m_world->round();
        QCOMPARE(m_world->guard->state(), State::open);
        QCOMPARE(m_world->guard->snapshot().metrics.totals.failure, 1U);
        QCOMPARE(m_world->guard->snapshot().detail->recentErrors.at(0).error->message, std::string("no route"));
    }

    void a_probe_that_is_given_up_says_nothing_about_the_dependency() {
        std::stop_source stop;
        begin(quickConfig(2s), [&stop](const std::stop_token&) -> Answer {
            stop.request_stop();
            return tl::unexpected(refused());
        });
        QVERIFY(m_world->guard->trip("ann", "x"));
        m_clock.advance(2s);
        m_world->task->run(stop.get_token());
        QCOMPARE(m_world->guard->state(), State::halfOpen);
        QCOMPARE(m_world->guard->snapshot().metrics.totals.cancelled, 1U);
    }

    void a_removed_task_is_not_woken_any_more() {
        m_world->probes->remove(*m_world->task);
        QVERIFY(m_world->guard->trip("ann", "x"));
        m_clock.advance(2s);
        (void)m_world->round();
        QCOMPARE(m_calls, 0);
    }

    void real_workers_heal_a_breaker_that_nobody_calls() {
        const base::SteadyClock clock;
        std::atomic<int> calls{0};
        World world(clock, quickConfig(20ms), [&calls](const std::stop_token&) -> Answer {
            if (++calls < 3) return tl::unexpected(refused());
            return {};
        });
        world.collector.start();
        QVERIFY(world.guard->trip("ann", "x"));
        QTRY_COMPARE(world.guard->state(), State::closed);
        QCOMPARE(calls.load(), 3);
        world.collector.stop();
    }

    void a_hung_probe_ends_by_half_open_timeout_and_the_next_one_heals() {
        const base::SteadyClock clock;
        CircuitBreakerConfig config = quickConfig(20ms);
        config.halfOpenTimeout = 50ms;
        Barrier barrier;
        std::atomic<int> calls{0};
        World world(clock, config, [&](const std::stop_token&) -> Answer {
            if (++calls == 1) {
                barrier.pass();
                return tl::unexpected(refused());  // far too late
            }
            return {};
        });
        world.collector.start();
        QVERIFY(world.guard->trip("ann", "x"));
        QVERIFY(barrier.waitForOne());
        QTRY_COMPARE(world.guard->state(), State::closed);
        QVERIFY(calls >= 2);
        const auto transitions = world.guard->snapshot().detail->transitions;
        QCOMPARE(transitions.at(2).cause, domain::TransitionCause::probeTimeout);
        barrier.open();
        world.collector.stop();
        QCOMPARE(world.guard->state(), State::closed);  // the late answer counts for nothing
        QCOMPARE(world.guard->snapshot().metrics.totals.inFlight, 0U);
    }

    void when_all_probes_hang_no_further_ones_are_made() {
        const base::SteadyClock clock;
        CircuitBreakerConfig config = quickConfig(5ms);
        config.halfOpenTimeout = 10ms;
        Barrier barrier;
        std::atomic<std::uint32_t> calls{0};
        World world(clock, config, [&](const std::stop_token&) -> Answer {
            ++calls;
            barrier.pass();
            return {};
        });
        world.collector.start();
        QVERIFY(world.guard->trip("ann", "x"));
        QTRY_COMPARE(calls.load(), sources::ProbeTask::kMostAtOnce);
        const std::uint64_t opened = world.guard->snapshot().metrics.transitions;
        QTRY_VERIFY(world.guard->state() == State::open && !world.task->isDue());
        QVERIFY(world.guard->snapshot().metrics.transitions >= opened);
        QCOMPARE(calls.load(), sources::ProbeTask::kMostAtOnce);
        barrier.open();
        QTRY_COMPARE(world.guard->state(), State::closed);
        world.collector.stop();
    }

    void init() {
        m_calls = 0;
        m_throws = false;
        m_answer = {};
        begin(quickConfig(2s));
    }

private:
    void begin(CircuitBreakerConfig config, sources::ProbeTask::Probe probe = {}) {
        if (!probe) {
            probe = [this](const std::stop_token&) {
                ++m_calls;
                if (m_throws) throw std::runtime_error("no route");
                return m_answer;
            };
        }
        m_world = std::make_unique<World>(m_clock, std::move(config), std::move(probe));
    }

    base::ManualClock m_clock;
    std::unique_ptr<World> m_world;
    int m_calls = 0;
    bool m_throws = false;
    Answer m_answer;
};

FUSEBOX_TEST(ProbeTaskTest)
#include "probe_task_test.moc"
