#include <fusebox/support/test_case.h>
#include <fusebox/widgets/sparkline.h>

#include <QImage>
#include <QPainter>

#include <vector>

namespace fusebox::widgets {

namespace {

constexpr QRect kBox(0, 0, 60, 20);

QImage drawn(const std::vector<SparkPoint>& points, SparkScale scale = {}) {
    QImage image(kBox.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintSparkline(painter, kBox, points, Qt::black, Qt::red, scale);
    return image;
}

/// The highest row with ink in the columns from..to; -1 where there is none.
int topInk(const QImage& image, int from, int to) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = from; x <= to; ++x) {
            if (qGray(image.pixel(x, y)) < 200) return y;
        }
    }
    return -1;
}

bool hasRed(const QImage& image) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qRed(image.pixel(x, y)) - qBlue(image.pixel(x, y)) > 80) return true;
        }
    }
    return false;
}

}  // namespace

class SparklineTest : public QObject {
    Q_OBJECT

private slots:
    void the_highest_value_is_near_the_top_and_zero_at_the_bottom() {
        std::vector<SparkPoint> points(60, SparkPoint{0, 0});
        for (std::size_t at = 40; at < 60; ++at) points[at].value = 100;
        const QImage image = drawn(points);
        QVERIFY(topInk(image, 45, 55) <= 4);
        QVERIFY(topInk(image, 5, 30) >= 18);
    }

    void a_young_line_stands_at_the_right() {
        const QImage image = drawn(std::vector<SparkPoint>(20, SparkPoint{5, 0}));
        QCOMPARE(topInk(image, 0, 35), -1);
        QVERIFY(topInk(image, 45, 59) >= 0);
    }

    void small_values_stay_low_under_the_least_top() {
        const std::vector<SparkPoint> points(60, SparkPoint{1, 0});
        QVERIFY(topInk(drawn(points, {.leastTop = 10}), 5, 55) >= 15);
    }

    void the_bad_part_is_drawn_only_where_there_is_some() {
        QVERIFY(!hasRed(drawn(std::vector<SparkPoint>(60, SparkPoint{5, 0}))));
        QVERIFY(hasRed(drawn(std::vector<SparkPoint>(60, SparkPoint{5, 3}))));
    }

    void fewer_than_two_points_draw_nothing() { QCOMPARE(topInk(drawn({SparkPoint{5, 0}}), 0, 59), -1); }
};

FUSEBOX_TEST(SparklineTest)

}  // namespace fusebox::widgets

#include "sparkline_test.moc"
