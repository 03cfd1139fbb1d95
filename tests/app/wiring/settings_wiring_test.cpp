#include "closed_port.h"

#include <fusebox/config/load.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>
#include <fusebox/wiring/wiring.h>

namespace fusebox::wiring {
namespace {

config::Dependency inTests(config::Dependency dependency) {
    dependency.group = "tests";
    return dependency;
}

}  // namespace

class SettingsWiringTest : public QObject {
    Q_OBJECT

private slots:
    void a_configured_dependency_is_called_and_its_breaker_opens() {
        const std::size_t threads = support::threadCount();
        const auto log = std::make_shared<support::FrameLog>();
        auto wiring = Wiring::withSettings({{inTests(closedPort("nobody"))}, {}});
        QVERIFY(wiring);
        QVERIFY((*wiring)->lab() == nullptr);
        (*wiring)->addSink(log);
        (*wiring)->start();
        QVERIFY(log->waitForPath("nobody", {domain::State::open}));
        const auto snapshot = log->snapshot("nobody");
        QCOMPARE(snapshot->identity->kind, std::string("tcp"));
        QCOMPARE(snapshot->identity->group, std::string("tests"));
        QVERIFY(support::newestError(*snapshot).find("ECONNREFUSED") != std::string::npos);
        (*wiring)->stop();
        QCOMPARE(support::threadCount(), threads);
    }

    void an_empty_configuration_gives_empty_frames() {
        const auto log = std::make_shared<support::FrameLog>();
        auto wiring = Wiring::withSettings({});
        QVERIFY(wiring);
        (*wiring)->addSink(log);
        (*wiring)->start();
        QVERIFY(log->waitForFrame([](const domain::Frame& frame) { return frame.snapshots.empty(); }));
    }

    void what_cannot_be_made_is_named() {
        config::Dependency unusable = closedPort("no-port");
        unusable.adapter = adapters::TcpSettings{};
        const auto wiring = Wiring::withSettings({{closedPort("fine"), unusable}, {}});
        QVERIFY(!wiring);
        QCOMPARE(wiring.error().where, std::string("no-port"));

        const auto twice = Wiring::withSettings({{closedPort("same"), closedPort("same")}, {}});
        QVERIFY(!twice);
        QCOMPARE(twice.error().where, std::string("same"));
    }

    void what_was_never_started_can_be_stopped() {
        const std::size_t threads = support::threadCount();
        auto wiring = Wiring::withSettings({{closedPort("nobody")}, {}});
        QVERIFY(wiring);
        (*wiring)->stop();
        wiring->reset();
        QCOMPARE(support::threadCount(), threads);
    }
};

FUSEBOX_TEST(SettingsWiringTest)

}  // namespace fusebox::wiring

#include "settings_wiring_test.moc"
