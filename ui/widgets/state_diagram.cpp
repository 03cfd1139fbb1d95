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

/// Where the change came from: the automaton's own account, since a short half-open can fall between two snapshots.
std::optional<DiagramNode> cameFrom(const domain::Snapshot& snapshot, const DiagramContent& before) {
    if (snapshot.heldAs || before.heldAs || !snapshot.detail || snapshot.detail->transitions.empty()) {
        return before.ruling;
    }
    const domain::Transition& last = snapshot.detail->transitions.back();
    if (last.to != snapshot.state) return before.ruling;
    switch (last.from) {
        case domain::State::closed:
            return DiagramNode::closed;
        case domain::State::halfOpen:
            return DiagramNode::halfOpen;
        case domain::State::open:
            return DiagramNode::open;
        case domain::State::unknown:
        case domain::State::stale:
            break;
    }
    return before.ruling;
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
    const bool changed = m_content && id == m_shown && m_content->ruling != content.ruling;
    const std::optional<DiagramNode> from = changed ? cameFrom(snapshot, *m_content) : std::nullopt;
    if (id != m_shown) m_motion.stop();
    m_shown = id;
    m_content = std::move(content);
    setAccessibleDescription(m_content->banner + QStringLiteral(" ") + m_content->headline + QStringLiteral(" ") +
                             m_content->sentence);
    if (from && m_content->ruling && *from != *m_content->ruling) startMotion(*from, *m_content->ruling);
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

void StateDiagram::startMotion(DiagramNode from, DiagramNode to) {
    m_motion.stop();
    const int duration = static_cast<int>(std::lround(kMotionMs * m_motionScale));
    if (duration <= 0 || !isVisible()) return;
    m_from = from;
    m_to = to;
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
