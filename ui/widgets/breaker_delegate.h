#pragma once
// Paints the rows of a large live table: text laid out once, state lamps, marks and sparklines, no style option per
// cell.
// What a cell shows comes from a CellSource, so that the delegate knows no model.
// Limits: one line per row; text that does not fit is shortened with an ellipsis.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/format/figures.h>
#include <fusebox/format/state_look.h>
#include <fusebox/format/theme.h>
#include <fusebox/widgets/laid_text.h>
#include <fusebox/widgets/sparkline.h>

#include <QAbstractItemDelegate>
#include <QString>
#include <QVarLengthArray>

#include <cstddef>
#include <optional>
#include <variant>

namespace fusebox::widgets {

/// How a cell's text stands out.
enum class Tone { normal, muted, alarm };

struct TextCell {
    QString text;
    Qt::Alignment align = Qt::AlignLeft;
    Tone tone = Tone::normal;
};

struct StateCell {
    format::StateLook look;
};

struct TrendCell {
    QVarLengthArray<SparkPoint, 64> points;  ///< oldest first
    float leastTop = 1;                      ///< the least value that reaches the top, see SparkScale
    std::size_t width = 60;                  ///< how many points fill the cell
};

/// A mark of its own, with its word beside it.
struct MarkCell {
    std::variant<domain::Severity, domain::Trend> mark;
    QString word;
};

using Cell = std::variant<TextCell, StateCell, TrendCell, MarkCell>;

class CellSource {
public:
    virtual ~CellSource() = default;
    [[nodiscard]] virtual Cell cellAt(const QModelIndex& index) const = 0;
    /// Its row is of before: hatched, and nothing in it stands out.
    [[nodiscard]] virtual bool isStale(const QModelIndex&) const { return false; }
};

class BreakerDelegate : public QAbstractItemDelegate {
    Q_OBJECT

public:
    /// REQUIRES: the source outlives the delegate.
    explicit BreakerDelegate(const CellSource& source, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// The height that every row should have.
    [[nodiscard]] static int rowHeight(const QFontMetrics& metrics);

    /// Shows a cell's full text as a plain tooltip where it was shortened.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    [[nodiscard]] const format::Figures& figuresFor(const QFont& font) const;
    void paintText(QPainter& painter, const QRectF& box, const TextCell& cell, const QColor& colour,
                   const QStyleOptionViewItem& option) const;

    void paintState(QPainter& painter, const QRectF& box, const format::StateLook& look, const format::Theme& theme,
                    const QStyleOptionViewItem& option) const;
    void paintMark(QPainter& painter, const QRectF& box, const MarkCell& cell, const format::Theme& theme,
                   const QStyleOptionViewItem& option) const;

    const CellSource& m_source;
    mutable LaidText m_lines;
    mutable QFont m_figuresFont;  ///< the font that m_figures measured
    mutable std::optional<format::Figures> m_figures;
};

}  // namespace fusebox::widgets
