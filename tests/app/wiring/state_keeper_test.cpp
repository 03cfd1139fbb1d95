#include "closed_port.h"

#include <fusebox/config/load.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/state_first_log.h>
#include <fusebox/wiring/state_keeper.h>
#include <fusebox/wiring/wiring.h>

namespace fusebox::wiring {

namespace {

using namespace std::chrono_literals;

std::shared_ptr<breaker::CircuitBreakerManager> breakersOn(const base::Clock& clock) {
    auto breakers = std::make_shared<breaker::CircuitBreakerManager>(clock);
    for (const char* id : {"orders", "cache"}) {
        domain::Identity identity;
        identity.id = domain::BreakerId(id);
        identity.name = id;
        breaker::CircuitBreakerConfig config;
        config.jitter = breaker::Jitter::none;
        config.openTimeout = 60s;
        config.maxBackoff = 60s;
        (void)breakers->create(std::move(identity), config).value();
    }
    return breakers;
}

std::vector<std::string> noticesOf(StateKeeper& keeper) {
    collector::Gathered into;
    keeper.gather(into);
    std::vector<std::string> texts;
    for (const domain::Event& event : into.events) texts.push_back(event.text);
    return texts;
}

config::Dependency uncalled(std::uint16_t port) {
    config::Dependency dependency = closedPort("orders", port);
    dependency.traffic.kind = config::Traffic::Kind::never;
    dependency.breaker.openTimeout = std::chrono::hours(1);
    dependency.breaker.maxBackoff = std::chrono::hours(1);
    return dependency;
}

}  // namespace

class StateKeeperTest : public QObject {
    Q_OBJECT
private slots:
    void the_first_start_has_nothing_to_say() {
        StateKeeper keeper(m_file, breakersOn(m_clock), m_clock);
        keeper.restore();
        QVERIFY(noticesOf(keeper).empty());
    }

    void breakers_go_on_after_a_restart() {
        const auto first = breakersOn(m_clock);
        QVERIFY(first->find(domain::BreakerId("orders"))->trip("ann", "x"));
        StateKeeper(m_file, first, m_clock).saveNow();
        m_clock.advance(10s);
        const auto next = breakersOn(m_clock);
        StateKeeper keeper(m_file, next, m_clock);
        keeper.restore();
        QCOMPARE(next->find(domain::BreakerId("orders"))->state(), domain::State::open);
        QVERIFY(next->find(domain::BreakerId("orders"))->snapshot().untilProbe == 50s);
        QCOMPARE(next->find(domain::BreakerId("cache"))->state(), domain::State::closed);
        QCOMPARE(noticesOf(keeper), std::vector<std::string>{"2 breakers go on as saved 10 s ago"});
        QVERIFY(noticesOf(keeper).empty());
    }

    void breakers_that_are_gone_are_told() {
        const auto first = breakersOn(m_clock);
        StateKeeper(m_file, first, m_clock).saveNow();
        const auto next = breakersOn(m_clock);
        QVERIFY(next->remove(domain::BreakerId("cache")));
        StateKeeper keeper(m_file, next, m_clock);
        keeper.restore();
        QCOMPARE(noticesOf(keeper),
                 (std::vector<std::string>{"1 breaker goes on as saved 0 s ago",
                                           "The saved state of 1 breaker is dropped: not guarded any more"}));
    }

    void nothing_is_written_until_something_has_changed() {
        const auto breakers = breakersOn(m_clock);
        StateKeeper keeper(m_file, breakers, m_clock);
        keeper.saveNow();
        std::filesystem::remove(m_file);
        m_clock.advance(30s);
        keeper.run({});
        QVERIFY(!std::filesystem::exists(m_file));
        breakers->find(domain::BreakerId("cache"))->tryAcquire().permit().failure(domain::Category::transient);
        keeper.run({});
        QVERIFY(std::filesystem::exists(m_file));
    }

    void a_file_that_cannot_be_used_is_put_aside_and_told() {
        m_folder.write("breakers.json", "{\"format\":\"fusebox breakers\",\"version\":1}");
        const auto breakers = breakersOn(m_clock);
        StateKeeper keeper(m_file, breakers, m_clock);
        keeper.restore();
        const auto notices = noticesOf(keeper);
        QCOMPARE(notices.size(), 1U);
        QCOMPARE(notices[0], "The state of the last run is not restored: " + m_file.string() +
                                 ": breakers: is missing. It is kept as " + m_file.string() + ".bad");
        QVERIFY(!std::filesystem::exists(m_file));
        keeper.saveNow();  // goes on as if there had been none
        QVERIFY(std::filesystem::exists(m_file));
    }

    void that_it_cannot_be_saved_is_told_once() {
        const auto breakers = breakersOn(m_clock);
        StateKeeper keeper("/proc/no-such-place/breakers.json", breakers, m_clock);
        keeper.run({});
        keeper.run({});
        QCOMPARE(noticesOf(keeper).size(), 1U);
    }

    void a_transition_is_saved_soon_and_many_of_them_once_a_second() {
        int woken = 0;
        StateKeeper keeper(m_file, breakersOn(m_clock), m_clock, [&](const collector::Task&) { ++woken; });
        m_clock.advance(10s);
        const auto show = [&](domain::EventKind kind) {
            auto frame = std::make_shared<domain::Frame>();
            frame->events.emplace_back().kind = kind;
            keeper.accept(frame);
        };
        show(domain::EventKind::notice);
        QCOMPARE(woken, 0);
        show(domain::EventKind::transition);
        QCOMPARE(woken, 1);
        show(domain::EventKind::holdPlaced);
        QCOMPARE(woken, 1);
        m_clock.advance(1s);
        show(domain::EventKind::notice);  // what is owed still is done with the next frame
        QCOMPARE(woken, 2);
        m_clock.advance(1s);
        show(domain::EventKind::notice);
        QCOMPARE(woken, 2);
    }

    void what_a_command_changed_is_saved_before_it_is_written_down() {
        class Log final : public command::AuditLog {
        public:
            explicit Log(std::filesystem::path file) : m_stateFile(std::move(file)) {}
            base::Result<void> write(const domain::CommandReport&, base::WallTime) override {
                sawState = std::filesystem::exists(m_stateFile);
                return base::trouble(base::TroubleCode::unavailable, "full");
            }
            bool sawState = false;

        private:
            const std::filesystem::path m_stateFile;
        };
        const auto log = std::make_shared<Log>(m_file);
        StateFirstLog both(std::make_shared<StateKeeper>(m_file, breakersOn(m_clock), m_clock), log);
        domain::CommandReport report;
        report.status = domain::CommandStatus::refused;
        QVERIFY(!both.write(report, {}));
        QVERIFY(!log->sawState);
        report.status = domain::CommandStatus::applied;
        QVERIFY(!both.write(report, {}));
        QVERIFY(log->sawState);
    }

    void a_program_keeps_its_breakers_from_one_run_to_the_next() {
        const config::Settings settings{{uncalled(support::freePort())}, {}};
        runOnce(settings, StateStart::restored, [](Wiring& wiring, support::FrameLog& log) {
            domain::Command trip;
            trip.id = domain::CommandId("c1");
            trip.breaker = domain::BreakerId("orders");
            trip.actor = "ann";
            trip.reason = "part of a test";
            wiring.submit(trip);
            QVERIFY(log.waitForPath("orders", {domain::State::open}));
        });
        runOnce(settings, StateStart::restored, [](Wiring&, support::FrameLog& log) {
            QVERIFY(log.waitForSnapshot("orders", [](const auto& now) { return now.state == domain::State::open; }));
            const auto transitions = log.snapshot("orders")->detail->transitions;
            QCOMPARE(transitions.back().cause, domain::TransitionCause::restored);
        });
        runOnce(settings, StateStart::fresh, [](Wiring&, support::FrameLog& log) {
            QVERIFY(log.waitForSnapshot("orders", [](const auto& now) { return now.state == domain::State::closed; }));
        });
    }

    void a_dependency_that_is_never_called_is_probed_where_that_is_configured() {
        config::Dependency dependency = uncalled(support::freePort());
        dependency.traffic.probeWithoutTraffic = true;
        dependency.breaker.openTimeout = 10ms;
        dependency.breaker.jitter = breaker::Jitter::none;
        dependency.breaker.backoff = breaker::Backoff::fixed;
        runOnce({{dependency}, {}}, StateStart::fresh, [](Wiring& wiring, support::FrameLog& log) {
            domain::Command trip;
            trip.id = domain::CommandId("c1");
            trip.breaker = domain::BreakerId("orders");
            trip.actor = "ann";
            trip.reason = "part of a test";
            wiring.submit(trip);
            // Nobody listens there, so it opens again, and is probed again.
            const std::vector<domain::State> twice{domain::State::open, domain::State::halfOpen, domain::State::open,
                                                   domain::State::halfOpen, domain::State::open};
            QVERIFY(log.waitForPath("orders", twice));
        });
    }

    void a_command_says_that_its_state_could_not_be_saved() {
        const auto breakers = breakersOn(m_clock);
        // A folder stands where the file would be.
        const auto blocked = m_folder.path() / "blocked";
        std::filesystem::create_directories(blocked / "inside");
        StateFirstLog log(std::make_shared<StateKeeper>(blocked, breakers, m_clock), nullptr);
        domain::CommandReport report;
        report.status = domain::CommandStatus::refused;
        QVERIFY(log.write(report, m_clock.wallNow()).has_value());
        report.status = domain::CommandStatus::applied;
        const auto written = log.write(report, m_clock.wallNow());
        QVERIFY(!written.has_value());
        QVERIFY2(written.error().text().find("would not outlive the program") != std::string::npos,
                 written.error().text().c_str());
    }

    void init() { std::filesystem::remove(m_file); }

private:
    template <typename During>
    void runOnce(const config::Settings& settings, StateStart start, During during) {
        const auto log = std::make_shared<support::FrameLog>();
        auto wiring = Wiring::withSettings(settings);
        QVERIFY(wiring);
        (*wiring)->keepState(m_folder.path(), start);
        (*wiring)->addSink(log);
        (*wiring)->start();
        during(**wiring, *log);
        (*wiring)->stop();
    }

    base::ManualClock m_clock;
    support::TempDir m_folder;
    const std::filesystem::path m_file = m_folder.path() / "breakers.json";
};

FUSEBOX_TEST(StateKeeperTest)

}  // namespace fusebox::wiring

#include "state_keeper_test.moc"
