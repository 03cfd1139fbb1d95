#include "snapshots.h"

#include <fusebox/support/test_case.h>
#include <fusebox/widgets/diagram_content.h>

#include <algorithm>

using namespace std::chrono_literals;

namespace fusebox::widgets {

class DiagramContentTest : public QObject {
    Q_OBJECT

private slots:
    void a_closed_breaker_tells_its_distance_to_tripping() {
        const DiagramContent content = describe(closedBreaker());
        QCOMPARE(content.ruling, DiagramNode::closed);
        QCOMPARE(content.figure, QStringLiteral("12.0 %"));
        QCOMPARE(content.figureCaption, QStringLiteral("of 50 %"));
        QVERIFY(qAbs(*content.ring - 0.24) < 1e-9);
        QCOMPARE(content.arrow(DiagramArrow::trip).label, QStringLiteral("31 more failures in a row"));
        QCOMPARE(content.headline, QStringLiteral("Calls pass."));
        QCOMPARE(content.sentence, QStringLiteral("31 more failures in a row would trip it (failure rate 12.0 % of 40 "
                                                  "calls, limit 50 %)."));
    }

    void of_several_rules_the_one_that_fires_first_is_told() {
        domain::Snapshot snapshot = closedBreaker();
        domain::RuleStanding row;
        row.rule = domain::TripRule::consecutiveFailures;
        row.value = 4;
        row.threshold = 5;
        row.failuresToTrip = 1;
        snapshot.standings.push_back(row);
        const DiagramContent content = describe(snapshot);
        QCOMPARE(content.figure, QStringLiteral("4/5"));
        QCOMPARE(content.figureCaption, QStringLiteral("in a row"));
        QVERIFY(content.sentence.startsWith(QStringLiteral("One more failure would trip it")));
    }

    void without_any_rule_that_a_run_of_failures_would_fire_the_nearest_is_told() {
        domain::Snapshot snapshot = closedBreaker();
        snapshot.standings.front().failuresToTrip = std::nullopt;
        QVERIFY(describe(snapshot).sentence.startsWith(QStringLiteral("No run of failures would trip it now")));
    }

    void too_few_calls_are_said_to_be_too_few() {
        domain::Snapshot snapshot = closedBreaker();
        snapshot.standings.front().value = std::nullopt;
        snapshot.standings.front().calls = 4;
        const DiagramContent content = describe(snapshot);
        QCOMPARE(content.figure, QStringLiteral("4/10"));
        QVERIFY(!content.ring);
        QVERIFY(content.sentence.contains(QStringLiteral("too few calls, 4 of 10")));
    }

    void a_breaker_that_ramps_up_tells_the_share_that_passes() {
        domain::Snapshot snapshot = closedBreaker();
        snapshot.ramp = domain::RampProgress{0.25, 1, 3, 700ms};
        const DiagramContent content = describe(snapshot);
        QCOMPARE(content.figure, QStringLiteral("25 %"));
        QCOMPARE(*content.ring, 0.25);
        QCOMPARE(content.headline, QStringLiteral("25 % of the calls pass."));
        QVERIFY(content.sentence.contains(QStringLiteral("step 1 of 3, the next in 0:01")));
    }

    void an_open_breaker_counts_down_to_the_probe() {
        const DiagramContent content = describe(openBreaker());
        QCOMPARE(content.ruling, DiagramNode::open);
        QCOMPARE(content.figure, QStringLiteral("0:07"));
        QVERIFY(qAbs(*content.ring - 0.7) < 1e-9);
        QCOMPARE(content.arrow(DiagramArrow::waitOver).label, QStringLiteral("probe in 0:07"));
        QVERIFY(content.arrow(DiagramArrow::waitOver).possible);
        QVERIFY(!content.arrow(DiagramArrow::trip).possible);
        QCOMPARE(content.sentence, QStringLiteral("Probe in 0:07; the whole wait is 10 s."));
    }

    void when_the_wait_is_over_the_next_call_is_announced_as_probe() {
        domain::Snapshot snapshot = openBreaker();
        snapshot.untilProbe = 0s;
        const DiagramContent content = describe(snapshot);
        QCOMPARE(content.figure, QStringLiteral("0:00"));
        QVERIFY(content.sentence.contains(QStringLiteral("next call")));
    }

    void an_open_breaker_without_a_wait_says_what_would_end_it() {
        domain::Snapshot snapshot = openBreaker();
        snapshot.untilProbe.reset();
        QCOMPARE(describe(snapshot).sentence, QStringLiteral("It stays open until it is reset or probed."));
    }

    void a_half_open_breaker_counts_its_probes() {
        const DiagramContent content = describe(halfOpenBreaker());
        QCOMPARE(content.ruling, DiagramNode::halfOpen);
        QCOMPARE(content.figure, QStringLiteral("1/2"));
        const std::vector<ProbeMark> expected{ProbeMark::succeeded, ProbeMark::inFlight, ProbeMark::open};
        QVERIFY(content.probes == expected);
        QCOMPARE(content.arrow(DiagramArrow::probesSucceeded).label, QStringLiteral("1 success"));
        QCOMPARE(content.arrow(DiagramArrow::probeFailed).label, QStringLiteral("2 failures"));
        QCOMPARE(content.sentence, QStringLiteral("1 of 3 probes done, 2 successes needed to close, 1 in flight. Time "
                                                  "left to decide: 0:08."));
    }

    void many_probes_become_a_plain_ring() {
        domain::Snapshot snapshot = halfOpenBreaker();
        snapshot.probes = domain::ProbeProgress{.succeeded = 25, .needed = 50, .of = 100};
        const DiagramContent content = describe(snapshot);
        QVERIFY(content.probes.empty());
        QVERIFY(qAbs(*content.ring - 0.5) < 1e-9);
    }

    void a_hold_rules_and_the_automaton_is_shown_underneath() {
        const DiagramContent content = describe(held(closedBreaker(), domain::HoldMode::forceOpen, 29min + 58s));
        QCOMPARE(content.ruling, DiagramNode::open);
        QCOMPARE(content.underneath, DiagramNode::closed);
        QCOMPARE(content.banner, QStringLiteral("Forced open by ann: deploying the fix · 29:58 left"));
        QCOMPARE(content.headline, QStringLiteral("All calls are refused while the hold lasts."));
        QVERIFY(std::none_of(content.arrows.begin(), content.arrows.end(), [](const auto& a) { return a.possible; }));
    }

    void a_hold_in_the_automatons_own_state_has_nothing_underneath() {
        const DiagramContent content = describe(held(openBreaker(), domain::HoldMode::forceOpen));
        QVERIFY(!content.underneath);
        QVERIFY(content.banner.endsWith(QStringLiteral("until it is released")));
    }

    void of_several_holds_the_longest_of_the_ruling_mode_is_told() {
        domain::Snapshot snapshot = held(closedBreaker(), domain::HoldMode::metricsOnly);
        snapshot = held(snapshot, domain::HoldMode::forceClosed, 5min);
        snapshot = held(snapshot, domain::HoldMode::forceClosed, 10min);
        QCOMPARE(describe(snapshot).banner,
                 QStringLiteral("Forced closed by ann: deploying the fix · 10:00 left · 2 more holds"));
    }

    void metrics_only_leaves_the_automaton_lit_and_says_that_nothing_is_refused() {
        const DiagramContent content = describe(held(openBreaker(), domain::HoldMode::metricsOnly));
        QCOMPARE(content.ruling, DiagramNode::open);
        QCOMPARE(content.figure, QStringLiteral("0:07"));
        QVERIFY(content.headline.startsWith(QStringLiteral("No call is refused")));
    }

    void an_unknown_state_lights_no_node() {
        QVERIFY(!describe(snapshotIn(domain::State::unknown)).ruling);
        QCOMPARE(describe(snapshotIn(domain::State::stale)).headline, QStringLiteral("No news from its source."));
    }

    void foreign_text_cannot_break_the_line() {
        domain::Snapshot snapshot = held(closedBreaker(), domain::HoldMode::forceOpen);
        snapshot.holds.front().who = "ann\n<b>";
        snapshot.holds.front().why = std::string(5000, 'x');
        const QString banner = describe(snapshot).banner;
        QVERIFY(!banner.contains(QLatin1Char('\n')));
        QVERIFY(banner.size() < 250);
    }
};

FUSEBOX_TEST(DiagramContentTest)

}  // namespace fusebox::widgets

#include "diagram_content_test.moc"
