#include <fusebox/widgets/breaker_delegate.h>

#include <fusebox/format/figures.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>
#include <fusebox/widgets/colour_mix.h>
#include <fusebox/widgets/pattern_marks.h>
#include <fusebox/widgets/state_lamp.h>

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace fusebox::widgets {

namespace {

constexpr int kPaddingX = 6;
constexpr int kPaddingY = 3;
constexpr qreal kMarkGap = 6;

QColor colourOf(Tone tone, const format::Theme& theme) {
    switch (tone) {
        case Tone::normal:
            return theme.text;
        case Tone::muted:
            return theme.mutedText;
        case Tone::alarm:
            return theme.danger;
    }
    return theme.text;
}

/// Lines across the row, thin enough to read what stands on them.
void paintHatch(QPainter& painter, const QRect& rect, const format::Theme& theme) {
    const QBrush before = painter.brush();
    painter.setBrushOrigin(0, 0);
    painter.fillRect(rect, QBrush(mixed(theme.surface, theme.mutedText, 0.22), Qt::BDiagPattern));
    painter.setBrush(before);
}

QRectF contentOf(const QStyleOptionViewItem& option) {
    return QRectF(option.rect).adjusted(kPaddingX, 0, -kPaddingX, 0);
}

}  // namespace

BreakerDelegate::BreakerDelegate(const CellSource& source, QObject* parent)
    : QAbstractItemDelegate(parent), m_source(source) {}

int BreakerDelegate::rowHeight(const QFontMetrics& metrics) {
    return metrics.height() + 2 * kPaddingY + 2;
}

const format::Figures& BreakerDelegate::figuresFor(const QFont& font) const {
    if (!m_figures || font != m_figuresFont) {
        m_figures.emplace(font);
        m_figuresFont = font;
    }
    return *m_figures;
}

void BreakerDelegate::paintText(QPainter& painter, const QRectF& box, const TextCell& cell, const QColor& colour,
                                const QStyleOptionViewItem& option) const {
    if (cell.text.isEmpty()) return;
    painter.setPen(colour);
    const Qt::Alignment align = cell.align | Qt::AlignVCenter;
    if (cell.align & Qt::AlignRight) {
        const format::Figures& figures = figuresFor(option.font);
        if (figures.width(cell.text) <= box.width()) return figures.draw(painter, box, align, cell.text);
    }
    m_lines.draw(painter, box, cell.align, cell.text, option.font);
}

void BreakerDelegate::paintState(QPainter& painter, const QRectF& box, const format::StateLook& look,
                                 const format::Theme& theme, const QStyleOptionViewItem& option) const {
    const qreal side = stateMarkSide(QFontMetricsF(option.font));
    paintStateMark(painter, QRectF(box.left(), box.center().y() - side / 2, side, side), look, theme);
    painter.setPen(theme.text);
    m_lines.draw(painter, box.adjusted(side + kMarkGap, 0, 0, 0), Qt::AlignLeft, look.word, option.font);
}

void BreakerDelegate::paintMark(QPainter& painter, const QRectF& box, const MarkCell& cell, const format::Theme& theme,
                                const QStyleOptionViewItem& option) const {
    const qreal side = std::floor(QFontMetricsF(option.font).ascent());
    const QRectF place(box.left(), std::round(box.center().y() - side / 2), side, side);
    if (const auto* severity = std::get_if<domain::Severity>(&cell.mark)) {
        paintSeverityMark(painter, place, *severity, theme);
    } else {
        paintTrendMark(painter, place, std::get<domain::Trend>(cell.mark), theme);
    }
    painter.setPen(theme.text);
    m_lines.draw(painter, box.adjusted(side + kMarkGap, 0, 0, 0), Qt::AlignLeft, cell.word, option.font);
}

void BreakerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const format::Theme& theme = format::Theme::of(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected) {
        const bool active = option.state.testFlag(QStyle::State_Active);
        painter->fillRect(option.rect, mixed(theme.surface, theme.accent, active ? 0.28 : 0.18));
        if (index.column() == 0) {
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent);
        }
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && !selected) {
        painter->setPen(theme.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }

    const QRectF box = contentOf(option);
    const Cell cell = m_source.cellAt(index);
    const bool stale = m_source.isStale(index);
    if (stale) paintHatch(*painter, option.rect, theme);
    painter->setFont(option.font);
    if (const auto* text = std::get_if<TextCell>(&cell)) {
        // On the selection's tint the muted tone would be too faint to read.
        const bool plain = selected && (stale || text->tone == Tone::muted);
        const Tone tone = stale ? Tone::muted : text->tone;
        paintText(*painter, box, *text, plain ? theme.text : colourOf(tone, theme), option);
    } else if (const auto* state = std::get_if<StateCell>(&cell)) {
        paintState(*painter, box, state->look, theme, option);
    } else if (const auto* trend = std::get_if<TrendCell>(&cell)) {
        paintSparkline(*painter, box.adjusted(0, kPaddingY + 1, 0, -kPaddingY - 1),
                       {trend->points.data(), static_cast<std::size_t>(trend->points.size())}, theme.accent,
                       theme.outcomeFailure, {.width = trend->width, .leastTop = trend->leastTop});
    } else if (const auto* mark = std::get_if<MarkCell>(&cell)) {
        paintMark(*painter, box, *mark, theme, option);
    }
}

QSize BreakerDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Cell cell = m_source.cellAt(index);
    const QFontMetrics& metrics = option.fontMetrics;
    int width = 0;
    if (const auto* text = std::get_if<TextCell>(&cell)) {
        width = metrics.horizontalAdvance(text->text);
    } else if (const auto* state = std::get_if<StateCell>(&cell)) {
        width = static_cast<int>(stateMarkSide(QFontMetricsF(option.font))) + 8 +
                metrics.horizontalAdvance(state->look.word);
    } else if (const auto* mark = std::get_if<MarkCell>(&cell)) {
        width = metrics.ascent() + 8 + metrics.horizontalAdvance(mark->word);
    } else {
        width = 100;
    }
    return {width + 2 * kPaddingX + 1, rowHeight(metrics)};
}

bool BreakerDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid()) return false;
    const Cell cell = m_source.cellAt(index);
    const auto* text = std::get_if<TextCell>(&cell);
    const bool cut = text != nullptr && option.fontMetrics.horizontalAdvance(text->text) > contentOf(option).width();
    QToolTip::showText(event->globalPos(), cut ? format::SafeText::toolTip(text->text) : QString(), view);
    return true;
}

}  // namespace fusebox::widgets
