#pragma once
// Who holds the breaker, how, why and until when, with a button that releases the hold that is selected.
// Threads: GUI thread only.

#include <fusebox/models/holds_model.h>

#include <QWidget>

class QLabel;
class QPoint;
class QToolButton;

namespace fusebox::views {

class PlainTable;

class HoldsPanel : public QWidget {
    Q_OBJECT
public:
    explicit HoldsPanel(QWidget* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();
    [[nodiscard]] int count() const { return m_holds.rowCount(); }

signals:
    void releaseWanted(fusebox::domain::HoldId hold);

private:
    void releaseCurrent();
    void showMenu(const QPoint& at);

    models::HoldsModel m_holds;
    PlainTable* m_table;
    QLabel* m_summary;
    QToolButton* m_release;
};

}  // namespace fusebox::views
