// The actions that work inside this process.
#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/recovery/alert_admin.h>
#include <fusebox/recovery/clear_cache.h>
#include <fusebox/recovery/reduce_load.h>
#include <fusebox/recovery/reset_connection.h>
#include <fusebox/recovery/switch_endpoint.h>
#include <fusebox/support/test_case.h>

#include <atomic>

using namespace fusebox;
using namespace fusebox::recovery;
using namespace std::chrono_literals;
using domain::RecoveryResult;

namespace {

constexpr const char* kAlertmanagerBody =
    "[{\"labels\":{\"alertname\":\"FuseboxBreaker\",\"breaker\":\"or\\\"ders\",\"category\":\"AUTHENTICATION\","
    "\"team\":\"shop\"},"
    "\"annotations\":{\"summary\":\"it <b>hurts</b>\",\"description\":\"no\\nentry\"},"
    "\"startsAt\":\"2023-11-14T22:13:20.007Z\",\"endsAt\":\"2023-11-14T22:14:20.007Z\"}]";
constexpr const char* kWebhookBody =
    "{\"breaker\":\"or\\\"ders\",\"category\":\"AUTHENTICATION\",\"summary\":\"it "
    "<b>hurts</b>\",\"description\":\"no\\nentry\","
    "\"at\":\"2023-11-14T22:13:20.007Z\"}";

class MadeEndpoint final : public adapters::DataAdapter {
public:
    struct Log {
        std::atomic<bool> healthy{true};
        std::atomic<int> calls{0};
        std::atomic<int> resets{0};
    };

    MadeEndpoint(std::string target, std::shared_ptr<Log> log) : m_target(std::move(target)), m_log(std::move(log)) {}

    std::string_view kind() const noexcept override { return "http"; }
    std::string target() const override { return m_target; }
    adapters::CallResult call(std::stop_token) override {
        ++m_log->calls;
        if (m_log->healthy) return adapters::Answer{"200 OK", 2, false};
        return tl::unexpected(domain::Error{"Refused", "no", domain::CodeSystem::none, "", {}, {}, {}, nullptr});
    }
    void resetConnections() override { ++m_log->resets; }

private:
    const std::string m_target;
    const std::shared_ptr<Log> m_log;
};

}  // namespace

class ActionsTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_logs.clear();
        std::vector<std::unique_ptr<adapters::DataAdapter>> endpoints;
        for (const char* target : {"http://first", "http://second", "http://third"}) {
            m_logs.push_back(std::make_shared<MadeEndpoint::Log>());
            endpoints.push_back(std::make_unique<MadeEndpoint>(target, m_logs.back()));
        }
        m_switch = std::make_shared<EndpointSwitch>(std::move(endpoints));
        m_action =
            std::make_unique<SwitchEndpoint>(domain::BreakerId("orders"), m_switch, m_clock, SwitchEndpoint::Options{});
    }

    void calls_go_to_a_backup_that_answers_and_say_so() {
        m_logs[0]->healthy = false;
        m_logs[1]->healthy = false;
        const ActionResult result = run(*m_action);
        QCOMPARE(result.result, RecoveryResult::succeeded);
        QCOMPARE(result.detail, std::string("Calls go to the backup http://third now; it answered 200 OK."));
        QCOMPARE(m_switch->call({})->summary, std::string("200 OK from the backup"));
        QCOMPARE(m_switch->target(), std::string("http://first"));
        m_logs[2]->healthy = false;
        const auto attributes = m_switch->call({}).error().context.attributes;
        QVERIFY(attributes.at(0) == std::make_pair(std::string("endpoint"), std::string("http://third")));
        QVERIFY(m_logs[0]->resets > 0);
    }

    void without_a_healthy_backup_nothing_changes() {
        m_logs[1]->healthy = false;
        m_logs[2]->healthy = false;
        const ActionResult result = run(*m_action);
        QCOMPARE(result.result, RecoveryResult::failed);
        QVERIFY(result.detail.starts_with("No backup answers. http://second: Refused: no"));
        QCOMPARE(m_switch->current(), 0U);
    }

    void they_come_back_when_the_first_has_answered_three_times_in_a_row() {
        m_logs[0]->healthy = false;
        (void)run(*m_action);
        const int before = m_logs[0]->calls;
        m_action->run(std::stop_token());
        m_logs[0]->healthy = true;
        m_action->run(std::stop_token());
        m_action->run(std::stop_token());
        m_logs[0]->healthy = false;
        m_action->run(std::stop_token());
        m_logs[0]->healthy = true;
        m_action->run(std::stop_token());
        m_action->run(std::stop_token());
        QCOMPARE(m_switch->current(), 1U);
        m_action->run(std::stop_token());
        QCOMPARE(m_switch->current(), 0U);
        QCOMPARE(m_logs[0]->calls - before, 7);
        collector::Gathered gathered;
        m_action->gather(gathered);
        QCOMPARE(gathered.events.at(0).text, std::string("Calls go to http://first again; it answered 3 times in a "
                                                         "row. The backup was http://second."));
        m_action->run(std::stop_token());
        QCOMPARE(m_logs[0]->calls - before, 7);  // at home nobody is asked
    }

    void its_effect_tells_where_calls_go() {
        QVERIFY(m_action->effect().starts_with("Sends the calls to the backup http://second (or 1 more) if"));
        (void)run(*m_action);
        QVERIFY(m_action->effect().starts_with("Calls go to the backup http://second now"));
        QVERIFY(m_action->whyNot().empty());  // there is a third
    }

    void connections_are_reset() {
        const ActionResult result = run(*std::make_unique<ResetConnection>(m_switch));
        QCOMPARE(result.result, RecoveryResult::succeeded);
        for (const auto& log : m_logs) QCOMPARE(log->resets.load(), 1);
    }

    void a_cache_is_cleared_by_its_owner() {
        const auto clearing = [](ClearCache::Clear clear) { return ClearCache("the answers", std::move(clear)); };
        ClearCache good = clearing([] { return base::Result<std::string>("12 answers"); });
        QCOMPARE(run(good).detail, std::string("It emptied the answers: 12 answers."));
        QCOMPARE(good.effect(), std::string("Empties the answers."));
        ClearCache bad = clearing([]() -> base::Result<std::string> {
            return base::trouble(base::TroubleCode::unavailable, "it is locked");
        });
        QCOMPARE(run(bad).result, RecoveryResult::failed);
    }

    void load_is_reduced_at_the_breaker() {
        domain::Identity identity;
        identity.id = domain::BreakerId("orders");
        breaker::CircuitBreakerConfig config;
        config.concurrencyLimit = breaker::ConcurrencyMode::fixed;
        config.concurrencyMax = 40;
        const auto breaker = *breaker::CircuitBreaker::create(identity, config, m_clock);
        ReduceLoad action(breaker, 0.25);
        QCOMPARE(run(action).detail, std::string("At most 10 calls may be in flight now."));
        QVERIFY(action.effect().starts_with("Lets at most 25 % of the calls"));
    }

    void the_same_alert_goes_out_once_until_it_may_repeat() {
        AlertSettings settings;
        auto channel = std::make_shared<AlertChannel>(settings, m_clock);
        AlertAdmin action(channel);
        QCOMPARE(action.whyNot(), std::string("There is nobody to tell."));
        std::vector<Alert> seen;
        channel->setDesktop([&](const Alert& alert) -> base::Result<void> {
            seen.push_back(alert);
            if (seen.size() == 1) return base::trouble(base::TroubleCode::unavailable, "no tray");
            return {};
        });
        QVERIFY(action.whyNot().empty());
        QCOMPARE(action.effect(), std::string("Tells the desktop; the same alert once."));
        QCOMPARE(run(action).result, RecoveryResult::failed);  // who was not told is told again
        QCOMPARE(run(action).detail, std::string("It told the desktop."));
        QCOMPARE(run(action).detail, std::string("The same alert stands there already: the desktop."));
        QCOMPARE(seen.size(), 2U);
        QCOMPARE(seen[1].summary, std::string("orders: it hurts"));
        QCOMPARE(seen[1].description, std::string("bad \xef\xbf\xbd text"));
        m_clock.advance(15min);
        (void)run(action);
        QCOMPARE(seen.size(), 3U);
    }

    void an_alert_is_written_as_alertmanager_wants_it() {
        const Alert alert{"or\"ders", "AUTHENTICATION", "it <b>hurts</b>", "no\nentry"};
        const base::WallTime at{std::chrono::milliseconds(1'700'000'000'007)};
        QCOMPARE(alertmanagerBody(alert, {{"team", "shop"}}, at, at + std::chrono::minutes(1)),
                 std::string(kAlertmanagerBody));
        QCOMPARE(webhookBody(alert, at), std::string(kWebhookBody));
    }

private:
    static ActionResult run(Action& action) {
        Occasion occasion;
        occasion.breaker = domain::BreakerId("orders");
        occasion.category = domain::Category::permanent;
        occasion.reason = "it hurts";
        occasion.error = "bad \xff text";
        return action.run(occasion, {}, [](const std::string&) {});
    }

    base::ManualClock m_clock;
    std::vector<std::shared_ptr<MadeEndpoint::Log>> m_logs;
    std::shared_ptr<EndpointSwitch> m_switch;
    std::unique_ptr<SwitchEndpoint> m_action;
};

FUSEBOX_TEST(ActionsTest)

#include "actions_test.moc"
