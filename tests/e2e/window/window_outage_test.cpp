// What a person sees while real servers fall ill and recover.
#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>
#include <fusebox/views/text_dialog.h>

#include "process_tree.h"
#include "real_servers.h"
#include "shown_services.h"
#include "written_configuration.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QRegularExpression>

namespace fusebox::e2e {
namespace {

using domain::State;
using Fleet = models::FleetModel;

// Opens after 5 failures in a row. The waits and the probes take so long that a frame of each is seen.
const std::string kPace = R"([defaults]
interval = "40ms"
connect_timeout = "300ms"
total_timeout = "500ms"

[defaults.breaker]
consecutive_failures_threshold = 5
open_timeout = "4s"
max_backoff = "4s"
jitter = "none"
half_open_max_requests = 50
success_threshold = 50
)";

const QString kWeb = QStringLiteral("web");
const QString kDatabase = QStringLiteral("db");
const QString kCache = QStringLiteral("cache");

void mustRun(support::ServerProcess& process) {
    const auto trouble = process.start();
    QVERIFY2(!trouble, trouble.value_or("").c_str());
}

}  // namespace

class WindowOutageTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { m_threadsBefore = support::threadCount(); }
    void cleanup();
    void all_services_are_closed_and_busy();
    void a_killed_server_opens_and_after_its_return_closes();
    void a_frozen_database_costs_timeouts_and_comes_back();
    void a_refused_login_is_told_but_opens_nothing_data();
    void a_refused_login_is_told_but_opens_nothing();

private:
    void show(const std::string& dependencies);
    void watchHealthy(const QString& breaker);
    [[nodiscard]] bool isOpenBecause(const QString& breaker, const QString& reason) const;
    [[nodiscard]] bool showsCountdown() const;
    [[nodiscard]] QString newestErrorWhole();

    support::TempDir m_folder;
    NginxServer m_web;
    PostgresServer m_database;
    RedisServer m_cache;
    std::unique_ptr<ShownServices> m_shown;
    std::size_t m_threadsBefore = 0;
};

void WindowOutageTest::initTestCase() {
    const auto trouble = m_database.initialise();
    QVERIFY2(!trouble, trouble.value_or("").c_str());
    m_folder.write("db.secret", PostgresServer::kPassword);
    m_folder.write("cache.secret", "right\n");
    // Qt starts threads of its own with the first window and keeps them.
    show(writtenWeb(m_web.port()));
    m_shown.reset();
}

void WindowOutageTest::cleanup() {
    m_shown.reset();
    QCOMPARE(support::threadCount(), m_threadsBefore);
    m_web.process().stop();
    m_database.process().stop();
    m_cache.process().stop();
}

void WindowOutageTest::show(const std::string& dependencies) {
    m_shown = std::make_unique<ShownServices>(m_folder, kPace + dependencies);
    QVERIFY2(m_shown->trouble().empty(), m_shown->trouble().c_str());
}

void WindowOutageTest::watchHealthy(const QString& breaker) {
    QVERIFY2(soon([&] { return m_shown->isClosedAndBusy(breaker); }), m_shown->describe(breaker).c_str());
    m_shown->lookAt(breaker);
    QVERIFY2(soon([&] { return m_shown->diagramLights(State::closed); }), m_shown->describe(breaker).c_str());
    QCOMPARE(m_shown->diagram()->name, breaker);
}

bool WindowOutageTest::isOpenBecause(const QString& breaker, const QString& reason) const {
    return m_shown->cell(breaker, Fleet::State) == QStringLiteral("Open") &&
           m_shown->cell(breaker, Fleet::LastChange).contains(reason);
}

bool WindowOutageTest::showsCountdown() const {
    static const QRegularExpression kMinutesAndSeconds(QStringLiteral("^\\d+:\\d\\d$"));
    const auto content = m_shown->diagram();
    return m_shown->diagramLights(State::open) && content->headline == QStringLiteral("Calls are refused.") &&
           content->figureCaption == QStringLiteral("to probe") && content->figure.contains(kMinutesAndSeconds);
}

// As a double click on the newest error shows it.
QString WindowOutageTest::newestErrorWhole() {
    views::PlainTable* errors = m_shown->openList(QStringLiteral("Errors"));
    if (errors == nullptr || errors->model()->rowCount() == 0) return {};
    const QPoint place = errors->visualRect(errors->model()->index(0, 0)).center();
    QTest::mouseClick(errors->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    QTest::mouseDClick(errors->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    auto* dialog = qobject_cast<views::TextDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr) return {};
    const QString text = dialog->findChild<QPlainTextEdit*>()->toPlainText();
    dialog->close();
    return text;
}

void WindowOutageTest::all_services_are_closed_and_busy() {
    mustRun(m_web.process());
    mustRun(m_database.process());
    mustRun(m_cache.process());
    show(writtenWeb(m_web.port()) + writtenDatabase(m_database.port()) +
         writtenCache(m_cache.port(), "password_file = \"cache.secret\"\n"));
    for (const QString& breaker : {kWeb, kDatabase, kCache}) watchHealthy(breaker);
    QCOMPARE(m_shown->cell(kWeb, Fleet::Kind), QStringLiteral("http"));
    QCOMPARE(m_shown->cell(kDatabase, Fleet::Kind), QStringLiteral("postgres"));
    QCOMPARE(m_shown->cell(kCache, Fleet::Kind), QStringLiteral("redis"));
    QVERIFY(!m_shown->window().grab().isNull());
}

void WindowOutageTest::a_killed_server_opens_and_after_its_return_closes() {
    mustRun(m_web.process());
    show(writtenWeb(m_web.port()));
    watchHealthy(kWeb);

    m_web.process().kill();
    const QString reason = QStringLiteral("5 failures in a row");
    QVERIFY2(soon([&] { return isOpenBecause(kWeb, reason) && showsCountdown(); }), m_shown->describe(kWeb).c_str());
    QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Transition"), QStringLiteral("CLOSED to OPEN"), reason}),
             m_shown->describe(kWeb).c_str());
    views::PlainTable* errors = m_shown->openList(QStringLiteral("Errors"));
    QVERIFY(errors != nullptr && errors->isVisible());
    QVERIFY(ShownServices::hasRow(*errors, {QStringLiteral("ConnectionRefused"), QStringLiteral("curl 7"),
                                            QStringLiteral("Transient"), QStringLiteral("yes")}));
    const QString whole = newestErrorWhole();
    QVERIFY2(whole.contains(QStringLiteral("ConnectionRefused: ")) && whole.contains(QStringLiteral("caused by")),
             qPrintable(whole));

    mustRun(m_web.process());
    const auto probes = [&] {
        return m_shown->cell(kWeb, Fleet::State) == QStringLiteral("Half-open") &&
               m_shown->diagramLights(State::halfOpen);
    };
    QVERIFY2(soon(probes), m_shown->describe(kWeb).c_str());
    QVERIFY2(soon([&] { return m_shown->isClosedAndBusy(kWeb) && m_shown->diagramLights(State::closed); }),
             m_shown->describe(kWeb).c_str());
    for (const char* change : {"OPEN to HALF_OPEN", "HALF_OPEN to CLOSED"}) {
        QVERIFY2(m_shown->hasEvent({kWeb, QStringLiteral("Transition"), QLatin1String(change)}),
                 m_shown->describe(kWeb).c_str());
    }
}

void WindowOutageTest::a_frozen_database_costs_timeouts_and_comes_back() {
    mustRun(m_database.process());
    show(writtenDatabase(m_database.port()));
    watchHealthy(kDatabase);

    FrozenTree frozen(m_database.process().pid());
    QVERIFY2(soon([&] { return isOpenBecause(kDatabase, QStringLiteral("failures")) && showsCountdown(); }),
             m_shown->describe(kDatabase).c_str());
    views::PlainTable* errors = m_shown->openList(QStringLiteral("Errors"));
    QVERIFY(errors != nullptr);
    QVERIFY(ShownServices::hasRow(*errors,
                                  {QStringLiteral("CallTimeout"), QStringLiteral("Transient"), QStringLiteral("yes")}));

    frozen.thaw();
    QVERIFY2(soon([&] { return m_shown->isClosedAndBusy(kDatabase) && m_shown->diagramLights(State::closed); }),
             m_shown->describe(kDatabase).c_str());
}

void WindowOutageTest::a_refused_login_is_told_but_opens_nothing_data() {
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("code");
    QTest::newRow("no password") << QString() << QStringLiteral("NOAUTH");
    QTest::newRow("a wrong one") << QStringLiteral("password_file = \"wrong.secret\"\n") << QStringLiteral("WRONGPASS");
}

void WindowOutageTest::a_refused_login_is_told_but_opens_nothing() {
    QFETCH(QString, login);
    QFETCH(QString, code);
    m_folder.write("wrong.secret", "wrong\n");
    mustRun(m_cache.process());
    show(writtenCache(m_cache.port(), login.toStdString()));
    QVERIFY2(soon([&] { return m_shown->totals(kCache).ignored >= 20; }), m_shown->describe(kCache).c_str());
    m_shown->lookAt(kCache);
    views::PlainTable* errors = m_shown->openList(QStringLiteral("Errors"));
    QVERIFY(errors != nullptr);
    // As whole cells: the type of the error speaks of authentication, too.
    const QStringList wanted{QStringLiteral("redis %1\nAuthentication\n").arg(code), QStringLiteral("\nignored")};
    QVERIFY2(soon([&] { return ShownServices::hasRow(*errors, wanted); }), m_shown->describe(kCache).c_str());
    QVERIFY2(newestErrorWhole().contains(code), qPrintable(newestErrorWhole()));
    QCOMPARE(m_shown->cell(kCache, Fleet::State), QStringLiteral("Closed"));
    QVERIFY(!m_shown->hasEvent({kCache, QStringLiteral("Transition")}));
}

FUSEBOX_TEST(WindowOutageTest)

}  // namespace fusebox::e2e

#include "window_outage_test.moc"
