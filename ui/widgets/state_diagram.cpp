#include <fusebox/widgets/state_diagram.h>

#include <fusebox/format/theme.h>
#include <fusebox/widgets/diagram_layout.h>
#include <fusebox/widgets/diagram_painter.h>

#include <QEasingCurve>
#include <QPainter>

#include <cmath>

namespace fusebox::widgets {

namespace {

constexpr double kMotionMs = 1200;
constexpr qreal kMargin = 8;

/// Where a change came from: the automaton's own account, since a short half-open can fall between two snapshots.
DiagramNode cameFrom(const domain::Snapshot& snapshot, DiagramNode before) {
    if (snapshot.heldAs || !snapshot.detail || snapshot.detail->transitions.empty()) return before;
    const domain::Transition& last = snapshot.detail->transitions.back();
    return last.to == snapshot.state ? nodeOf(last.from).value_or(before) : before;
}

}  // namespace

StateDiagram::StateDiagram(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("State diagram"));
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&m_motion, &QVariantAnimation::finished, this, qOverload<>(&QWidget::update));
}

void StateDiagram::setSnapshot(const domain::Snapshot& snapshot) {
    DiagramContent content = describe(snapshot);
    const domain::BreakerId id = snapshot.identity ? snapshot.identity->id : domain::BreakerId{};
    if (m_content == content && id == m_shown) return;
    if (m_content && id == m_shown) {
        animate(m_content->ruling, content.ruling, snapshot);
    } else {
        m_motion.stop();
    }
    m_shown = id;
    m_content = std::move(content);
    setAccessibleDescription(m_content->banner + QStringLiteral(" ") + m_content->headline + QStringLiteral(" ") +
                             m_content->sentence);
    update();
}

void StateDiagram::clear() {
    m_motion.stop();
    m_content.reset();
    m_shown = {};
    setAccessibleDescription(QString());
    update();
}

void StateDiagram::setMotionScale(double scale) {
    m_motionScale = scale;
    if (scale <= 0) m_motion.stop();
    update();
}

bool StateDiagram::isAnimating() const {
    return m_motion.state() == QAbstractAnimation::Running;
}

void StateDiagram::animate(std::optional<DiagramNode> before, std::optional<DiagramNode> after,
                           const domain::Snapshot& snapshot) {
    if (before == after) return;
    m_motion.stop();
    const int duration = static_cast<int>(std::lround(kMotionMs * m_motionScale));
    if (!before || !after || duration <= 0 || !isVisible()) return;
    m_from = cameFrom(snapshot, *before);
    m_to = *after;
    m_motion.setDuration(duration);
    m_motion.start();
}

void StateDiagram::hideEvent(QHideEvent* event) {
    m_motion.stop();
    QWidget::hideEvent(event);
}

QSize StateDiagram::sizeHint() const {
    const int line = fontMetrics().height();
    return {38 * line, 19 * line};
}

QSize StateDiagram::minimumSizeHint() const {
    const int line = fontMetrics().height();
    return {26 * line, 15 * line};
}

void StateDiagram::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    const QRectF area = QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    if (!m_content) {
        painter.setPen(theme.mutedText);
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, tr("Choose a breaker to see its state."));
        return;
    }
    const Banner banner = m_content->banner.isEmpty() ? Banner::absent : Banner::present;
    const DiagramLayout layout = layOut(area, QFontMetricsF(font()), banner);
    std::optional<DiagramMotion> motion;
    if (isAnimating()) motion = DiagramMotion{m_from, m_to, m_motion.currentValue().toDouble()};
    paintDiagram(painter, *m_content, layout, theme, motion);
}

}  // namespace fusebox::widgets
