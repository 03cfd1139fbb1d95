#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/command/gate.h>
#include <fusebox/sources/handling_source.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/support/test_case.h>

#include "plain_handler.h"

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Category;
using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;
using domain::Strategy;

class HandlingSourceTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_breakers = std::make_shared<breaker::CircuitBreakerManager>(m_clock);
        m_handlers = std::make_shared<handling::ErrorHandlers>();
        m_source = std::make_shared<sources::HandlingSource>(m_handlers);
        m_gate = std::make_unique<command::Gate>(m_clock);
        m_gate->addTarget(std::make_shared<sources::LocalSource>(m_breakers));
        m_gate->addTarget(m_source);
        m_next = 0;
        for (const char* name : {"orders", "prices"}) {
            domain::Identity identity;
            identity.id = domain::BreakerId(name);
            identity.name = name;
            identity.group = "shop";
            m_handlers->add(handlerOf(m_breakers->create(identity, {}).value(), m_clock));
        }
    }

    void a_strategy_is_set_through_the_gate() {
        const CommandReport report = carryOut(toCache("orders"));
        QVERIFY(report.status == CommandStatus::applied);
        QCOMPARE(report.message, std::string("UNKNOWN: FALLBACK_TO_CACHE instead of IMMEDIATE_FAIL"));
        QVERIFY(strategyOf("orders") == Strategy::fallbackToCache);
        QVERIFY(strategyOf("prices") == Strategy::immediateFail);
        QCOMPARE(carryOut(toCache("orders")).message, std::string("UNKNOWN is handled by FALLBACK_TO_CACHE already"));
    }

    void a_strategy_is_set_for_a_group() {
        Command command = toCache("");
        command.group = "shop";
        const CommandReport report = carryOut(command);
        QVERIFY(report.status == CommandStatus::applied);
        QVERIFY(report.message.starts_with("done on all 2 breakers"));
        QVERIFY(strategyOf("prices") == Strategy::fallbackToCache);
        command.group = "garden";
        QVERIFY(carryOut(command).status == CommandStatus::refused);
    }

    void what_could_give_nothing_is_refused_with_the_reason() {
        Command command = toCache("orders");
        command.strategy = Strategy::fallbackToDefault;
        const CommandReport report = carryOut(command);
        QVERIFY(report.status == CommandStatus::refused);
        QVERIFY(report.message.find("no default value") != std::string::npos);
        QVERIFY(strategyOf("orders") == Strategy::immediateFail);
    }

    void a_breaker_whose_calls_are_not_handled_takes_no_strategy() {
        domain::Identity identity;
        identity.id = domain::BreakerId("alone");
        QVERIFY(m_breakers->create(identity, {}));
        QVERIFY(carryOut(toCache("alone")).status == CommandStatus::refused);
    }

    void other_commands_still_reach_the_breaker() {
        Command command = toCache("orders");
        command.kind = CommandKind::trip;
        QVERIFY(carryOut(command).status == CommandStatus::applied);
        QVERIFY(m_breakers->find(domain::BreakerId("orders"))->state() == domain::State::open);
    }

    void the_frames_get_the_standings_and_the_same_ones_while_nothing_changes() {
        collector::Gathered first;
        m_source->gather(first);
        QCOMPARE(first.handling->size(), std::size_t(2));
        QCOMPARE(first.handling->front().breaker.value, std::string("orders"));
        collector::Gathered second;
        m_source->gather(second);
        QVERIFY(second.handling == first.handling);
        (void)carryOut(toCache("prices"));
        collector::Gathered third;
        m_source->gather(third);
        QVERIFY(third.handling->back().strategies.back() == Strategy::fallbackToCache);
        QVERIFY(first.handling->back().strategies.back() == Strategy::immediateFail);
    }

private:
    Command toCache(const char* breaker) {
        Command command;
        command.id = domain::CommandId("c" + std::to_string(++m_next));
        command.kind = CommandKind::strategy;
        command.breaker = domain::BreakerId(breaker);
        command.actor = "ann";
        command.reason = "trying it out";
        command.category = Category::unknown;
        command.strategy = Strategy::fallbackToCache;
        return command;
    }
    CommandReport carryOut(Command command) {
        command.id = domain::CommandId("c" + std::to_string(++m_next));
        m_gate->submit(command);
        m_gate->runWaiting();
        return m_gate->reportOf(command.id).value();
    }
    Strategy strategyOf(const char* breaker) const {
        return m_handlers->find(domain::BreakerId(breaker))->strategy(Category::unknown);
    }

    base::ManualClock m_clock;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<handling::ErrorHandlers> m_handlers;
    std::shared_ptr<sources::HandlingSource> m_source;
    std::unique_ptr<command::Gate> m_gate;
    int m_next = 0;
};

FUSEBOX_TEST(HandlingSourceTest)
#include "handling_source_test.moc"
