#include <fusebox/support/test_case.h>
#include <fusebox/widgets/state_lamp.h>

#include <QPainter>

namespace fusebox::widgets {

namespace {

/// The mark as an eye sees it that knows only light and dark.
QImage shapeOf(const format::StateLook& look, const format::Theme& theme) {
    QImage image(16, 16, QImage::Format_RGB32);
    image.fill(theme.surface);
    QPainter painter(&image);
    format::StateLook grey = look;
    grey.tone = format::Tone::unknown;
    paintStateMark(painter, QRectF(0, 0, 16, 16), grey, theme);
    painter.end();
    return image.convertToFormat(QImage::Format_Grayscale8);
}

int differingPixels(const QImage& a, const QImage& b) {
    int differing = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) differing += qAbs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 40 ? 1 : 0;
    }
    return differing;
}

}  // namespace

class StateLampTest : public QObject {
    Q_OBJECT

private slots:
    void each_look_has_a_shape_of_its_own_that_is_seen_without_colour() {
        const std::vector<format::StateLook> looks{
            format::lookOf(domain::State::closed),
            format::lookOf(domain::State::open),
            format::lookOf(domain::State::halfOpen),
            format::lookOf(domain::State::unknown),
            format::lookOf(domain::State::closed, domain::HoldMode::forceOpen),
            format::lookOf(domain::State::closed, domain::HoldMode::forceClosed),
            format::lookOf(domain::State::closed, domain::HoldMode::metricsOnly)};
        for (const format::Theme* theme : {&format::Theme::light(), &format::Theme::dark()}) {
            for (std::size_t a = 0; a < looks.size(); ++a) {
                for (std::size_t b = a + 1; b < looks.size(); ++b) {
                    const int differing = differingPixels(shapeOf(looks[a], *theme), shapeOf(looks[b], *theme));
                    QVERIFY2(differing >= 12,
                             qPrintable(looks[a].word + QStringLiteral(" looks like ") + looks[b].word));
                }
            }
        }
    }

    void a_mark_is_drawn_in_the_colour_of_its_tone() {
        const format::Theme& theme = format::Theme::dark();
        QImage image(16, 16, QImage::Format_RGB32);
        QPainter painter(&image);
        paintStateMark(painter, QRectF(0, 0, 16, 16), format::lookOf(domain::State::closed), theme);
        painter.end();
        QCOMPARE(QColor(image.pixel(8, 8)), theme.stateClosed);
    }

    void a_small_mark_and_a_large_one_have_the_same_shape() {
        const format::Theme& theme = format::Theme::light();
        const format::StateLook look = format::lookOf(domain::State::open);
        QImage large(64, 64, QImage::Format_RGB32);
        large.fill(theme.surface);
        QPainter painter(&large);
        format::StateLook grey = look;
        grey.tone = format::Tone::unknown;
        paintStateMark(painter, QRectF(0, 0, 64, 64), grey, theme);
        painter.end();
        const QImage reduced = large.scaled(16, 16, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        QVERIFY(differingPixels(reduced, shapeOf(look, theme)) < 12);
    }

    void the_lamp_asks_for_room_for_its_word() {
        StateLamp lamp;
        lamp.setState(domain::State::open, std::nullopt);
        const int plain = lamp.sizeHint().width();
        lamp.setState(domain::State::open, domain::HoldMode::forceClosed);
        QVERIFY(lamp.sizeHint().width() > plain);
        QCOMPARE(lamp.accessibleName(), QStringLiteral("Forced closed"));
    }
};

FUSEBOX_TEST(StateLampTest)

}  // namespace fusebox::widgets

#include "state_lamp_test.moc"
