#include <fusebox/charts/band_chart.h>
#include <fusebox/charts/rollup_chart.h>
#include <fusebox/support/test_case.h>

#include <QSignalSpy>
#include <QWheelEvent>

namespace fusebox::charts {
namespace {

using namespace std::chrono_literals;

constexpr base::WallTime kNow{std::chrono::seconds(1'700'000'000)};

journal::Band bandOf(const std::string& breaker, domain::State late) {
    return {domain::BreakerId(breaker), {{kNow - 1h, kNow - 30min, domain::State::closed}, {kNow - 30min, kNow, late}}};
}

struct Shown {
    Shown() {
        chart.resize(870, 300);
        chart.setNow(kNow);
        chart.setWindow(lastOf(1h, kNow));
        journal::StoredEvent command;
        command.kind = domain::EventKind::command;
        command.at = kNow - 15min;
        command.breaker = domain::BreakerId("orders");
        command.text = "<b>Trip</b> of orders by ann";
        journal::Note note;
        note.at = kNow - 45min;
        note.actor = "bob";
        note.text = "deployed 1.4.2";
        note.pinned = true;
        chart.show({bandOf("inventory", domain::State::closed), bandOf("orders", domain::State::open)}, {command},
                   {note});
        chart.setVisible(true);
    }

    QPoint at(int band, double place) const {
        const QRect row = chart.bandRect(band);
        return {row.left() + static_cast<int>(place * row.width()), row.center().y()};
    }

    void wheel(int steps, QPoint where) {
        QWheelEvent event(where, chart.viewport()->mapToGlobal(where), {}, {0, steps * 120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(chart.viewport(), &event);
    }

    BandChart chart;
};

}  // namespace

class BandChartTest : public QObject {
    Q_OBJECT
private slots:
    void a_window_is_never_shorter_than_a_minute_longer_than_30_days_or_in_the_future();
    void zooming_keeps_what_is_under_the_pointer();
    void marks_stand_at_round_times();
    void it_tells_what_stands_where();
    void the_wheel_zooms_and_dragging_moves();
    void a_click_picks_a_breaker_and_a_moment();
    void the_keyboard_does_all_that();
    void it_paints_empty_and_filled_in_both_themes();
    void figures_of_the_past_are_told();
};

void BandChartTest::a_window_is_never_shorter_than_a_minute_longer_than_30_days_or_in_the_future() {
    HistoryWindow window = lastOf(1h, kNow);
    for (int i = 0; i < 100; ++i) window = zoomed(window, 1.25, 0.3, kNow);
    QVERIFY(window.span() == base::Duration(1min));
    for (int i = 0; i < 200; ++i) window = zoomed(window, 0.8, 0.3, kNow);
    QVERIFY(window.span() == base::Duration(24h * 30));
    QVERIFY(window.to <= kNow);
    window = moved(window, 3, kNow);
    QVERIFY(window.to == kNow);
}

void BandChartTest::zooming_keeps_what_is_under_the_pointer() {
    const HistoryWindow before = moved(lastOf(1h, kNow), -4, kNow);
    const HistoryWindow after = zoomed(before, 2, 0.25, kNow);
    QVERIFY(after.span() == base::Duration(30min));
    QVERIFY(std::chrono::abs(momentAt(before, 0.25) - momentAt(after, 0.25)) < 2ms);
}

void BandChartTest::marks_stand_at_round_times() {
    const std::vector<TimeMark> marks = timeMarks(lastOf(1h, kNow), 8);
    QVERIFY(!marks.empty() && marks.size() <= 9);
    for (const TimeMark& mark : marks) {
        QCOMPARE(std::chrono::duration_cast<std::chrono::seconds>(mark.at.time_since_epoch()).count() % 600, 0);
    }
    QVERIFY(timeMarks(lastOf(24h * 30, kNow), 10).size() <= 11);
    QVERIFY(timeMarks(lastOf(1min, kNow), 1).size() <= 2);
}

void BandChartTest::it_tells_what_stands_where() {
    Shown shown;
    const QString text = shown.chart.textAt(shown.at(1, 0.75));
    QVERIFY2(text.startsWith(QStringLiteral("orders\nOpen since")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("<b>Trip</b> of orders by ann")), qPrintable(text));
    QVERIFY(shown.chart.textAt(shown.at(0, 0.25)).contains(QStringLiteral("Note of bob: deployed 1.4.2")));
    QVERIFY(shown.chart.textAt(shown.at(0, 0.9)).contains(QStringLiteral("Closed since")));
}

void BandChartTest::the_wheel_zooms_and_dragging_moves() {
    Shown shown;
    QSignalSpy chosen(&shown.chart, &BandChart::windowChosen);
    shown.wheel(2, shown.at(0, 0.5));
    QCOMPARE(chosen.size(), 1);
    QVERIFY(shown.chart.window().span() < base::Duration(1h));
    const HistoryWindow before = shown.chart.window();
    QTest::mousePress(shown.chart.viewport(), Qt::LeftButton, {}, shown.at(0, 0.2));
    QTest::mouseMove(shown.chart.viewport(), shown.at(0, 0.6));
    QTest::mouseRelease(shown.chart.viewport(), Qt::LeftButton, {}, shown.at(0, 0.6));
    QVERIFY(shown.chart.window().from < before.from);
    QVERIFY(shown.chart.window().span() == before.span());
}

void BandChartTest::a_click_picks_a_breaker_and_a_moment() {
    Shown shown;
    QSignalSpy picked(&shown.chart, &BandChart::picked);
    QSignalSpy opened(&shown.chart, &BandChart::opened);
    QTest::mouseClick(shown.chart.viewport(), Qt::LeftButton, {}, shown.at(1, 0.5));
    QCOMPARE(picked.size(), 1);
    QCOMPARE(shown.chart.chosen().value, std::string("orders"));
    QTest::mouseDClick(shown.chart.viewport(), Qt::LeftButton, {}, shown.at(0, 0.5));
    QTest::mouseRelease(shown.chart.viewport(), Qt::LeftButton, {}, shown.at(0, 0.5));
    QCOMPARE(opened.size(), 1);
}

void BandChartTest::the_keyboard_does_all_that() {
    Shown shown;
    QTest::keyClick(&shown.chart, Qt::Key_Down);
    QCOMPARE(shown.chart.chosen().value, std::string("inventory"));
    QTest::keyClick(&shown.chart, Qt::Key_Down);
    QTest::keyClick(&shown.chart, Qt::Key_Down);
    QCOMPARE(shown.chart.chosen().value, std::string("orders"));
    QTest::keyClick(&shown.chart, Qt::Key_Plus);
    const HistoryWindow before = shown.chart.window();
    QTest::keyClick(&shown.chart, Qt::Key_Left);
    QVERIFY(shown.chart.window().from < before.from);
    QTest::keyClick(&shown.chart, Qt::Key_End);
    QVERIFY(shown.chart.window().to == kNow);
}

void BandChartTest::it_paints_empty_and_filled_in_both_themes() {
    Shown shown;
    for (const format::Theme* theme : {&format::Theme::light(), &format::Theme::dark()}) {
        shown.chart.setPalette(theme->palette());
        const QImage picture = shown.chart.grab().toImage();
        const QRect row = shown.chart.bandRect(1);
        const QColor open = picture.pixelColor(row.left() + row.width() * 6 / 10, row.bottom() - 6);
        QCOMPARE(open, theme->stateOpen);
    }
    BandChart empty;
    empty.setMessage(QStringLiteral("Nothing is known."));
    empty.resize(400, 200);
    QVERIFY(!empty.grab().isNull());
}

void BandChartTest::figures_of_the_past_are_told() {
    RollupChart chart;
    chart.resize(870, 200);
    chart.setWindow(lastOf(1h, kNow));
    QVERIFY(!chart.grab().isNull());
    journal::RollupPoint point;
    point.at = kNow - 30min;
    point.span = 60s;
    point.success = 540;
    point.failure = 60;
    point.callsPerSecond = 10;
    point.failureRate = 0.1;
    point.latency.p95 = 250ms;
    chart.show(QStringLiteral("orders"), {point});
    QCOMPARE(chart.headText(), QStringLiteral("orders   600 calls, 60 failed, 0 refused, highest P95 250 ms"));
    chart.setPointed(kNow - 29min - 30s);
    QVERIFY2(chart.headText().contains(QStringLiteral("10.0/s, 10.0 % failed")), qPrintable(chart.headText()));
    chart.setPointed(kNow - 10min);
    QVERIFY(chart.headText().endsWith(QStringLiteral("not recorded")));
    QVERIFY(!chart.grab().isNull());
}

FUSEBOX_TEST(BandChartTest)

}  // namespace fusebox::charts

#include "band_chart_test.moc"
