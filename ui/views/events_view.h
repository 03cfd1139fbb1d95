#pragma once
// What happened, newest first: transitions, commands, holds. Filtered by text or to the breaker that is looked at.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/views/live_models.h>

#include <QWidget>

class QCheckBox;
class QLabel;

namespace fusebox::widgets {
class FilterBar;
}

namespace fusebox::views {

class PlainTable;

class EventsView : public QWidget {
    Q_OBJECT
public:
    explicit EventsView(LiveModels& models, QWidget* parent = nullptr);

    [[nodiscard]] PlainTable& table() { return *m_table; }
    /// Title and filters on one line, for the head of whoever holds the view.
    [[nodiscard]] QWidget* bar() const { return m_bar; }

private:
    QWidget* makeBar();
    void showCounts(int shown, int total);
    void followBreaker();
    void open(const QModelIndex& index);

    LiveModels& m_models;
    QWidget* m_bar = nullptr;
    widgets::FilterBar* m_filter = nullptr;
    QCheckBox* m_onlySelected = nullptr;
    QLabel* m_losses = nullptr;
    PlainTable* m_table;
};

}  // namespace fusebox::views
