#include "test_target.h"

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/support/test_case.h>

#include <stdexcept>

using namespace fusebox;
using namespace fusebox::command;
using namespace std::chrono_literals;
using domain::CommandReport;
using domain::CommandStatus;

class GateTest : public QObject {
    Q_OBJECT
private slots:
    void a_command_is_carried_out_by_the_owner_and_reported_as_an_event() {
        m_gate->submit(commandOf("c1"));
        QCOMPARE(m_gate->runWaiting(), 1U);
        const std::vector<domain::Event> events = gathered().events;
        QCOMPARE(events.size(), 1U);
        QCOMPARE(events[0].kind, domain::EventKind::command);
        QCOMPARE(events[0].level, domain::Level::info);
        QCOMPARE(events[0].breaker.value, std::string("orders"));
        QCOMPARE(events[0].actor, std::string("ann"));
        QCOMPARE(events[0].text, std::string("trip applied: done"));
        QVERIFY(events[0].at == m_clock.wallNow());
        const auto& report = std::get<CommandReport>(events[0].body);
        QCOMPARE(report.command.id.value, std::string("c1"));
        QCOMPARE(report.status, CommandStatus::applied);
        QVERIFY(report.before == domain::State::closed && report.after == domain::State::open);
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void submitting_alone_carries_nothing_out() {
        m_gate->submit(commandOf("c1"));
        QCOMPARE(m_target->applied().size(), 0U);
        QCOMPARE(gathered().events.size(), 0U);
    }

    void the_seen_revision_reaches_the_target() {
        domain::Command command = commandOf("c1");
        command.seenRevision = 17;
        m_gate->submit(command);
        (void)m_gate->runWaiting();
        QVERIFY(m_target->applied().at(0).seenRevision == 17U);
    }

    void an_unknown_breaker_is_refused() {
        m_gate->submit(commandOf("c1", "nobody"));
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        QCOMPARE(m_target->applied().size(), 0U);
    }

    void a_breaker_of_two_targets_is_refused_until_one_is_left() {
        const auto second = std::make_shared<PlainTarget>(std::set<std::string>{"orders"});
        m_gate->addTarget(second);
        m_gate->submit(commandOf("c1"));
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        m_gate->removeTarget(*m_target);
        m_gate->submit(commandOf("c2"));
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::applied);
        QCOMPARE(second->applied().size(), 1U);
        QCOMPARE(m_target->applied().size(), 0U);
    }

    void a_command_for_a_group_goes_to_every_source_that_has_breakers_of_it() {
        const auto second = std::make_shared<PlainTarget>(std::set<std::string>{"db"}, [](CommandReport& report) {
            report.status = CommandStatus::refused;
            report.message = "held";
        });
        m_gate->addTarget(second);
        m_gate->submit(forGroup("g1"));
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().message, std::string("No breaker is in this group."));
        second->setGroups({"payments"});
        m_gate->submit(forGroup("g2"));
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        m_target->setGroups({"payments"});
        m_gate->submit(forGroup("g3"));
        (void)m_gate->runWaiting();
        const std::vector<domain::Event> events = gathered().events;
        QCOMPARE(events.size(), 1U);
        QCOMPARE(events[0].text, std::string("trip of group payments applied: done; at another source: held"));
        QVERIFY(events[0].breaker.value.empty());
        QCOMPARE(second->applied().size(), 2U);
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void a_target_is_not_asked_for_kinds_that_it_does_not_take() {
        domain::Command command = commandOf("a1");
        command.kind = domain::CommandKind::action;
        command.action = domain::RecoveryAction::clearCache;
        m_gate->submit(command);
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().message, std::string("This breaker has no recovery actions."));
        const auto actions = std::make_shared<ActionTarget>(std::set<std::string>{"orders"});
        m_gate->addTarget(actions);
        command.id = domain::CommandId("a2");
        m_gate->submit(command);
        m_gate->submit(commandOf("t1"));
        QCOMPARE(m_gate->runWaiting(), 2U);
        QCOMPARE(actions->applied().size(), 1U);
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void the_emergency_stop_goes_to_all_who_take_it_and_names_no_breaker() {
        domain::Command stop = commandOf("s1", "");
        stop.kind = domain::CommandKind::stopActions;
        m_gate->submit(stop);
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().message, std::string("There are no recovery actions."));
        const auto one = std::make_shared<ActionTarget>(std::set<std::string>{});
        const auto other = std::make_shared<ActionTarget>(std::set<std::string>{});
        m_gate->addTarget(one);
        m_gate->addTarget(other);
        stop.id = domain::CommandId("s2");
        m_gate->submit(stop);
        (void)m_gate->runWaiting();
        QCOMPARE(one->applied().size() + other->applied().size(), 2U);
        QCOMPARE(m_target->applied().size(), 0U);
        const std::vector<domain::Event> events = gathered().events;
        QCOMPARE(events.at(0).text, std::string("stop actions applied: done; at another source: done"));
    }

    void the_same_id_with_other_options_or_another_group_is_another_command() {
        domain::Command command = commandOf("c1");
        command.kind = domain::CommandKind::configure;
        command.options = {{"open_timeout", "5s"}};
        m_gate->submit(command);
        (void)m_gate->runWaiting();
        (void)gathered();
        command.options[0].value = "6s";
        m_gate->submit(command);
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void the_same_command_twice_has_one_effect_and_the_same_answer() {
        m_gate->submit(commandOf("c1"));
        m_gate->submit(commandOf("c1"));  // while the first waits
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::applied);
        m_gate->submit(commandOf("c1"));  // after it was answered
        QCOMPARE(m_gate->runWaiting(), 0U);
        QCOMPARE(onlyReport().message, std::string("done"));
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void an_id_used_for_another_command_is_refused_and_the_first_answer_stays() {
        m_gate->submit(commandOf("c1"));
        (void)m_gate->runWaiting();
        (void)gathered();
        domain::Command other = commandOf("c1");
        other.kind = domain::CommandKind::reset;
        m_gate->submit(other);
        QCOMPARE(m_gate->runWaiting(), 1U);
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        QCOMPARE(m_gate->reportOf(domain::CommandId("c1"))->status, CommandStatus::applied);
    }

    void only_the_last_answers_are_remembered() {
        for (const char* id : {"a", "b", "c", "d", "e"}) {
            m_gate->submit(commandOf(id));
            (void)m_gate->runWaiting();
        }
        QVERIFY(!m_gate->reportOf(domain::CommandId("a")));
        QVERIFY(m_gate->reportOf(domain::CommandId("b")).has_value());
        QVERIFY(m_gate->reportOf(domain::CommandId("e")).has_value());
    }

    void when_too_many_wait_further_ones_are_refused_and_may_be_tried_again() {
        for (const char* id : {"a", "b", "c"}) m_gate->submit(commandOf(id));
        QCOMPARE(gathered().events.size(), 0U);
        m_gate->submit(commandOf("d"));
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        QCOMPARE(m_gate->runWaiting(), 3U);
        (void)gathered();
        m_gate->submit(commandOf("d"));
        QCOMPARE(m_gate->runWaiting(), 1U);
        QCOMPARE(onlyReport().status, CommandStatus::applied);
    }

    void reports_that_find_no_place_are_counted_as_lost() {
        for (int i = 0; i < 10; ++i) {
            m_gate->submit(commandOf(std::to_string(i).c_str()));
            (void)m_gate->runWaiting();
        }
        const collector::Gathered first = gathered();
        QCOMPARE(first.events.size(), 8U);
        QCOMPARE(first.lostEvents, 2U);
        QCOMPARE(gathered().lostEvents, 0U);
    }

    void a_target_that_throws_makes_the_command_fail() {
        m_gate->addTarget(std::make_shared<PlainTarget>(std::set<std::string>{"bad"},
                                                        [](CommandReport&) { throw std::runtime_error("no\ndisk"); }));
        m_gate->submit(commandOf("c1", "bad"));
        (void)m_gate->runWaiting();
        const CommandReport report = onlyReport();
        QCOMPARE(report.status, CommandStatus::failed);
        QCOMPARE(report.message, std::string("It failed inside the program: no\\x0adisk"));
        QCOMPARE(report.command.id.value, std::string("c1"));
    }

    void a_target_without_an_answer_leaves_the_outcome_unknown() {
        m_gate->addTarget(std::make_shared<PlainTarget>(
            std::set<std::string>{"mute"}, [](CommandReport& report) { report.status = CommandStatus::pending; }));
        m_gate->submit(commandOf("c1", "mute"));
        (void)m_gate->runWaiting();
        QCOMPARE(onlyReport().status, CommandStatus::unknown);
    }

    void what_waits_at_the_stop_is_refused_and_so_is_what_comes_later() {
        m_gate->submit(commandOf("c1"));
        m_gate->stop();
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        m_gate->submit(commandOf("c2"));
        QCOMPARE(onlyReport().status, CommandStatus::refused);
        QCOMPARE(m_target->applied().size(), 0U);
    }

    void the_threaded_gate_carries_out_in_order_from_many_threads() {
        Gate::Options options;
        options.reports = 10'000;
        options.waiting = 10'000;
        options.pace.perMinute = 0;
        Gate gate(m_clock, options);
        gate.addTarget(m_target);
        gate.start();
        std::vector<std::thread> callers;
        for (int caller = 0; caller < 4; ++caller) {
            callers.emplace_back([&gate, caller] {
                for (int i = 0; i < 100; ++i) {
                    domain::Command command = commandOf(fmtId(caller, i).c_str());
                    command.actor = "caller " + std::to_string(caller);
                    gate.submit(command);
                    gate.submit(command);
                }
            });
        }
        for (std::thread& caller : callers) caller.join();
        QTRY_COMPARE(m_target->applied().size(), 400U);
        std::array<int, 4> next{};
        for (const domain::Command& command : m_target->applied()) {
            const auto caller = static_cast<std::size_t>(command.actor.back() - '0');
            QCOMPARE(command.id.value, fmtId(static_cast<int>(caller), next.at(caller)++));
        }
        gate.stop();
        gate.stop();
    }

    void init() {
        m_target = std::make_shared<PlainTarget>(std::set<std::string>{"orders"});
        m_gate = std::make_unique<Gate>(m_clock, Gate::Options{.waiting = 3, .remembered = 4, .reports = 8});
        m_gate->addTarget(m_target);
    }

private:
    static std::string fmtId(int caller, int i) { return std::to_string(caller) + "-" + std::to_string(i); }

    static domain::Command forGroup(const char* id) {
        domain::Command command = commandOf(id, "");
        command.group = "payments";
        return command;
    }

    collector::Gathered gathered() {
        collector::Gathered into;
        m_gate->gather(into);
        return into;
    }

    CommandReport onlyReport() {
        const std::vector<domain::Event> events = gathered().events;
        return events.size() == 1 ? std::get<CommandReport>(events[0].body) : CommandReport{};
    }

    base::ManualClock m_clock;
    std::shared_ptr<PlainTarget> m_target;
    std::unique_ptr<Gate> m_gate;
};

FUSEBOX_TEST(GateTest)
#include "gate_test.moc"
