#pragma once
// The first thing that is seen: the summary strip, the text filter and the table of all breakers.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/views/live_models.h>

#include <QByteArray>
#include <QWidget>

class QLabel;

namespace fusebox::widgets {
class FilterBar;
}

namespace fusebox::views {

class FleetTable;
class SummaryView;

class FleetView : public QWidget {
    Q_OBJECT
public:
    explicit FleetView(LiveModels& models, QWidget* parent = nullptr);

    [[nodiscard]] FleetTable& table() { return *m_table; }
    void focusFilter();

    /// Widths, order and sort of the columns.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);
    void resetState();

private:
    void showCounts(int shown, int total);

    LiveModels& m_models;
    SummaryView* m_summary;
    widgets::FilterBar* m_filter;
    QLabel* m_held;
    FleetTable* m_table;
};

}  // namespace fusebox::views
