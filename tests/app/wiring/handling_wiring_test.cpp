// What is done about errors, in the whole program with real calls.
#include <fusebox/base/clock.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/wiring.h>

namespace fusebox::wiring {
namespace {

using namespace std::chrono_literals;
using domain::HandlingStanding;
using domain::Served;
using domain::Strategy;

const HandlingStanding* standingIn(const domain::Frame& frame, const std::string& breaker) {
    if (!frame.handling) return nullptr;
    const auto found = std::find_if(frame.handling->begin(), frame.handling->end(),
                                    [&](const HandlingStanding& one) { return one.breaker.value == breaker; });
    return found == frame.handling->end() ? nullptr : &*found;
}

lab::Faults failingAlways() {
    lab::Faults faults;
    faults.errorShare = 1;
    return faults;
}

}  // namespace

class HandlingWiringTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_wiring.reset();
        m_log = std::make_shared<support::FrameLog>();
    }
    void cleanup() { m_wiring.reset(); }

    void an_http_dependency_that_is_down_is_answered_from_the_cache_which_is_said() {
        start(Wiring::withLab(LabOpening::quiet));
        QVERIFY(waitFor("orders-api", [](const HandlingStanding& one) { return one.serving == Served::live; }));
        QVERIFY(m_log->waitForSnapshot("orders-api", [](const auto& one) { return one.metrics.totals.success > 2; }));
        QVERIFY(m_wiring->lab()->world().setFaults("orders-api", failingAlways()));
        QVERIFY(waitFor("orders-api", [](const HandlingStanding& one) {
            return one.serving == Served::cache && one.age > 500ms && one.retries > 0;
        }));
        QVERIFY(m_log->waitForPath("orders-api", {domain::State::open}));
        QVERIFY(waitFor("orders-api", [](const HandlingStanding& one) { return one.age > 1s; }));
        QVERIFY(m_wiring->lab()->world().setFaults("orders-api", {}));
        QVERIFY(waitFor("orders-api", [](const HandlingStanding& one) { return one.serving == Served::live; }));
    }

    void a_strategy_is_changed_by_a_command_and_what_came_of_it_is_told() {
        start(Wiring::withLab(LabOpening::quiet));
        domain::Command command;
        command.id = domain::CommandId("s1");
        command.kind = domain::CommandKind::strategy;
        command.breaker = domain::BreakerId("orders-api");
        command.actor = "ann";
        command.reason = "part of a test";
        command.category = domain::Category::transient;
        command.strategy = Strategy::immediateFail;
        m_wiring->submit(command);
        QVERIFY(waitFor("orders-api",
                        [](const HandlingStanding& one) { return one.strategies[0] == Strategy::immediateFail; }));
        const auto isTold = [this] {
            const auto events = m_log->events();
            return std::any_of(events.begin(), events.end(), [](const domain::Event& event) {
                return event.text == "strategy applied: TRANSIENT: IMMEDIATE_FAIL instead of RETRY_WITH_BACKOFF";
            });
        };
        QTRY_VERIFY(isTold());
    }

    void the_reduced_form_answers_through_a_breaker_of_its_own() {
        const base::SteadyClock clock;
        auto world = lab::LabWorld::create(clock);
        QVERIFY(world);
        config::Dependency dependency = missingPage(**world);
        dependency.handling.policy.strategies.fill(Strategy::gracefulDegradation);
        start(Wiring::withSettings({{dependency}, {}}));
        QVERIFY(waitFor("shop", [](const HandlingStanding& one) { return one.serving == Served::reduced; }));
        QVERIFY(
            m_log->waitForSnapshot("shop (reduced)", [](const auto& one) { return one.metrics.totals.success >= 3; }));
        m_wiring.reset();
        (*world)->stop();
    }

    void the_default_value_is_given_and_named_as_one() {
        const base::SteadyClock clock;
        auto world = lab::LabWorld::create(clock);
        QVERIFY(world);
        config::Dependency dependency = missingPage(**world);
        dependency.handling.policy.strategies.fill(Strategy::fallbackToDefault);
        dependency.handling.defaultValue = "[]";
        start(Wiring::withSettings({{dependency}, {}}));
        QVERIFY(waitFor("shop", [](const HandlingStanding& one) {
            return one.serving == Served::defaultValue && one.fromDefault > 1;
        }));
        m_wiring.reset();
        (*world)->stop();
    }

private:
    void start(base::Result<std::unique_ptr<Wiring>> made) {
        QVERIFY2(made, made ? "" : made.error().text().c_str());
        m_wiring = std::move(*made);
        m_wiring->addSink(m_log);
        m_wiring->start();
    }

    /// A page that the lab's shop does not have; the one that it has is the reduced form.
    static config::Dependency missingPage(lab::LabWorld& world) {
        const auto services = world.services();
        const auto card = std::find_if(services.begin(), services.end(),
                                       [](const lab::ServiceCard& one) { return one.name == "orders-api"; });
        config::Dependency dependency;
        dependency.name = "shop";
        adapters::HttpSettings http;
        http.url = "http://127.0.0.1:" + std::to_string(card->port) + "/no-such-page";
        http.bearerToken = card->token;
        dependency.adapter = http;
        dependency.traffic.interval = 30ms;
        dependency.breaker = config::builtInBreaker();
        dependency.handling.reducedPath = card->path;
        return dependency;
    }

    bool waitFor(const std::string& breaker, const std::function<bool(const HandlingStanding&)>& holds) {
        return m_log->waitForFrame([&](const domain::Frame& frame) {
            const HandlingStanding* standing = standingIn(frame, breaker);
            return standing != nullptr && holds(*standing);
        });
    }

    std::shared_ptr<support::FrameLog> m_log;
    std::unique_ptr<Wiring> m_wiring;
};

FUSEBOX_TEST(HandlingWiringTest)

}  // namespace fusebox::wiring

#include "handling_wiring_test.moc"
