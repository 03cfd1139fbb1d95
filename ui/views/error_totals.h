#pragma once
// The strip above the error patterns: how many errors, how many of each category (press to see only these), and whether
// recovery helps.
// Threads: GUI thread only.

#include <fusebox/domain/error_pattern.h>

#include <QWidget>

#include <array>
#include <bitset>

namespace fusebox::widgets {
class SummaryTile;
}

namespace fusebox::views {

class ErrorTotals : public QWidget {
    Q_OBJECT
public:
    explicit ErrorTotals(QWidget* parent = nullptr);

    /// nullptr: nothing is known.
    void show(const domain::ErrorReport* report);
    [[nodiscard]] std::bitset<domain::kCategoryCount> categories() const;
    /// All categories.
    void clear();

signals:
    void categoriesChanged();

private:
    widgets::SummaryTile* addFigure(const QString& caption, const QString& tip);

    widgets::SummaryTile* m_total;
    widgets::SummaryTile* m_perMinute;
    std::array<widgets::SummaryTile*, domain::kCategoryCount> m_categories{};
    widgets::SummaryTile* m_success;
    widgets::SummaryTile* m_time;
};

}  // namespace fusebox::views
