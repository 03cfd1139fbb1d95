#include <fusebox/format/figures.h>
#include <fusebox/format/icons.h>
#include <fusebox/format/theme.h>
#include <fusebox/support/test_case.h>

#include <QImage>
#include <QPainter>

#include <cmath>

using namespace fusebox;

class IconsTest : public QObject {
    Q_OBJECT

private slots:
    void every_icon_is_drawn_in_the_colour_of_the_palette();
    void icons_are_drawn_at_the_size_that_is_asked_for();
    void the_application_icon_keeps_its_colours();
    void digits_take_the_same_width();
    void figures_are_drawn_where_they_should_be();
};

static int inkOf(const QImage& image) {
    int ink = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) ink += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
    }
    return ink;
}

void IconsTest::every_icon_is_drawn_in_the_colour_of_the_palette() {
    QVERIFY(format::iconNames().size() >= 25);
    for (const format::Theme& theme : {format::Theme::light(), format::Theme::dark()}) {
        for (const QString& name : format::iconNames()) {
            const QImage image = format::icon(name, theme.palette()).pixmap(24, 24).toImage();
            const int ink = inkOf(image);
            QVERIFY2(ink > 20 && ink < 24 * 24, qPrintable(name));
            for (int y = 0; y < 24; ++y) {
                for (int x = 0; x < 24; ++x) {
                    if (qAlpha(image.pixel(x, y)) == 255) QCOMPARE(QColor(image.pixel(x, y)), theme.text);
                }
            }
        }
    }
}

void IconsTest::icons_are_drawn_at_the_size_that_is_asked_for() {
    const QIcon icon = format::icon(QStringLiteral("trip"), QColor(Qt::red));
    for (const int side : {16, 24, 48, 96}) QCOMPARE(icon.pixmap(side, side).size(), QSize(side, side));
    QVERIFY(inkOf(icon.pixmap(96, 96).toImage()) > 8 * inkOf(icon.pixmap(24, 24).toImage()));
}

void IconsTest::the_application_icon_keeps_its_colours() {
    const QImage image = format::applicationIcon().pixmap(64, 64).toImage();
    QVERIFY(qAlpha(image.pixel(0, 0)) == 0);
    QVERIFY(QColor(image.pixel(32, 10)) != QColor(Qt::black));
    QVERIFY(inkOf(image) > 2'000);
}

void IconsTest::digits_take_the_same_width() {
    const format::Figures figures(format::consoleFont(10));
    const qreal one = figures.width(u"1");
    QVERIFY(one > 0);
    for (const QStringView digit : {u"0", u"2", u"4", u"7", u"9"}) QCOMPARE(figures.width(digit), one);
    QVERIFY(std::abs(figures.width(u"111.1 ms") - figures.width(u"888.8 ms")) < 0.001);
    QVERIFY(figures.width(u"–") > 0);
}

void IconsTest::figures_are_drawn_where_they_should_be() {
    QImage image(100, 20, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    const format::Figures figures(format::consoleFont(10));
    QPainter painter(&image);
    painter.setPen(Qt::black);
    figures.draw(painter, QRectF(0, 0, 100, 20), Qt::AlignRight | Qt::AlignVCenter, u"12.3");
    painter.end();
    QVERIFY(inkOf(image) > 10);
    QCOMPARE(inkOf(image.copy(0, 0, 50, 20)), 0);
}

FUSEBOX_TEST(IconsTest)

#include "icons_test.moc"
