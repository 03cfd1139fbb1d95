#include "shown_services.h"

#include <fusebox/config/load.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/events_view.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>
#include <fusebox/widgets/state_diagram.h>

#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>

namespace fusebox::e2e {
namespace {

QString settingsFile(const support::TempDir& folder) {
    return QString::fromStdString((folder.path() / "settings.ini").string());
}

QStringList textsOf(const QAbstractItemModel& model, int row) {
    QStringList texts;
    for (int column = 0; column < model.columnCount(); ++column) texts << model.index(row, column).data().toString();
    return texts;
}

}  // namespace

ShownServices::ShownServices(const support::TempDir& folder)
    : m_journal((folder.path() / "console.db").string()), m_settings(settingsFile(folder), QSettings::IniFormat) {}

ShownServices::ShownServices(const support::TempDir& folder, const std::string& toml) : ShownServices(folder) {
    const config::Loaded loaded = config::load(folder.write("fusebox.toml", toml));
    if (loaded)
        begin(*loaded, nullptr);
    else
        m_trouble = config::textOf(loaded.error());
}

ShownServices::ShownServices(const support::TempDir& folder, const views::AgentPlace& agent) : ShownServices(folder) {
    begin({}, &agent);
}

void ShownServices::begin(const config::Settings& settings, const views::AgentPlace* agent) {
    journal::JournalSettings journal;
    journal.file = m_journal;
    auto wiring = wiring::Wiring::withSettings(settings, std::move(journal));
    if (!wiring) {
        m_trouble = wiring.error().text();
        return;
    }
    m_wiring = std::move(*wiring);
    m_console = std::make_unique<console::Console>(*m_wiring, m_settings, QStringLiteral("fusebox.toml"),
                                                   desk::TokenKeyring::Backing::sessionOnly);
    if (agent != nullptr) m_trouble = m_console->agents().attachOnce(*agent).toStdString();
    m_console->show();
    m_wiring->start();
    if (!QTest::qWaitForWindowActive(&window())) m_trouble = "the window did not come up";
}

ShownServices::~ShownServices() {
    close();
}

void ShownServices::close() {
    if (m_console) window().close();
    if (m_wiring) m_wiring->stop();
    m_console.reset();
    m_wiring.reset();
}

const models::FleetModel& ShownServices::fleet() const {
    return *qobject_cast<const models::FleetModel*>(window().fleet().table().model());
}

int ShownServices::rowOf(const QString& breaker) const {
    return fleet().rowOf(domain::BreakerId(breaker.toStdString()));
}

QString ShownServices::cell(const QString& breaker, models::FleetModel::Column column) const {
    return fleet().index(rowOf(breaker), column).data().toString();
}

bool ShownServices::isClosedAndBusy(const QString& breaker) const {
    using Fleet = models::FleetModel;
    if (cell(breaker, Fleet::State) != QStringLiteral("Closed")) return false;
    const int row = rowOf(breaker);
    const bool busy = fleet().index(row, Fleet::CallsPerSecond).data(Fleet::SortKeyRole).toDouble() > 0;
    return busy && fleet().index(row, Fleet::P95).data(Fleet::SortKeyRole).isValid();
}

domain::Totals ShownServices::totals(const QString& breaker) const {
    const int row = rowOf(breaker);
    return row < 0 ? domain::Totals() : fleet().row(row).snapshot.metrics.totals;
}

void ShownServices::lookAt(const QString& breaker) {
    views::FleetTable& table = window().fleet().table();
    const QRect place = table.visualRect(fleet().index(rowOf(breaker), models::FleetModel::Name));
    QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::NoModifier, place.center());
}

std::optional<widgets::DiagramContent> ShownServices::diagram() const {
    const auto* diagram = window().breaker().findChild<widgets::StateDiagram*>();
    return diagram->isVisible() ? diagram->content() : std::nullopt;
}

bool ShownServices::diagramLights(domain::State state) const {
    const auto content = diagram();
    return content && content->ruling && content->ruling == widgets::nodeOf(state);
}

views::PlainTable* ShownServices::openList(const QString& name) {
    QTabWidget& lists = window().breaker().lists();
    for (int tab = 0; tab < lists.count(); ++tab) {
        if (!lists.tabText(tab).startsWith(name)) continue;
        QTest::mouseClick(lists.tabBar(), Qt::LeftButton, Qt::NoModifier, lists.tabBar()->tabRect(tab).center());
        // Alone on its page, or with buttons beside it.
        auto* table = qobject_cast<views::PlainTable*>(lists.currentWidget());
        if (table == nullptr) table = lists.currentWidget()->findChild<views::PlainTable*>();
        return table != nullptr && table->accessibleName() == name ? table : nullptr;
    }
    return nullptr;
}

QString ShownServices::errand() const {
    for (const format::SafeLabel* label : window().breakerDock().titleBarWidget()->findChildren<format::SafeLabel*>()) {
        if (label->accessibleName() == QStringLiteral("Last command on this breaker")) return label->fullText();
    }
    return {};
}

bool ShownServices::hasRow(const views::PlainTable& table, const QStringList& texts) {
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        const QString line = textsOf(*table.model(), row).join(QLatin1Char('\n'));
        if (std::all_of(texts.begin(), texts.end(), [&](const QString& text) { return line.contains(text); }))
            return true;
    }
    return false;
}

bool ShownServices::hasEvent(const QStringList& texts) const {
    return window().eventsDock().isVisible() && hasRow(window().events().table(), texts);
}

views::CommandDialog* ShownServices::press(const QString& button) {
    auto* found = window().findChild<QToolButton*>(button);
    if (found == nullptr || !soon([&] { return found->isVisible() && found->isEnabled(); })) return nullptr;
    QTest::mouseClick(found, Qt::LeftButton);
    return qobject_cast<views::CommandDialog*>(QApplication::activeModalWidget());
}

void ShownServices::confirm(views::CommandDialog& dialog, const QString& reason) {
    QTest::keyClicks(dialog.findChild<QLineEdit*>(), reason);
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
}

std::string ShownServices::describe(const QString& breaker) const {
    QStringList lines{rowOf(breaker) < 0 ? breaker + " is not in the table"
                                         : textsOf(fleet(), rowOf(breaker)).join(QStringLiteral(" | "))};
    if (const auto shown = diagram()) {
        lines << "diagram: " + shown->name + ", " + shown->banner + ", " + shown->headline + ' ' + shown->sentence;
    }
    lines << "command: " + errand();
    const QAbstractItemModel& events = *window().events().table().model();
    for (int row = 0; row < std::min(events.rowCount(), 10); ++row) {
        lines << "event: " + textsOf(events, row).join(QStringLiteral(" | "));
    }
    return lines.join(QLatin1Char('\n')).toStdString();
}

}  // namespace fusebox::e2e
