#pragma once
// The live table of all breakers. While the pointer is over the rows, while a menu is open and for a few seconds after
// a key was used in it, its order is held, so that nobody acts on a row that has just moved. Several rows may be
// selected: they are what is acted on, and the current one among them is what is looked at.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/views/fleet_cells.h>
#include <fusebox/views/live_models.h>
#include <fusebox/views/plain_table.h>

#include <QTimer>

namespace fusebox::views {

class FleetTable : public PlainTable {
    Q_OBJECT
public:
    explicit FleetTable(LiveModels& models, QWidget* parent = nullptr);

    /// As designed: widths, order, sort by state, everything shown.
    void resetColumns();

signals:
    void orderHeld(bool held);
    void menuRequested(const QPoint& globalPosition);

protected:
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void followModel();
    void showSelection();
    void tellChoice();
    void onCurrentRow(const QModelIndex& current);
    void updateHold();
    void showHeaderMenu(const QPoint& at);

    LiveModels& m_models;
    FleetCells m_cells;
    QTimer m_keyHold;
    bool m_pointerInside = false;
    bool m_menuOpen = false;
    bool m_modelMoves = false;
    bool m_choosing = false;
};

}  // namespace fusebox::views
