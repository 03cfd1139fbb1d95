#pragma once
// The head of a chart: its title, the moment the figures are of, and each line's mark, name and figure.
// Where it is narrow the marks move together, then the letters become smaller; nothing is cut.

#include <fusebox/format/theme.h>

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

namespace fusebox::charts {

struct LegendEntry {
    enum class Mark { line, area, dashes };

    QString name;
    QString figure;
    QColor colour;
    Mark mark = Mark::line;
    QString room = {};  ///< a figure as wide as they usually get: what stands behind it does not move when digits do

    bool operator==(const LegendEntry&) const = default;
};

class ChartLegend : public QWidget {
    Q_OBJECT

public:
    explicit ChartLegend(const QString& title, QWidget* parent = nullptr);

    void setTheme(const format::Theme& theme);
    void setEntries(const QString& moment, std::vector<LegendEntry> entries);
    /// Where there are many: in how many rows they stand.
    void setRows(int rows);
    [[nodiscard]] const std::vector<LegendEntry>& entries() const { return m_entries; }
    [[nodiscard]] const QString& moment() const { return m_moment; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintEntries(QPainter& painter, const QRectF& row, const std::vector<LegendEntry>& entries) const;

    QString m_title;
    QString m_moment;
    std::vector<LegendEntry> m_entries;
    int m_rows = 1;
    format::Theme m_theme;
};

}  // namespace fusebox::charts
