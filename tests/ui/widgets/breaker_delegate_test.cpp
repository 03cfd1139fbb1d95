#include <fusebox/format/theme.h>
#include <fusebox/support/test_case.h>
#include <fusebox/widgets/breaker_delegate.h>
#include <fusebox/widgets/laid_text.h>

#include <QPainter>
#include <QStyleOptionViewItem>

namespace fusebox::widgets {

namespace {

class OneCell final : public CellSource {
public:
    explicit OneCell(Cell cell) : m_cell(std::move(cell)) {}
    [[nodiscard]] Cell cellAt(const QModelIndex&) const override { return m_cell; }

private:
    Cell m_cell;
};

constexpr QSize kSize(120, 24);

QImage painted(const Cell& cell, QStyle::State state = QStyle::State_None) {
    const OneCell source(cell);
    const BreakerDelegate delegate(source);
    QStyleOptionViewItem option;
    option.rect = QRect(QPoint(), kSize);
    option.palette = format::Theme::light().palette();
    option.state = state;
    QImage image(kSize, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    delegate.paint(&painter, option, {});
    return image;
}

/// The columns from the first to the last with ink.
QPair<int, int> inked(const QImage& image) {
    int first = image.width();
    int last = -1;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (qGray(image.pixel(x, y)) > 180) continue;
            first = qMin(first, x);
            last = x;
        }
    }
    return {first, last};
}

}  // namespace

class BreakerDelegateTest : public QObject {
    Q_OBJECT

private slots:
    void numbers_stand_at_the_right_and_text_at_the_left() {
        QVERIFY(inked(painted(TextCell{QStringLiteral("orders")})).first < 12);
        const auto number = inked(painted(TextCell{QStringLiteral("12.3"), Qt::AlignRight}));
        QVERIFY(number.first > 60);
        QVERIFY(number.second > 106);
    }

    void text_that_does_not_fit_stays_inside_its_cell() {
        const QImage image = painted(TextCell{QString(400, QLatin1Char('m'))});
        QVERIFY(inked(image).second <= kSize.width() - 6);
        const QImage number = painted(TextCell{QString(400, QLatin1Char('8')), Qt::AlignRight});
        QVERIFY(inked(number).first >= 5);
    }

    void the_selected_row_is_tinted_and_its_text_still_dark() {
        const QImage image = painted(TextCell{QStringLiteral("orders")}, QStyle::State_Selected | QStyle::State_Active);
        QVERIFY(image.pixelColor(kSize.width() - 2, 12) != QColor(Qt::white));
        QVERIFY(format::contrast(format::Theme::light().text, image.pixelColor(kSize.width() - 2, 12)) > 4.5);
    }

    void alarms_are_drawn_in_the_colour_of_danger() {
        const QImage plain = painted(TextCell{QStringLiteral("62 %"), Qt::AlignRight});
        const QImage alarm = painted(TextCell{QStringLiteral("62 %"), Qt::AlignRight, Tone::alarm});
        QVERIFY(plain != alarm);
    }

    void a_state_cell_shows_the_word_beside_the_mark() {
        const auto ink = inked(painted(StateCell{format::lookOf(domain::State::open)}));
        QVERIFY(ink.first < 10);
        QVERIFY(ink.second > 40);
    }

    void a_text_that_is_drawn_again_looks_the_same() {
        LaidText lines;
        std::array<QImage, 2> images{QImage(kSize, QImage::Format_RGB32), QImage(kSize, QImage::Format_RGB32)};
        for (QImage& image : images) {
            image.fill(Qt::white);
            QPainter painter(&image);
            lines.draw(painter, QRectF(QPointF(), kSize), Qt::AlignLeft, QStringLiteral("orders"), QFont());
        }
        QCOMPARE(images[0], images[1]);
        QVERIFY(inked(images[0]).second > 10);
    }
};

FUSEBOX_TEST(BreakerDelegateTest)

}  // namespace fusebox::widgets

#include "breaker_delegate_test.moc"
