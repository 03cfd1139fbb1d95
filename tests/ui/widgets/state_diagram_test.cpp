#include "snapshots.h"

#include <fusebox/format/theme.h>
#include <fusebox/support/test_case.h>
#include <fusebox/widgets/diagram_layout.h>
#include <fusebox/widgets/state_diagram.h>

#include <array>

namespace fusebox::widgets {

namespace {

/// Counts how often a widget is painted.
class PaintCounter : public QObject {
public:
    explicit PaintCounter(QWidget& widget) { widget.installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) ++paints;
        return false;
    }
    int paints = 0;
};

QRgb at(const QImage& image, const QPointF& point) {
    return image.pixel(point.toPoint());
}

}  // namespace

class StateDiagramTest : public QObject {
    Q_OBJECT

private:
    static void showStill(StateDiagram& diagram) {
        diagram.setMotionScale(0);
        diagram.resize(560, 300);
        diagram.show();
        QVERIFY(QTest::qWaitForWindowExposed(&diagram));
    }

private slots:
    void exactly_the_ruling_node_is_lit() {
        StateDiagram diagram;
        showStill(diagram);
        const std::array snapshots{closedBreaker(), halfOpenBreaker(), openBreaker()};
        const QRectF area = QRectF(diagram.rect()).adjusted(8, 8, -8, -8);
        const DiagramLayout layout = layOut(area, QFontMetricsF(diagram.font()), Banner::absent);
        const QRgb ground = format::Theme::of(diagram.palette()).surface.rgb();
        for (std::size_t lit = 0; lit < snapshots.size(); ++lit) {
            diagram.setSnapshot(snapshots[lit]);
            const QImage image = diagram.grab().toImage();
            for (std::size_t node = 0; node < kDiagramNodes.size(); ++node) {
                // Between the figure and the ring only a lit node is tinted.
                const QPointF inside = layout.nodes[node].centre + QPointF(0, layout.radius * 0.68);
                QCOMPARE(at(image, inside) != ground, node == lit);
            }
        }
    }

    void a_change_of_state_is_animated_for_at_most_a_second_and_a_half() {
        StateDiagram diagram;
        diagram.resize(560, 300);
        diagram.show();
        QVERIFY(QTest::qWaitForWindowExposed(&diagram));
        diagram.setSnapshot(closedBreaker());
        QVERIFY(!diagram.isAnimating());
        diagram.setSnapshot(openBreaker());
        QVERIFY(diagram.isAnimating());
        QVERIFY(QTest::qWaitFor([&] { return !diagram.isAnimating(); }, 1500));
    }

    void the_animation_ends_when_the_diagram_is_hidden() {
        StateDiagram diagram;
        diagram.show();
        diagram.setSnapshot(closedBreaker());
        diagram.setSnapshot(openBreaker());
        QVERIFY(diagram.isAnimating());
        diagram.hide();
        QVERIFY(!diagram.isAnimating());
        diagram.setSnapshot(halfOpenBreaker());
        QVERIFY(!diagram.isAnimating());
    }

    void without_motion_the_new_state_is_drawn_at_once() {
        StateDiagram diagram;
        showStill(diagram);
        diagram.setSnapshot(closedBreaker());
        diagram.setSnapshot(openBreaker());
        QVERIFY(!diagram.isAnimating());
        StateDiagram fresh;
        showStill(fresh);
        fresh.setSnapshot(openBreaker());
        QCOMPARE(diagram.grab().toImage(), fresh.grab().toImage());
    }

    void another_breaker_is_shown_without_a_transition() {
        StateDiagram diagram;
        diagram.show();
        diagram.setSnapshot(closedBreaker());
        diagram.setSnapshot(snapshotIn(domain::State::open, "payments"));
        QVERIFY(!diagram.isAnimating());
    }

    void what_has_not_changed_is_not_painted_again() {
        StateDiagram diagram;
        showStill(diagram);
        diagram.setSnapshot(openBreaker());
        QCoreApplication::processEvents();
        PaintCounter counter(diagram);
        diagram.setSnapshot(openBreaker());
        QCoreApplication::processEvents();
        QCOMPARE(counter.paints, 0);
        diagram.setSnapshot(closedBreaker());
        QCoreApplication::processEvents();
        QCOMPARE(counter.paints, 1);
    }

    void the_picture_is_told_in_words_to_those_who_cannot_see_it() {
        StateDiagram diagram;
        diagram.setSnapshot(openBreaker());
        QVERIFY(diagram.accessibleDescription().contains(QStringLiteral("Probe in 0:07")));
        diagram.clear();
        QVERIFY(diagram.accessibleDescription().isEmpty());
    }

    void nodes_and_words_stay_inside_at_the_smallest_size() {
        const StateDiagram diagram;
        const QSize smallest = diagram.minimumSizeHint();
        const QRectF area(QPointF(0, 0), QSizeF(smallest));
        const DiagramLayout layout = layOut(area, QFontMetricsF(diagram.font()), Banner::present);
        for (const NodePlace& node : layout.nodes) {
            const QPointF reach(layout.radius, layout.radius);
            QVERIFY(area.contains(QRectF(node.centre - reach, node.centre + reach)));
            QVERIFY(node.word.bottom() < layout.headline.top());
            QVERIFY(node.centre.y() - layout.radius > layout.banner.bottom());
        }
        for (const ArrowPlace& arrow : layout.arrows) {
            const QRectF bounds = arrow.path.boundingRect();
            QVERIFY(area.contains(bounds.topLeft()) && area.contains(bounds.bottomRight()));
        }
    }

    void every_arrow_begins_and_ends_at_the_rim_of_its_nodes() {
        const DiagramLayout layout = layOut(QRectF(0, 0, 560, 300), QFontMetricsF(QFont()), Banner::absent);
        for (const DiagramNode from : kDiagramNodes) {
            for (const DiagramNode to : kDiagramNodes) {
                if (from == to) continue;
                const QPainterPath way = wayBetween(layout, from, to);
                const qreal start = QLineF(layout.node(from).centre, way.pointAtPercent(0)).length();
                const qreal end = QLineF(layout.node(to).centre, way.pointAtPercent(1)).length();
                QVERIFY(qAbs(start - layout.radius) < 8);
                QVERIFY(qAbs(end - layout.radius) < 8);
            }
        }
    }
};

FUSEBOX_TEST(StateDiagramTest)

}  // namespace fusebox::widgets

#include "state_diagram_test.moc"
