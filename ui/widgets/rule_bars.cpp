#include <fusebox/widgets/rule_bars.h>

#include <fusebox/format/safe_text.h>
#include <fusebox/format/standings.h>
#include <fusebox/format/theme.h>
#include <fusebox/format/words.h>
#include <fusebox/widgets/colour_mix.h>

#include <QHelpEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

#include <algorithm>

namespace fusebox::widgets {

namespace {

constexpr double kLimitAt = 0.7;  // of the bar's width: room beyond shows by how much a limit was passed
constexpr double kNear = 0.8;
constexpr int kRowPadding = 8;
constexpr int kGap = 10;

QString valueText(const domain::RuleStanding& standing) {
    if (!standing.value) {
        return RuleBars::tr("too few calls: %1 of %2").arg(standing.calls).arg(standing.minimumCalls);
    }
    return RuleBars::tr("%1, limit %2").arg(format::standingValue(standing), format::standingLimit(standing));
}

}  // namespace

RuleBars::RuleBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Trip rules"));
}

void RuleBars::setStandings(const std::vector<domain::RuleStanding>& standings, std::optional<domain::TripRule> fired) {
    if (standings == m_standings && fired == m_fired) return;
    m_standings = standings;
    m_fired = fired;
    QStringList lines;
    for (const domain::RuleStanding& standing : m_standings) lines << format::standingText(standing);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

int RuleBars::rowHeight() const {
    return fontMetrics().height() + kRowPadding;
}

QSize RuleBars::sizeHint() const {
    const int rows = std::max(1, static_cast<int>(m_standings.size()));
    return {fontMetrics().height() * 26, rows * rowHeight()};
}

QSize RuleBars::minimumSizeHint() const {
    return {fontMetrics().height() * 16, sizeHint().height()};
}

bool RuleBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = help->pos().y() / rowHeight();
    if (row < 0 || row >= static_cast<int>(m_standings.size())) return QWidget::event(event);
    QToolTip::showText(help->globalPos(),
                       format::SafeText::toolTip(format::standingText(m_standings[static_cast<std::size_t>(row)])),
                       this);
    return true;
}

void RuleBars::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_standings.empty()) {
        painter.setPen(theme.mutedText);
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("No rule was on."));
        return;
    }
    QRectF row(0, 0, width(), rowHeight());
    for (const domain::RuleStanding& standing : m_standings) {
        paintRow(painter, row, standing);
        row.translate(0, rowHeight());
    }
}

void RuleBars::paintRow(QPainter& painter, const QRectF& row, const domain::RuleStanding& standing) const {
    const format::Theme& theme = format::Theme::of(palette());
    const bool fired = m_fired == standing.rule;
    QFont bold = font();
    bold.setBold(fired);
    painter.setFont(bold);
    const qreal wordWidth = fontMetrics().horizontalAdvance(QStringLiteral("Consecutive failures mm"));
    const qreal valueWidth =
        std::min(fontMetrics().horizontalAdvance(QStringLiteral("too few calls: 100 of 100")) * 1.0, row.width() * 0.4);
    painter.setPen(fired ? theme.danger : theme.text);
    painter.drawText(QRectF(row.left(), row.top(), wordWidth, row.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, format::word(standing.rule));
    painter.setPen(standing.value ? theme.text : theme.mutedText);
    painter.drawText(QRectF(row.right() - valueWidth, row.top(), valueWidth, row.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, valueText(standing));

    QRectF bar(row.left() + wordWidth, row.center().y() - row.height() / 5, 0, row.height() / 2.5);
    bar.setWidth(row.width() - wordWidth - valueWidth - kGap);
    if (bar.width() < 8) return;
    painter.fillRect(bar, mixed(theme.surface, theme.text, 0.10));
    const double near = format::nearness(standing);
    QRectF filled = bar;
    filled.setWidth(bar.width() * std::clamp(near * kLimitAt, 0.0, 1.0));
    painter.fillRect(filled, near >= 1 ? theme.stateOpen : near >= kNear ? theme.stateHalfOpen : theme.stateClosed);
    const qreal limit = bar.left() + bar.width() * kLimitAt;
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawLine(QPointF(limit, bar.top() - 3), QPointF(limit, bar.bottom() + 3));
}

}  // namespace fusebox::widgets
