#pragma once
// What is failing: one line per error pattern with its figures, the errors of the last hour by category, and all about
// the pattern that is selected. A hidden page costs nothing; it catches up when it is shown.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/models/patterns_model.h>
#include <fusebox/views/live_models.h>

#include <QByteArray>
#include <QWidget>

class QSplitter;

namespace fusebox::charts {
class CategoryChart;
}

namespace fusebox::views {

class ErrorTotals;
class PatternFilters;
class PatternPanel;
class PatternTable;

class ErrorsView : public QWidget {
    Q_OBJECT
public:
    explicit ErrorsView(LiveModels& models, QWidget* parent = nullptr);

    /// Shows this pattern, taking filters away that would hide it.
    void showPattern(domain::PatternId id);
    /// Only the patterns of this breaker.
    void showBreaker(const domain::BreakerId& breaker);
    void focusFilter();

    [[nodiscard]] models::PatternsModel& patterns() { return m_patterns; }
    [[nodiscard]] PatternTable& table() { return *m_table; }
    [[nodiscard]] PatternPanel& panel() { return *m_panel; }
    [[nodiscard]] PatternFilters& filters() { return *m_filters; }
    [[nodiscard]] charts::CategoryChart& chart() { return *m_chart; }

signals:
    void breakerWanted(const fusebox::domain::BreakerId& breaker);
    /// What was done about a pattern, on the page of recovery.
    void actionWanted(const fusebox::domain::BreakerId& breaker, fusebox::domain::RecoveryAction action);
    void tripWanted(const fusebox::domain::BreakerId& breaker, std::uint64_t transition);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeBottom();
    void refresh();
    void applyFilter();
    void showState();
    void showSelected();
    void open(const QModelIndex& index);
    [[nodiscard]] QString emptyText() const;

    LiveModels& m_models;
    models::PatternsModel m_patterns;
    ErrorTotals* m_totals = nullptr;
    PatternFilters* m_filters = nullptr;
    PatternTable* m_table = nullptr;
    PatternPanel* m_panel = nullptr;
    charts::CategoryChart* m_chart = nullptr;
};

}  // namespace fusebox::views
