#include <fusebox/support/frame_log.h>
#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>
#include <fusebox/wiring/wiring.h>

#include <map>
#include <set>

namespace fusebox::wiring {
namespace {

using namespace std::chrono_literals;
using domain::State;

lab::Faults answering(lab::Answer answer) {
    lab::Faults faults;
    faults.answer = answer;
    return faults;
}

lab::Faults failingAlways() {
    lab::Faults faults;
    faults.errorShare = 1;
    return faults;
}

domain::Command command(domain::CommandKind kind, const std::string& breaker) {
    domain::Command wish;
    wish.id = domain::CommandId(std::string(domain::toWord(kind)) + "-" + breaker);
    wish.kind = kind;
    wish.breaker = domain::BreakerId(breaker);
    wish.actor = "ann";
    wish.reason = "part of a test";
    return wish;
}

}  // namespace

class LabWiringTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_threadsBefore = support::threadCount();
        m_log = std::make_shared<support::FrameLog>();
        start(LabOpening::quiet);
    }
    void cleanup() { m_wiring.reset(); }

    void every_service_is_called_and_answers_well() {
        QVERIFY(m_log->waitForFrame([](const domain::Frame& frame) {
            return frame.snapshots.size() >= 7 &&
                   std::all_of(frame.snapshots.begin(), frame.snapshots.end(),
                               [](const auto& snapshot) { return snapshot.metrics.totals.success >= 3; });
        }));
        for (const domain::Snapshot& snapshot : m_log->latest()->snapshots) {
            QVERIFY2(support::newestError(snapshot).empty(), support::newestError(snapshot).c_str());
            QCOMPARE(snapshot.state, State::closed);
        }
    }

    void a_breaker_opens_under_a_fault_and_closes_after_it() {
        const std::vector<std::string> names{"orders-api", "session-cache", "mail-relay"};
        for (const std::string& name : names) waitForSuccess(name);
        for (const std::string& name : names) setFaults(name, failingAlways());
        for (const std::string& name : names) QVERIFY2(m_log->waitForPath(name, {State::open}), name.c_str());
        for (const std::string& name : names) setFaults(name, {});
        for (const std::string& name : names) {
            QVERIFY2(m_log->waitForPath(name, {State::open, State::halfOpen, State::closed}), name.c_str());
        }
    }

    void a_locked_database_opens_the_classic_breaker() {
        waitForSuccess("ledger-db");
        setFaults("ledger-db", answering(lab::Answer::hang));
        QVERIFY(m_log->waitForPath("ledger-db", {State::open}));
        QVERIFY(support::newestError(*m_log->snapshot("ledger-db")).find("SQLITE_BUSY") != std::string::npos);
        setFaults("ledger-db", {});
        QVERIFY(m_log->waitForPath("ledger-db", {State::open, State::halfOpen, State::closed}));
    }

    void each_fault_shows_as_the_right_error() {
        expectError("orders-api", failingAlways(), "[http 500]");
        expectError("partner-api", answering(lab::Answer::rateLimited), "[http 429]");
        expectError("accounts-api", answering(lab::Answer::unauthorized), "[http 401]");
        expectError("search-api", answering(lab::Answer::hang), "imeout");
        expectError("orders-api", answering(lab::Answer::wrongBody), "status");
        expectError("mail-relay", answering(lab::Answer::refuse), "[errno ECONNREFUSED]");
        expectError("session-cache", answering(lab::Answer::unauthorized), "[redis NOAUTH]");
        expectError("service-names", answering(lab::Answer::wrongBody), "[dns NXDOMAIN]");
        expectError("ledger-db", answering(lab::Answer::wrongBody), "no such table");
    }

    void a_refused_login_does_not_open_the_breaker() {
        waitForSuccess("accounts-api");
        setFaults("accounts-api", answering(lab::Answer::unauthorized));
        QVERIFY(m_log->waitForSnapshot("accounts-api",
                                       [](const auto& snapshot) { return snapshot.metrics.totals.ignored >= 15; }));
        QCOMPARE(m_log->snapshot("accounts-api")->state, State::closed);
    }

    void commands_pass_the_gate_and_come_back_as_events() {
        waitForSuccess("orders-api");
        m_wiring->submit(command(domain::CommandKind::trip, "orders-api"));
        QVERIFY(m_log->waitForPath("orders-api", {State::open}));
        QVERIFY(m_log->waitForSnapshot("orders-api",
                                       [](const auto& snapshot) { return snapshot.metrics.totals.rejected > 0; }));
        const std::size_t mark = m_log->mark();
        m_wiring->submit(command(domain::CommandKind::reset, "orders-api"));
        QVERIFY(m_log->waitForPath("orders-api", {State::closed}, mark));
        std::map<std::string, domain::CommandStatus> reports;
        for (const domain::Event& event : m_log->events()) {
            if (const auto* report = std::get_if<domain::CommandReport>(&event.body)) {
                reports[report->command.id.value] = report->status;
            }
        }
        QCOMPARE(reports["trip-orders-api"], domain::CommandStatus::applied);
    }

    void the_traffic_can_be_paused_and_raised() {
        waitForSuccess("orders-api");
        QVERIFY(m_wiring->lab()->setCallsPerSecond("orders-api", 0));
        QCOMPARE(m_wiring->lab()->callsPerSecond("orders-api"), 0.0);
        // Poisson at 18 per second is silent for a whole second once in 65 million.
        QTRY_VERIFY(callsWithin(1s) == 0);
        QVERIFY(m_wiring->lab()->setCallsPerSecond("orders-api", 120));
        QTRY_VERIFY(callsWithin(1s) > 60);
        m_wiring->lab()->resetTraffic();
        QCOMPARE(m_wiring->lab()->callsPerSecond("orders-api"), 18.0);
        QTRY_VERIFY(callsWithin(1s) < 45);
        QVERIFY(!m_wiring->lab()->setCallsPerSecond("no-such", 1));
        QVERIFY(m_wiring->lab()->setCallsPerSecond("orders-api", -5));
        QCOMPARE(m_wiring->lab()->callsPerSecond("orders-api"), 0.0);
    }

    void what_is_done_to_the_lab_appears_among_the_events() {
        setFaults("orders-api", failingAlways());
        QVERIFY(m_log->waitForFrame([this](const domain::Frame&) { return true; }));
        QTRY_VERIFY(hasEvent("orders-api fails 100 % of its calls, set by hand"));
    }

    void the_tour_shows_an_open_breaker_within_ten_seconds() {
        m_wiring.reset();
        m_log = std::make_shared<support::FrameLog>();
        start(LabOpening::tour);
        QVERIFY(m_log->waitForPath("orders-api", {State::open}, 0, 10s));
    }

    void the_end_leaves_no_thread_and_answers_what_waited() {
        waitForSuccess("orders-api");
        setFaults("search-api", answering(lab::Answer::hang));
        QTRY_COMPARE(m_wiring->lab()->world().faults("search-api").answer, lab::Answer::hang);
        m_wiring->submit(command(domain::CommandKind::trip, "orders-api"));
        m_wiring->stop();
        QCOMPARE(support::threadCount(), m_threadsBefore);
        const auto events = m_log->events();
        QVERIFY(std::any_of(events.begin(), events.end(), [](const domain::Event& event) {
            return std::holds_alternative<domain::CommandReport>(event.body);
        }));
        m_wiring->stop();
    }

private:
    void start(LabOpening opening) {
        auto wiring = Wiring::withLab(opening);
        QVERIFY2(wiring, wiring ? "" : wiring.error().text().c_str());
        m_wiring = std::move(*wiring);
        m_wiring->addSink(m_log);
        m_wiring->start();
    }

    void waitForSuccess(const std::string& service) {
        QVERIFY(
            m_log->waitForSnapshot(service, [](const auto& snapshot) { return snapshot.metrics.totals.success >= 1; }));
    }

    void setFaults(const std::string& service, const lab::Faults& faults) {
        QVERIFY(m_wiring->lab()->world().setFaults(service, faults));
    }

    void expectError(const std::string& service, const lab::Faults& faults, const std::string& part) {
        setFaults(service, faults);
        const bool came = m_log->waitForSnapshot(service, [&](const auto& snapshot) {
            return support::newestError(snapshot).find(part) != std::string::npos;
        });
        QVERIFY2(came, (service + ": " + support::newestError(*m_log->snapshot(service))).c_str());
        setFaults(service, {});
    }

    // Of orders-api, allowed or not, between two frames that lie so far apart.
    std::uint64_t callsWithin(base::Duration span) {
        const domain::FrameRef first = m_log->latest();
        if (!m_log->waitForFrame([&](const domain::Frame& frame) { return frame.at - first->at >= span; })) return 0;
        const auto before = support::FrameLog::find(*first, "orders-api")->metrics.totals;
        const auto after = m_log->snapshot("orders-api")->metrics.totals;
        return after.permitted + after.rejected - before.permitted - before.rejected;
    }

    bool hasEvent(const std::string& text) const {
        const auto events = m_log->events();
        return std::any_of(events.begin(), events.end(),
                           [&](const domain::Event& event) { return event.text == text && event.actor == "lab"; });
    }

    std::size_t m_threadsBefore = 0;
    std::shared_ptr<support::FrameLog> m_log;
    std::unique_ptr<Wiring> m_wiring;
};

FUSEBOX_TEST(LabWiringTest)

}  // namespace fusebox::wiring

#include "lab_wiring_test.moc"
