#include "closed_port.h"

// A program that goes over to another configuration while it runs.
#include <fusebox/config/read_recovery.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/settings_change.h>
#include <fusebox/wiring/wiring.h>

namespace fusebox::wiring {
namespace {

using namespace std::chrono_literals;

/// As every dependency of a file is, with its usual actions.
config::Dependency configured(const std::string& name) {
    config::Dependency dependency = closedPort(name);
    dependency.traffic.interval = 20ms;
    config::addUsualActions(dependency.actions, config::Backups::none, {});
    return dependency;
}

domain::Command holdOf(const std::string& breaker) {
    domain::Command command;
    command.id = domain::CommandId("hold-" + breaker);
    command.kind = domain::CommandKind::hold;
    command.breaker = domain::BreakerId(breaker);
    command.actor = "ann";
    command.reason = "for the test of a reload";
    command.holdMode = domain::HoldMode::metricsOnly;
    command.duration = 10min;
    return command;
}

}  // namespace

class ReloadTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_log = std::make_shared<support::FrameLog>();
        m_settings.dependencies = {configured("stays"), configured("goes")};
        m_wiring = Wiring::withSettings(m_settings).value();
        m_wiring->addSink(m_log);
        m_wiring->start();
        QVERIFY(m_log->waitForPath("stays", {domain::State::open}));
        m_wiring->submit(holdOf("stays"));
        QVERIFY(m_log->waitForSnapshot("stays", [](const domain::Snapshot& one) { return !one.holds.empty(); }));
    }
    void cleanup() {
        m_wiring.reset();
        m_settings = {};
    }

    void what_is_new_is_guarded_and_what_is_gone_is_not_any_more() {
        m_settings.dependencies = {m_settings.dependencies[0], configured("comes")};
        const std::size_t mark = m_log->mark();
        QCOMPARE(apply(), QString("1 added (comes), 1 removed (goes)"));
        QVERIFY(m_log->waitForPath("comes", {domain::State::open}, mark));
        QVERIFY(m_log->waitForFrame([](const domain::Frame& frame) {
            return !support::FrameLog::find(frame, "goes") && support::FrameLog::find(frame, "comes");
        }));
        QVERIFY(staysAsItWas());
    }

    void a_breaker_that_stays_keeps_state_holds_and_window_when_it_is_called_in_another_way() {
        m_settings.dependencies[0].traffic.interval = 30ms;
        m_settings.dependencies[0].traffic.concurrency = 2;
        m_settings.dependencies[0].handling.policy.retry.attempts = 1;
        const auto before = m_log->snapshot("stays")->metrics.totals;
        QCOMPARE(apply(), QString("1 changed (stays)"));
        QVERIFY(staysAsItWas());
        QVERIFY(m_log->waitForSnapshot("stays", [&](const domain::Snapshot& one) {
            return one.metrics.totals.failure > before.failure + 3;  // it is called, and nothing was forgotten
        }));
    }

    void a_breaker_takes_its_new_configuration_in_place() {
        m_settings.dependencies[0].breaker.minimumCalls = 77;
        QCOMPARE(apply(), QString("1 changed (stays)"));
        QVERIFY(staysAsItWas());
        QVERIFY(m_log->waitForSnapshot("stays", [](const domain::Snapshot& one) {
            return one.detail && configValue(one, "minimum_calls") == "77";
        }));
    }

    void a_breaker_of_another_group_goes_on_with_its_holds() {
        m_settings.dependencies[0].group = "moved";
        QCOMPARE(apply(), QString("1 changed (stays)"));
        QVERIFY(m_log->waitForSnapshot("stays", [](const domain::Snapshot& one) {
            return one.identity->group == "moved" && one.holds.size() == 1 && one.state == domain::State::open;
        }));
    }

    void a_breaker_whose_target_is_another_one_begins_anew() {
        m_settings.dependencies[0] = configured("stays");
        QCOMPARE(apply(), QString("1 changed (stays)"));
        QVERIFY(m_log->waitForSnapshot("stays", [](const domain::Snapshot& one) { return one.holds.empty(); }));
    }

    void what_cannot_be_called_is_refused_whole_and_the_old_stays() {
        config::Settings next = m_settings;
        next.dependencies = {next.dependencies[0], configured("comes"), configured("broken")};
        next.dependencies[0].breaker.minimumCalls = 77;
        next.dependencies[2].adapter = adapters::TcpSettings{};
        const std::size_t mark = m_log->mark();
        const auto applied = m_wiring->apply(next, "f.toml");
        QVERIFY(!applied);
        QCOMPARE(applied.error().where, std::string("broken"));
        QTRY_VERIFY_WITH_TIMEOUT(saidSince(mark, "not in force"), 20'000);
        QVERIFY(m_log->snapshot("goes").has_value());
        QVERIFY(!m_log->snapshot("comes").has_value());
        QVERIFY(staysAsItWas());
        // It can still go over to a sound one.
        m_settings.dependencies.pop_back();
        QCOMPARE(apply(), QString("1 removed (goes)"));
    }

    void what_a_person_changed_stays_changed_unless_the_file_changed_it_too() {
        domain::Command command = holdOf("stays");
        command.id = domain::CommandId("configure");
        command.kind = domain::CommandKind::configure;
        command.duration.reset();
        command.options = {{"minimum_calls", "55"}};
        m_wiring->submit(command);
        const auto is = [](const std::string& wanted) {
            return [wanted](const domain::Snapshot& one) { return configValue(one, "minimum_calls") == wanted; };
        };
        QVERIFY(m_log->waitForSnapshot("stays", is("55")));
        m_settings.dependencies[0].traffic.interval = 30ms;
        QCOMPARE(apply(), QString("1 changed (stays)"));
        QCOMPARE(configValue(*m_log->snapshot("stays"), "minimum_calls"), std::string("55"));
        m_settings.dependencies[0].breaker.minimumCalls = 66;
        QCOMPARE(apply(), QString("1 changed (stays)"));
        QVERIFY(m_log->waitForSnapshot("stays", is("66")));
    }

    void the_same_configuration_changes_nothing() {
        m_settings.dependencies[0].line = 77;  // it stands elsewhere in the file
        QCOMPARE(apply(), QString("nothing that is guarded changed"));
    }

    void new_rules_for_errors_and_alerts_reach_every_dependency() {
        m_settings.errorRules.push_back({"ours", std::nullopt, "", "", "refused", domain::Category::authentication});
        m_settings.alerts.labels = {{"team", "shop"}};
        QCOMPARE(apply(), QString("rules for errors changed, alerts changed"));
        QVERIFY(staysAsItWas());
    }

private:
    QString apply() {
        const auto changed = m_wiring->apply(m_settings, "f.toml");
        return QString::fromStdString(changed ? *changed : changed.error().text());
    }

    bool staysAsItWas() {
        return m_log->waitForSnapshot("stays", [](const domain::Snapshot& one) {
            return one.holds.size() == 1 && one.state == domain::State::open && one.metrics.totals.failure > 0;
        });
    }

    bool saidSince(std::size_t mark, const std::string& part) {
        const auto events = m_log->events();
        return std::any_of(events.begin() + static_cast<std::ptrdiff_t>(mark), events.end(),
                           [&](const domain::Event& event) { return event.text.find(part) != std::string::npos; });
    }

    static std::string configValue(const domain::Snapshot& snapshot, const std::string& name);

    std::shared_ptr<support::FrameLog> m_log;
    std::unique_ptr<Wiring> m_wiring;
    config::Settings m_settings;
};

std::string ReloadTest::configValue(const domain::Snapshot& snapshot, const std::string& name) {
    for (const domain::ConfigEntry& entry : snapshot.detail->config()) {
        if (entry.option == name) return entry.value;
    }
    return {};
}

FUSEBOX_TEST(ReloadTest)

}  // namespace fusebox::wiring

#include "reload_test.moc"
