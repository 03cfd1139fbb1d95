#include "frames.h"

#include <fusebox/models/breaker_facts.h>
#include <fusebox/models/outcomes_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>

using namespace fusebox;
using namespace std::chrono_literals;
using models::factsOf;
using models::testing::breaker;

class BreakerFactsTest : public QObject {
    Q_OBJECT

private slots:
    void calls_in_flight_tell_of_slow_ones_and_the_oldest();
    void what_is_not_watched_is_not_made_up();
    void a_limit_tells_its_use_its_range_and_what_it_refused();
    void a_ramp_tells_share_step_and_time_left();
    void only_a_hold_that_lets_pass_tells_what_it_would_have_refused();
    void holds_tell_who_and_which_ends_first();
    void hostile_names_are_made_safe();
    void outcomes_stand_newest_first();
};

void BreakerFactsTest::calls_in_flight_tell_of_slow_ones_and_the_oldest() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.inFlight = {7, 3, 14'300ms};
    domain::Detail detail;
    detail.sheet = std::make_shared<domain::ConfigSheet>(domain::ConfigSheet{{{"slow_call_duration", "2s"}}, {}});
    snapshot.detail = std::make_shared<domain::Detail>(detail);
    QCOMPARE(factsOf(snapshot).inFlight.text, QStringLiteral("7 in flight, 3 past 2s, oldest 14 s"));
    snapshot.detail = std::make_shared<domain::Detail>();
    QCOMPARE(factsOf(snapshot).inFlight.text, QStringLiteral("7 in flight, 3 slow, oldest 14 s"));
}

void BreakerFactsTest::what_is_not_watched_is_not_made_up() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.inFlight = {2, {}, 400ms};
    const models::BreakerFacts facts = factsOf(snapshot);
    QCOMPARE(facts.inFlight.text, QStringLiteral("2 in flight"));
    QVERIFY(facts.inFlight.more.contains(QStringLiteral("slow_call_rate_threshold")));
    QVERIFY(facts.limit.text.isEmpty() && facts.ramp.text.isEmpty() && facts.hold.text.isEmpty());
    QVERIFY(facts.preset.text.isEmpty() && facts.wouldRefuse.text.isEmpty());
    QVERIFY(!facts.limitUse && !facts.rampShare);
}

void BreakerFactsTest::a_limit_tells_its_use_its_range_and_what_it_refused() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.limit = domain::LimitStanding{domain::LimitKind::adaptive, 20, 5, 40, 7, 12};
    QCOMPARE(factsOf(snapshot).limit.text, QStringLiteral("limit 7 of 20 (adaptive 5 to 40), 12 refused"));
    QCOMPARE(*factsOf(snapshot).limitUse, 7.0 / 20);
    snapshot.limit = domain::LimitStanding{domain::LimitKind::fixed, 0, 0, 0, 3, 0};
    QCOMPARE(factsOf(snapshot).limit.text, QStringLiteral("limit 3 of 0"));
    QCOMPARE(*factsOf(snapshot).limitUse, 1.0);
}

void BreakerFactsTest::a_ramp_tells_share_step_and_time_left() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.ramp = domain::RampProgress{0.25, 1, 3, 900ms};
    QCOMPARE(factsOf(snapshot).ramp.text, QStringLiteral("ramp: 25 % pass, step 1 of 3, next in 0:01"));
    QCOMPARE(*factsOf(snapshot).rampShare, 0.25);
}

void BreakerFactsTest::only_a_hold_that_lets_pass_tells_what_it_would_have_refused() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.metrics.totals.wouldReject = 132;
    QVERIFY(factsOf(snapshot).wouldRefuse.text.isEmpty());
    snapshot.heldAs = domain::HoldMode::metricsOnly;
    QCOMPARE(factsOf(snapshot).wouldRefuse.text, QStringLiteral("would have refused 132 calls"));
    snapshot.metrics.totals.wouldReject = 1;
    QCOMPARE(factsOf(snapshot).wouldRefuse.text, QStringLiteral("would have refused 1 call"));
    snapshot.metrics.totals.wouldReject = 0;
    QCOMPARE(factsOf(snapshot).wouldRefuse.text, QStringLiteral("would have refused 0 calls"));
    snapshot.heldAs = domain::HoldMode::forceClosed;
    QVERIFY(factsOf(snapshot).wouldRefuse.text.isEmpty());
}

void BreakerFactsTest::holds_tell_who_and_which_ends_first() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.holds = {models::testing::holdOf(1, "ann")};
    QCOMPARE(factsOf(snapshot).hold.text, QStringLiteral("held by ann, until it is released"));
    snapshot.holds[0].remaining = 65s;
    QCOMPARE(factsOf(snapshot).hold.text, QStringLiteral("held by ann, 1:05 left"));
    snapshot.holds.push_back(models::testing::holdOf(2, "bob"));
    QCOMPARE(factsOf(snapshot).hold.text, QStringLiteral("2 holds, the first ends in 1:05"));
    QVERIFY(factsOf(snapshot).hold.more.contains(QStringLiteral("Forced open by bob: deploy")));
}

void BreakerFactsTest::hostile_names_are_made_safe() {
    domain::Snapshot snapshot = breaker("a");
    snapshot.holds = {models::testing::holdOf(1, "a\nb" + std::string(100'000, 'x'))};
    domain::Detail detail;
    detail.sheet = std::make_shared<domain::ConfigSheet>(
        domain::ConfigSheet{{}, "bal\nanced\xE2\x80\xAE" + std::string(100'000, 'x')});
    snapshot.detail = std::make_shared<domain::Detail>(detail);
    const models::BreakerFacts facts = factsOf(snapshot);
    QVERIFY(facts.hold.text.startsWith(QStringLiteral("held by a⏎bxx")) && facts.hold.text.size() < 120);
    QVERIFY(!facts.preset.text.contains(QLatin1Char('\n')) && facts.preset.text.size() <= 121);
}

void BreakerFactsTest::outcomes_stand_newest_first() {
    models::OutcomesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    domain::Dossier dossier;
    dossier.lastOutcomes = {{2s, 10ms, false, false, nullptr}, {1s, {}, true, true, nullptr}};
    model.show(std::make_shared<const domain::Dossier>(dossier));
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(0, models::OutcomesModel::Age), QStringLiteral("1.00 s before"));
    QCOMPARE(cell(0, models::OutcomesModel::Result), QStringLiteral("failed, slow"));
    QCOMPARE(cell(0, models::OutcomesModel::Took), QStringLiteral("–"));
    QCOMPARE(cell(1, models::OutcomesModel::Result), QStringLiteral("success"));
    model.show(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

FUSEBOX_TEST(BreakerFactsTest)

#include "breaker_facts_test.moc"
