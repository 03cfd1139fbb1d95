// What a person does to a breaker by mouse and keys, and what becomes of real calls.
#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>
#include <fusebox/views/command_dialog.h>

#include "real_servers.h"
#include "shown_services.h"
#include "written_configuration.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>

namespace fusebox::e2e {
namespace {

using domain::State;
using Fleet = models::FleetModel;

// Nothing but a command ends such a wait within a test.
const std::string kPatient = R"([defaults]
interval = "40ms"

[defaults.breaker]
open_timeout = "10m"
max_backoff = "10m"
jitter = "none"
)";

const QString kWeb = QStringLiteral("web");

bool says(const views::CommandDialog& dialog, const QString& text) {
    const QList<QLabel*> labels = dialog.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(text); });
}

}  // namespace

class WindowCommandTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void trip_refuses_calls_until_reset();
    void a_hold_refuses_calls_until_its_release();
    void a_probe_ends_the_wait();

private:
    void show();
    void order(const QString& button, const QString& verb, const QString& reason);
    void mustRefuse();
    void mustBeClosed();
    [[nodiscard]] std::string now() const { return m_shown->describe(kWeb); }

    support::TempDir m_folder;
    NginxServer m_web;
    std::unique_ptr<ShownServices> m_shown;
    std::size_t m_threadsBefore = 0;
};

void WindowCommandTest::initTestCase() {
    // Qt starts threads of its own with the first window and keeps them.
    show();
    m_shown.reset();
}

void WindowCommandTest::init() {
    m_threadsBefore = support::threadCount();
    const auto trouble = m_web.process().start();
    QVERIFY2(!trouble, trouble.value_or("").c_str());
    show();
    mustBeClosed();
    m_shown->lookAt(kWeb);
}

void WindowCommandTest::cleanup() {
    m_shown.reset();
    QCOMPARE(support::threadCount(), m_threadsBefore);
    m_web.process().stop();
}

void WindowCommandTest::show() {
    m_shown = std::make_unique<ShownServices>(m_folder, kPatient + writtenWeb(m_web.port()));
    QVERIFY2(m_shown->trouble().empty(), m_shown->trouble().c_str());
}

// Presses the button, gives the reason, and sees the command pending and then applied.
void WindowCommandTest::order(const QString& button, const QString& verb, const QString& reason) {
    views::CommandDialog* dialog = m_shown->press(button);
    QVERIFY2(dialog != nullptr, now().c_str());
    QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("confirm"))->isEnabled());
    ShownServices::confirm(*dialog, reason);
    QCOMPARE(m_shown->errand(), verb + QStringLiteral(" of web: pending ..."));
    QVERIFY2(soon([&] { return m_shown->errand() == verb + QStringLiteral(" of web: applied"); }), now().c_str());
    QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Command"), QStringLiteral("applied"), intent::systemUser()}),
             now().c_str());
}

void WindowCommandTest::mustRefuse() {
    const std::uint64_t refused = m_shown->totals(kWeb).rejected;
    QVERIFY2(soon([&] { return m_shown->totals(kWeb).rejected > refused; }), now().c_str());
    // One call at a time: the one that ran when it opened is over now.
    const domain::Totals then = m_shown->totals(kWeb);
    QVERIFY2(soon([&] { return m_shown->totals(kWeb).rejected >= then.rejected + 10; }), now().c_str());
    QCOMPARE(m_shown->totals(kWeb).success, then.success);
}

void WindowCommandTest::mustBeClosed() {
    const std::uint64_t succeeded = m_shown->totals(kWeb).success;
    const auto isServed = [&] {
        return m_shown->isClosedAndBusy(kWeb) && m_shown->totals(kWeb).success >= succeeded + 5;
    };
    QVERIFY2(soon(isServed), now().c_str());
}

void WindowCommandTest::trip_refuses_calls_until_reset() {
    views::CommandDialog* dialog = m_shown->press(QStringLiteral("trip-button"));
    QVERIFY(dialog != nullptr);
    QVERIFY(says(*dialog, QStringLiteral("will be refused")));
    dialog->close();
    order(QStringLiteral("trip-button"), QStringLiteral("Trip"), QStringLiteral("a drill at noon"));
    const auto isOpen = [&] {
        return m_shown->cell(kWeb, Fleet::State) == QStringLiteral("Open") && m_shown->diagramLights(State::open) &&
               m_shown->cell(kWeb, Fleet::LastChange).contains(QStringLiteral("a drill at noon"));
    };
    QVERIFY2(soon(isOpen), now().c_str());
    QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Transition"), QStringLiteral("CLOSED to OPEN"),
                                QStringLiteral("a drill"), intent::systemUser()}),
             now().c_str());
    mustRefuse();

    order(QStringLiteral("reset-button"), QStringLiteral("Reset"), QStringLiteral("the drill is over"));
    mustBeClosed();
    QVERIFY2(m_shown->diagramLights(State::closed), now().c_str());
    QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Transition"), QStringLiteral("OPEN to CLOSED"),
                                QStringLiteral("the drill is over")}),
             now().c_str());
}

void WindowCommandTest::a_hold_refuses_calls_until_its_release() {
    views::CommandDialog* dialog = m_shown->press(QStringLiteral("hold-open-button"));
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->findChild<QComboBox*>()->currentText(), QStringLiteral("30 min"));
    QVERIFY(says(*dialog, QStringLiteral("for 30 min")));
    dialog->close();
    order(QStringLiteral("hold-open-button"), QStringLiteral("Hold open"), QStringLiteral("deploying 1.4.2"));
    const auto isHeld = [&] {
        return m_shown->cell(kWeb, Fleet::State) == QStringLiteral("Forced open") &&
               m_shown->cell(kWeb, Fleet::Holds).contains(QStringLiteral("deploying 1.4.2"));
    };
    QVERIFY2(soon(isHeld), now().c_str());
    QVERIFY2(m_shown->diagramLights(State::open), now().c_str());
    QVERIFY2(m_shown->diagram()->banner.contains(QStringLiteral("deploying 1.4.2")), now().c_str());
    views::PlainTable* holds = m_shown->openList(QStringLiteral("Holds"));
    QVERIFY(holds != nullptr);
    QVERIFY(ShownServices::hasRow(
        *holds, {QStringLiteral("Forced open"), intent::systemUser(), QStringLiteral("deploying 1.4.2")}));
    QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Hold placed"), QStringLiteral("deploying 1.4.2")}),
             now().c_str());
    mustRefuse();

    order(QStringLiteral("release-button"), QStringLiteral("Release"), QStringLiteral("1.4.2 runs"));
    mustBeClosed();
    QCOMPARE(m_shown->cell(kWeb, Fleet::Holds), QString());
    QCOMPARE(holds->model()->rowCount(), 0);
    QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Hold released"), QStringLiteral("1.4.2 runs")}), now().c_str());
}

void WindowCommandTest::a_probe_ends_the_wait() {
    order(QStringLiteral("trip-button"), QStringLiteral("Trip"), QStringLiteral("a drill at noon"));
    QVERIFY2(soon([&] { return m_shown->diagramLights(State::open); }), now().c_str());
    order(QStringLiteral("probe-button"), QStringLiteral("Probe now"), QStringLiteral("it should be well"));
    mustBeClosed();
    views::PlainTable* transitions = m_shown->openList(QStringLiteral("Transitions"));
    QVERIFY(transitions != nullptr);
    QVERIFY(
        ShownServices::hasRow(*transitions, {QStringLiteral("Open\nHalf-open"), QStringLiteral("it should be well")}));
    QVERIFY(
        ShownServices::hasRow(*transitions, {QStringLiteral("Half-open\nClosed"), QStringLiteral("probes succeeded")}));
}

FUSEBOX_TEST(WindowCommandTest)

}  // namespace fusebox::e2e

#include "window_command_test.moc"
