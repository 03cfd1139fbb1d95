#include <fusebox/shell/shortcuts_dialog.h>

#include <fusebox/views/plain_table.h>

#include <QDialogButtonBox>
#include <QMenuBar>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace fusebox::shell {
namespace {

constexpr QSize kSize{560, 520};

QString withoutMnemonic(QString text) {
    text.remove(QLatin1Char('&'));
    if (text.endsWith(QLatin1String("..."))) text.chop(3);
    return text;
}

void addRow(QStandardItemModel& rows, const QString& keys, const QString& what) {
    rows.appendRow({new QStandardItem(keys), new QStandardItem(what)});
}

}  // namespace

ShortcutsDialog::ShortcutsDialog(const QMenuBar& menus, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(kSize);
    auto* rows = new QStandardItemModel(this);
    rows->setHorizontalHeaderLabels({tr("Keys"), tr("What they do")});
    for (const QAction* entry : menus.actions()) {
        if (entry->menu() != nullptr) addMenu(*entry->menu(), *rows);
    }
    addPaneKeys(*rows);
    auto* table = new views::PlainTable;
    table->setAccessibleName(windowTitle());
    table->setModel(rows);
    table->setColumnSamples({QStringLiteral("Ctrl+Shift+T, and more"), QString()});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table, 1);
    column->addWidget(buttons);
}

void ShortcutsDialog::addMenu(const QMenu& menu, QStandardItemModel& rows) {
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr) addMenu(*action->menu(), rows);
        if (action->shortcut().isEmpty()) continue;
        addRow(rows, action->shortcut().toString(QKeySequence::NativeText), withoutMnemonic(action->text()));
    }
}

void ShortcutsDialog::addPaneKeys(QStandardItemModel& rows) {
    addRow(rows, tr("Up, Down, Page Up, Page Down"), tr("Look at another breaker; the order is held for 5 s"));
    addRow(rows, tr("Ctrl+click, Shift+Up, Shift+Down, Ctrl+A"),
           tr("Select several breakers; actions are done to all of them"));
    addRow(rows, tr("Menu key, Shift+F10"), tr("What can be done to the breaker, to those selected, or to its group"));
    addRow(rows, tr("Enter"),
           tr("Breakers: go to the detail. Errors, events: show the whole text. Transitions: why it "
              "opened. Holds: release"));
    addRow(rows, tr("Ctrl+C"), tr("Copy the selected row"));
    addRow(rows, tr("Esc"), tr("Clear the filter; leave a dialog without doing anything"));
}

}  // namespace fusebox::shell
