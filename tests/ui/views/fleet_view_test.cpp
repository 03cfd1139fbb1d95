#include <fusebox/support/test_case.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>
#include <fusebox/views/summary_view.h>
#include <fusebox/widgets/filter_bar.h>
#include <fusebox/widgets/summary_tile.h>

#include "stage.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>

namespace fusebox::views {
namespace {

using Column = models::FleetModel;

QString cell(FleetTable& table, int row, int column) {
    return table.model()->index(row, column).data().toString();
}

widgets::SummaryTile* tileOf(QWidget& view, const QString& caption) {
    for (widgets::SummaryTile* tile : view.findChildren<widgets::SummaryTile*>()) {
        if (tile->caption() == caption) return tile;
    }
    return nullptr;
}

}  // namespace

class FleetViewTest : public QObject {
    Q_OBJECT
private slots:
    void an_empty_table_says_that_there_is_nothing_yet();
    void a_row_shows_what_the_frame_says();
    void the_strip_counts_the_states_and_a_click_filters();
    void the_text_filter_leaves_what_matches_and_says_so_when_nothing_does();
    void a_click_on_a_title_sorts();
    void the_order_is_held_while_the_pointer_is_over_the_rows();
    void the_order_is_held_for_a_while_after_a_key();
    void the_first_breaker_is_looked_at_by_itself_and_the_choice_survives_sorts_and_filters();
    void hostile_names_stay_plain_and_do_not_hang();
    void the_selected_row_can_be_copied();
    void a_thousand_breakers_are_shown_in_a_small_part_of_a_frame();
};

void FleetViewTest::an_empty_table_says_that_there_is_nothing_yet() {
    Stage stage(0);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    QVERIFY(view.table().emptyText().startsWith(QStringLiteral("No breakers yet")));
    stage.tick();
    QVERIFY(view.table().emptyText().startsWith(QStringLiteral("No breakers yet")));
    QVERIFY(!view.grab().isNull());
}

void FleetViewTest::a_row_shows_what_the_frame_says() {
    Stage stage(6);
    FleetView view(stage.models);
    stage.fleet.changeState(1, domain::State::open, domain::TransitionCause::tripRule);
    stage.tick(20);
    QCOMPARE(view.table().model()->rowCount(), 6);
    QCOMPARE(cell(view.table(), 0, Column::State), QStringLiteral("Open"));
    QCOMPARE(cell(view.table(), 0, Column::Name), QStringLiteral("payments"));
    QVERIFY(cell(view.table(), 0, Column::LastChange).contains(QStringLiteral("62 %")));
}

void FleetViewTest::the_strip_counts_the_states_and_a_click_filters() {
    Stage stage(6);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    stage.fleet.changeState(1, domain::State::open, domain::TransitionCause::tripRule);
    stage.fleet.changeState(4, domain::State::halfOpen, domain::TransitionCause::waitElapsed);
    stage.fleet.hold(5, domain::HoldMode::forceClosed, "ann", "deploy");
    stage.tick(10);
    widgets::SummaryTile* open = tileOf(view, QStringLiteral("Open"));
    QVERIFY(open != nullptr);
    QCOMPARE(open->figure(), QStringLiteral("1"));
    QCOMPARE(tileOf(view, QStringLiteral("Closed"))->figure(), QStringLiteral("3"));
    QCOMPARE(tileOf(view, QStringLiteral("Held"))->figure(), QStringLiteral("1"));
    QTest::mouseClick(open, Qt::LeftButton);
    QCOMPARE(view.table().model()->rowCount(), 1);
    QCOMPARE(cell(view.table(), 0, Column::Name), QStringLiteral("payments"));
    QTest::mouseClick(open, Qt::LeftButton);
    QCOMPARE(view.table().model()->rowCount(), 6);
}

void FleetViewTest::the_text_filter_leaves_what_matches_and_says_so_when_nothing_does() {
    Stage stage(6);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    stage.tick();
    view.focusFilter();
    auto* line = view.findChild<QLineEdit*>();
    QVERIFY(line->hasFocus());
    QTest::keyClicks(line, QStringLiteral("pay"));
    QTRY_COMPARE(view.table().model()->rowCount(), 1);
    QTest::keyClicks(line, QStringLiteral("zzz"));
    QTRY_COMPARE(view.table().model()->rowCount(), 0);
    QVERIFY(view.table().emptyText().contains(QStringLiteral("No breaker matches")));
    QTest::keyClick(line, Qt::Key_Escape);
    QTRY_COMPARE(view.table().model()->rowCount(), 6);
}

void FleetViewTest::a_click_on_a_title_sorts() {
    Stage stage(6);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    stage.tick();
    QHeaderView& header = *view.table().horizontalHeader();
    const QPoint title(header.sectionViewportPosition(Column::Name) + 8, header.height() / 2);
    QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, title);
    const QString first = cell(view.table(), 0, Column::Name);
    QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, title);
    QCOMPARE(stage.models.fleet().sortColumn(), Column::Name);
    QVERIFY(cell(view.table(), 0, Column::Name) != first);
}

void FleetViewTest::the_order_is_held_while_the_pointer_is_over_the_rows() {
    Stage stage(6);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    stage.tick();
    QEnterEvent enter(QPointF(40, 40), QPointF(40, 40), QPointF(40, 40));
    QCoreApplication::sendEvent(view.table().viewport(), &enter);
    const auto badges = view.findChildren<QLabel*>();
    const auto isBadge = [](const QLabel* label) { return label->text() == QStringLiteral("order held"); };
    const auto badge = std::find_if(badges.begin(), badges.end(), isBadge);
    QVERIFY(badge != badges.end());
    QVERIFY((*badge)->isVisible());
    const domain::BreakerId first = stage.models.fleet().idAt(0);
    stage.fleet.changeState(5, domain::State::open, domain::TransitionCause::tripRule);
    stage.tick(30);
    QCOMPARE(stage.models.fleet().idAt(0).value, first.value);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(view.table().viewport(), &leave);
    QVERIFY(!(*badge)->isVisible());
    stage.tick(20);
    QCOMPARE(stage.models.fleet().idAt(0).value, stage.fleet.idAt(5).value);
}

void FleetViewTest::the_order_is_held_for_a_while_after_a_key() {
    Stage stage(6);
    FleetView view(stage.models);
    view.show();
    stage.tick();
    QTest::keyClick(&view.table(), Qt::Key_Down);
    QVERIFY(stage.models.fleet().isOrderHeld());
}

void FleetViewTest::the_first_breaker_is_looked_at_by_itself_and_the_choice_survives_sorts_and_filters() {
    Stage stage(6);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    stage.tick();
    QVERIFY(!stage.models.selected().value.empty());
    QTest::keyClick(&view.table(), Qt::Key_Down);
    const domain::BreakerId chosen = stage.models.selected();
    QVERIFY(chosen == stage.models.fleet().idAt(1));
    view.table().sortByColumn(Column::Name, Qt::DescendingOrder);
    QCOMPARE(stage.models.selected().value, chosen.value);
    QCOMPARE(view.table().currentIndex().row(), stage.models.fleet().rowOf(chosen));
    stage.models.fleet().setTextFilter(QStringLiteral("no such name"));
    QCOMPARE(stage.models.selected().value, chosen.value);
    stage.models.fleet().setTextFilter({});
    QCOMPARE(stage.models.selected().value, chosen.value);
    QCOMPARE(view.table().currentIndex().row(), stage.models.fleet().rowOf(chosen));
}

void FleetViewTest::hostile_names_stay_plain_and_do_not_hang() {
    Stage stage(6);
    FleetView view(stage.models);
    view.resize(1280, 400);
    view.show();
    stage.fleet.rename(0, "<img src='/dev/zero'><b>bold</b>");
    stage.fleet.rename(1, "two\nlines\tand a tab");
    stage.fleet.rename(2,
                       "\xE2\x80\xAE"
                       "desrever");
    stage.fleet.rename(3, std::string(1'000'000, 'x'));
    stage.fleet.rename(4, "\xF0\x9F\x94\xA5 fire & ice");
    QElapsedTimer watch;
    watch.start();
    stage.tick(3);
    QVERIFY(!view.grab().isNull());
    QVERIFY(watch.elapsed() < 2000);
    for (int row = 0; row < 6; ++row) {
        const QString name = cell(view.table(), row, Column::Name);
        QVERIFY(name.size() <= 130);
        QVERIFY(!name.contains(QLatin1Char('\n')));
        QVERIFY(!name.contains(QChar(0x202E)));
    }
}

void FleetViewTest::the_selected_row_can_be_copied() {
    Stage stage(6);
    FleetView view(stage.models);
    view.show();
    stage.tick();
    QTest::keyClick(&view.table(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QStringLiteral("State\tName\tKind")));
    QVERIFY(copied.contains(stage.models.selectedRow()->name));
}

void FleetViewTest::a_thousand_breakers_are_shown_in_a_small_part_of_a_frame() {
    Stage stage(1000);
    FleetView view(stage.models);
    view.resize(1600, 1000);
    view.show();
    stage.tick(5);
    QElapsedTimer watch;
    watch.start();
    constexpr int kFrames = 20;
    for (int i = 0; i < kFrames; ++i) {
        stage.tick();
        QCoreApplication::processEvents();
    }
    qInfo("apply and paint of 1,000 breakers: %.2f ms", static_cast<double>(watch.elapsed()) / kFrames);
    QVERIFY(watch.elapsed() / kFrames < 100);
}

FUSEBOX_TEST(FleetViewTest)

}  // namespace fusebox::views

#include "fleet_view_test.moc"
