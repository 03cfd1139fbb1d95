#include <fusebox/format/dossier_text.h>
#include <fusebox/format/shadow_text.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;

class ShadowTextTest : public QObject {
    Q_OBJECT

private slots:
    void the_verdict_compares_trips_and_refused_calls();
    void equal_figures_are_said_to_be_equal();
    void few_calls_are_said_to_be_too_few();
    void each_rule_has_its_sentence();
    void a_retry_after_is_told_where_it_decided();
};

void ShadowTextTest::the_verdict_compares_trips_and_refused_calls() {
    domain::ShadowReport report;
    report.calls = 18'000;
    report.trips = 2;
    report.liveTrips = 4;
    report.wouldRefuse = 118;
    report.liveRefused = 458;
    report.refusedGood = 9;
    QCOMPARE(format::verdict(report), QStringLiteral("The candidate would have tripped 2 times less and refused 340 "
                                                     "calls fewer. Of the 118 calls that it would have refused, 9 were "
                                                     "good."));
    std::swap(report.trips, report.liveTrips);
    std::swap(report.wouldRefuse, report.liveRefused);
    report.refusedGood = 1;
    QCOMPARE(format::verdict(report), QStringLiteral("The candidate would have tripped 2 times more and refused 340 "
                                                     "calls more. Of the 458 calls that it would have refused, 1 was "
                                                     "good."));
}

void ShadowTextTest::equal_figures_are_said_to_be_equal() {
    domain::ShadowReport report;
    report.calls = 1'000;
    QCOMPARE(format::verdict(report), QStringLiteral("The candidate would not have tripped either and refused none."));
    report.trips = report.liveTrips = 3;
    report.wouldRefuse = report.liveRefused = 7;
    QVERIFY(format::verdict(report).startsWith(
        QStringLiteral("The candidate would have tripped as often and refused as many calls.")));
}

void ShadowTextTest::few_calls_are_said_to_be_too_few() {
    domain::ShadowReport report;
    QCOMPARE(format::verdict(report), QStringLiteral("The candidate has not seen a call yet."));
    report.calls = 12;
    QVERIFY(format::verdict(report).endsWith(QStringLiteral("It has seen only 12 calls: too few to judge.")));
    report.owner = "a\nb";
    QVERIFY(format::shadowTitle(report).startsWith(QStringLiteral("Candidate of a⏎b, for")));
}

void ShadowTextTest::each_rule_has_its_sentence() {
    const auto sentence = [](domain::TripReason reason) {
        domain::Transition transition;
        transition.trip = reason;
        return format::tripSentence(transition);
    };
    using domain::TripRule;
    QCOMPARE(sentence({TripRule::slowCallRate, 0.3, 0.25, 20, 6, 10, 5s}),
             QStringLiteral("6 of 20 calls were slow in 5 s: 30.0 %, the limit is 25 % of at least 10 calls."));
    QCOMPARE(sentence({TripRule::failureCount, 5, 5, 21, 5, 0, 60s}),
             QStringLiteral("5 of 21 calls failed in 1 min; the limit is 5."));
    QCOMPARE(sentence({TripRule::consecutiveFailures, 5, 5, 5, 5, 0, {}}),
             QStringLiteral("5 calls failed in a row; the limit is 5."));
    QCOMPARE(sentence({TripRule::totalOutage, 10, 10, 10, 10, 0, 2s}),
             QStringLiteral("10 calls failed and none succeeded in 2 s; the limit is 10."));
    QCOMPARE(sentence({TripRule::lowSuccessAverage, 0.4, 0.5, 100, 60, 100, {}}),
             QStringLiteral("The average of successes fell to 40.0 % over the last 100 calls; the limit is 50 %."));
    domain::Transition byHand;
    byHand.cause = domain::TransitionCause::tripCommand;
    byHand.actor = "ann";
    byHand.reason = "<b>drill";
    QCOMPARE(format::tripSentence(byHand), QString::fromStdString(byHand.text()));
}

void ShadowTextTest::a_retry_after_is_told_where_it_decided() {
    domain::Dossier dossier;
    dossier.timeInClosed = 90s;
    dossier.openWait = 30s;
    QCOMPARE(format::waitSentence(dossier),
             QStringLiteral("It had been closed for 1 min 30 s. It waits 30 s before it probes."));
    dossier.retryAfter = 30s;
    QVERIFY(format::waitSentence(dossier).endsWith(QStringLiteral("as the dependency asked (Retry-After 30 s).")));
}

FUSEBOX_TEST(ShadowTextTest)

#include "shadow_text_test.moc"
