#include <fusebox/support/test_case.h>
#include <fusebox/widgets/summary_tile.h>

#include <QSignalSpy>

namespace fusebox::widgets {

class SummaryTileTest : public QObject {
    Q_OBJECT

private slots:
    void a_filter_is_pressed_in_by_mouse_and_keyboard() {
        SummaryTile tile(QStringLiteral("Open"), SummaryTile::Role::filter);
        QSignalSpy toggled(&tile, &SummaryTile::toggled);
        QTest::mouseClick(&tile, Qt::LeftButton);
        QVERIFY(tile.isChecked());
        QTest::keyClick(&tile, Qt::Key_Space);
        QVERIFY(!tile.isChecked());
        QCOMPARE(toggled.count(), 2);
    }

    void a_plain_figure_cannot_be_pressed_in() {
        SummaryTile tile(QStringLiteral("Calls"));
        QTest::mouseClick(&tile, Qt::LeftButton);
        QVERIFY(!tile.isChecked());
        QCOMPARE(tile.focusPolicy(), Qt::NoFocus);
    }

    void the_pressed_tile_looks_different() {
        SummaryTile tile(QStringLiteral("Open"), SummaryTile::Role::filter);
        tile.setFigure(QStringLiteral("3"));
        const QImage before = tile.grab().toImage();
        tile.setChecked(true);
        QVERIFY(tile.grab().toImage() != before);
    }

    void small_counts_do_not_change_the_width() {
        SummaryTile tile(QStringLiteral("Open"), SummaryTile::Role::filter);
        tile.setFigure(QStringLiteral("1"));
        const QSize narrow = tile.sizeHint();
        tile.setFigure(QStringLiteral("999"));
        QCOMPARE(tile.sizeHint(), narrow);
        QCOMPARE(tile.accessibleName(), QStringLiteral("Open: 999"));
    }
};

FUSEBOX_TEST(SummaryTileTest)

}  // namespace fusebox::widgets

#include "summary_tile_test.moc"
