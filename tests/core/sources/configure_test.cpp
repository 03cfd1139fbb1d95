#include <fusebox/base/clock.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;

class ConfigureTest : public QObject {
    Q_OBJECT
private slots:
    void a_change_is_applied_and_says_what_changed() {
        const CommandReport report = m_source->apply(configure({{"open_timeout", "5s"}, {"minimum_calls", "20"}}));
        QCOMPARE(report.status, CommandStatus::applied);
        QCOMPARE(report.message, std::string("minimum_calls 10 -> 20; open_timeout 1 s -> 5 s"));
        QVERIFY(m_orders->config().openTimeout == 5s);
        QCOMPARE(m_orders->config().minimumCalls, 20U);
        const CommandReport again = m_source->apply(configure({{"open_timeout", "5s"}}));
        QCOMPARE(again.status, CommandStatus::applied);
        QCOMPARE(again.message, std::string("its options are like that already"));
    }

    void one_wrong_option_refuses_the_whole_change() {
        const CommandReport report = m_source->apply(configure({{"minimum_calls", "20"}, {"open_timeout", "soon"}}));
        QCOMPARE(report.status, CommandStatus::refused);
        QCOMPARE(report.message, std::string("open_timeout cannot be soon; allowed: 0s to 365d"));
        QCOMPARE(m_orders->config().minimumCalls, 10U);
    }

    void who_has_not_seen_the_newest_configuration_is_refused() {
        const std::uint64_t seen = m_orders->snapshot().revision;
        Command command = configure({{"minimum_calls", "20"}});
        command.seenRevision = seen;
        QCOMPARE(m_source->apply(command).status, CommandStatus::applied);
        command.options = {{"minimum_calls", "30"}};
        const CommandReport late = m_source->apply(command);
        QCOMPARE(late.status, CommandStatus::refused);
        QCOMPARE(late.message, std::string("the configuration has changed since you looked; look again, then decide"));
        command.seenRevision = m_orders->snapshot().revision;
        QCOMPARE(m_source->apply(command).status, CommandStatus::applied);
        QCOMPARE(m_orders->config().minimumCalls, 30U);
    }

    void what_the_automaton_or_a_hold_did_meanwhile_is_no_objection_to_a_change() {
        Command command = configure({{"minimum_calls", "20"}});
        command.seenRevision = m_orders->snapshot().revision;
        QVERIFY(m_orders->trip("bob", "x"));
        QVERIFY(m_orders->hold(domain::HoldMode::metricsOnly, "bob", "x"));
        QCOMPARE(m_source->apply(command).status, CommandStatus::applied);
    }

    void a_shadow_runs_the_changed_copy_beside_the_live_configuration() {
        Command command = configure({{"minimum_calls", "20"}});
        command.kind = CommandKind::shadow;
        const CommandReport report = m_source->apply(command);
        QCOMPARE(report.status, CommandStatus::applied);
        QCOMPARE(report.message, std::string("a candidate watches: minimum_calls 10 -> 20"));
        QCOMPARE(m_orders->config().minimumCalls, 10U);
        const auto shadow = m_orders->snapshot().shadow;
        QCOMPARE(shadow->owner, std::string("ann"));
        QVERIFY(shadow->differences == (std::vector<domain::ConfigEntry>{{"minimum_calls", "20"}}));
        command.options = {{"minimum_calls", "many"}};
        QCOMPARE(m_source->apply(command).status, CommandStatus::refused);
        QVERIFY(m_orders->snapshot().shadow != nullptr);
        command.options.clear();
        QCOMPARE(m_source->apply(command).message, std::string("the candidate of ann is gone after 0 calls"));
        QVERIFY(m_orders->snapshot().shadow == nullptr);
        const CommandReport none = m_source->apply(command);
        QCOMPARE(none.status, CommandStatus::refused);
        QCOMPARE(none.message, std::string("no candidate configuration runs beside it"));
    }

    void a_shadow_of_a_configuration_that_has_changed_meanwhile_is_refused() {
        Command command = configure({{"minimum_calls", "20"}});
        command.kind = CommandKind::shadow;
        command.seenRevision = m_orders->snapshot().revision;
        QCOMPARE(m_source->apply(configure({{"open_timeout", "2s"}})).status, CommandStatus::applied);
        QCOMPARE(m_source->apply(command).status, CommandStatus::refused);
    }

    void a_group_is_changed_with_one_report() {
        QVERIFY(m_source->ownsGroup("shop"));
        QVERIFY(!m_source->ownsGroup("bank"));
        const CommandReport report = m_source->apply(forGroup(configure({{"open_timeout", "3s"}})));
        QCOMPARE(report.status, CommandStatus::applied);
        QCOMPARE(report.message, std::string("done on all 3 breakers: open_timeout 1 s -> 3 s"));
        QCOMPARE(report.command.group, std::string("shop"));
        QVERIFY(report.command.breaker.value.empty());
        QVERIFY(m_breakers->find(domain::BreakerId("stock"))->config().openTimeout == 3s);
    }

    void the_report_of_a_group_names_who_refused_and_why() {
        QVERIFY(m_orders->hold(domain::HoldMode::forceOpen, "bob", "maintenance"));
        Command trip = configure({});
        trip.kind = CommandKind::trip;
        const CommandReport some = m_source->apply(forGroup(trip));
        QCOMPARE(some.status, CommandStatus::applied);
        QVERIFY(some.message.starts_with("done on 2 of 3 breakers: CLOSED to OPEN; calls are refused for "));
        QVERIFY(some.message.ends_with("; refused by orders (FORCE_OPEN is held by bob; release it first)"));
        const CommandReport none = m_source->apply(forGroup(configure({{"open_timeout", "soon"}})));
        QCOMPARE(none.status, CommandStatus::refused);
        QVERIFY(none.message.starts_with("refused by all 3 breakers: cache (open_timeout cannot be soon;"));
    }

    void a_group_command_does_not_ask_what_its_actor_saw() {
        Command command = forGroup(configure({{"open_timeout", "3s"}}));
        command.seenRevision = 0;
        QCOMPARE(m_source->apply(command).status, CommandStatus::applied);
        command.options[0].value = "4s";
        QVERIFY(m_source->apply(command).message.starts_with("done on all 3"));
    }

    void many_refusals_are_named_up_to_twenty() {
        for (int i = 0; i < 25; ++i) add("many-" + std::to_string(100 + i), "crowd");
        Command probe = configure({});
        probe.kind = CommandKind::probe;
        probe.group = "crowd";
        const CommandReport report = m_source->apply(probe);
        QCOMPARE(report.status, CommandStatus::refused);
        QVERIFY(report.message.ends_with(" and 5 more"));
        QVERIFY(report.message.find("many-119") != std::string::npos);
        QVERIFY(report.message.find("many-120") == std::string::npos);
    }

    void init() {
        m_breakers = std::make_shared<breaker::CircuitBreakerManager>(m_clock);
        for (const char* id : {"orders", "cache", "stock"}) add(id, "shop");
        m_orders = m_breakers->find(domain::BreakerId("orders"));
        m_source = std::make_unique<sources::LocalSource>(m_breakers);
    }

private:
    void add(const std::string& id, const std::string& group) {
        domain::Identity identity;
        identity.id = domain::BreakerId(id);
        identity.name = id;
        identity.group = group;
        breaker::CircuitBreakerConfig config;
        config.jitter = breaker::Jitter::none;  // all of a group answer with the same sentence
        QVERIFY(m_breakers->create(std::move(identity), config));
    }

    static Command configure(std::vector<domain::ConfigEntry> options) {
        Command command;
        command.id = domain::CommandId("c");
        command.kind = CommandKind::configure;
        command.breaker = domain::BreakerId("orders");
        command.actor = "ann";
        command.reason = "the dependency is slow to recover";
        command.options = std::move(options);
        return command;
    }
    static Command forGroup(Command command) {
        command.breaker = {};
        command.group = "shop";
        return command;
    }

    base::ManualClock m_clock;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<breaker::CircuitBreaker> m_orders;
    std::unique_ptr<sources::LocalSource> m_source;
};

FUSEBOX_TEST(ConfigureTest)
#include "configure_test.moc"
