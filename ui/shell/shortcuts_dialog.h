#pragma once
// Lists every key that does something: those of the menus, read from the menus themselves, and those of the panes.
// Deletes itself when it is closed.

#include <QDialog>

class QMenu;
class QMenuBar;
class QStandardItemModel;

namespace fusebox::shell {

class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(const QMenuBar& menus, QWidget* parent);

private:
    void addMenu(const QMenu& menu, QStandardItemModel& rows);
    void addPaneKeys(QStandardItemModel& rows);
};

}  // namespace fusebox::shell
