#include <fusebox/views/breaker_menu.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>

#include <array>
#include <utility>

namespace fusebox::views {

BreakerMenu::BreakerMenu(LiveModels& models, BreakerActions& actions, BreakerDialogs& dialogs, QWidget* parent)
    : QMenu(tr("&Breaker"), parent), m_models(models), m_caption(addAction(QString())) {
    setToolTipsVisible(true);
    m_caption->setEnabled(false);
    m_caption->setObjectName(QStringLiteral("caption"));
    addSeparator();
    addActions(actions.all());
    addSeparator();
    addPages(dialogs);
    addSeparator();
    addGroup(dialogs);
    connect(&models, &LiveModels::applied, this, &BreakerMenu::refresh);
    connect(&models, &LiveModels::selectionChanged, this, &BreakerMenu::refresh);
    connect(this, &QMenu::aboutToShow, this, &BreakerMenu::refreshNames);
    refresh();
    refreshNames();
}

void BreakerMenu::addPages(BreakerDialogs& dialogs) {
    m_why = addAction(tr("&Why is it open?"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), &dialogs,
                      [&dialogs] { dialogs.openDossier(); });
    m_why->setToolTip(tr("Everything that was known at the moment of its last trip"));
    m_recovery = addAction(tr("Recovery act&ions"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y), this,
                           [this] { emit recoveryWanted(m_models.selected()); });
    m_recovery->setToolTip(tr("What may be done about its dependency, and what was done"));
    m_history = addAction(tr("H&istory"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H), this,
                          [this] { emit historyWanted(m_models.selected()); });
    m_history->setToolTip(tr("Its states, commands, notes and figures over up to 30 days"));
    m_configure = addAction(tr("Edit con&figuration..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), &dialogs,
                            &BreakerDialogs::openConfiguration);
    m_configure->setToolTip(tr("Change options of the live configuration"));
    m_shadow = addAction(tr("&Shadow..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), &dialogs,
                         &BreakerDialogs::openShadow);
    m_shadow->setToolTip(tr("Let a candidate configuration run beside the live one; it refuses nothing"));
    m_endShadow = addAction(tr("E&nd shadow..."), &dialogs, &BreakerDialogs::openEndShadow);
    m_adopt = addAction(tr("&Adopt shadow..."), &dialogs, &BreakerDialogs::openAdopt);
    m_adopt->setToolTip(tr("Make what the candidate has different the live configuration"));
}

void BreakerMenu::addGroup(BreakerDialogs& dialogs) {
    m_group = addMenu(tr("&Group"));
    const std::array entries{std::pair{tr("&Trip group..."), BreakerAction::trip},
                             std::pair{tr("&Reset group..."), BreakerAction::reset},
                             std::pair{tr("Hold group &open..."), BreakerAction::holdOpen},
                             std::pair{tr("Hold group &closed..."), BreakerAction::holdClosed},
                             std::pair{tr("Only &measure in group..."), BreakerAction::onlyMeasure},
                             std::pair{tr("Re&lease my holds in group..."), BreakerAction::release}};
    for (const auto& [name, which] : entries) {
        m_group->addAction(name, &dialogs, [&dialogs, action = which] { dialogs.openGroupCommand(action); });
    }
}

void BreakerMenu::refresh() {
    const models::FleetRow* row = m_models.selectedRow();
    const domain::Snapshot* snapshot = row == nullptr ? nullptr : &row->snapshot;
    const bool detailed = snapshot != nullptr && snapshot->detail != nullptr;
    const bool runs = snapshot != nullptr && snapshot->shadow != nullptr;
    m_why->setEnabled(detailed && !snapshot->detail->dossiers.empty());
    m_recovery->setEnabled(snapshot != nullptr);
    m_history->setEnabled(snapshot != nullptr);
    m_configure->setEnabled(detailed && !snapshot->detail->config().empty());
    m_shadow->setEnabled(m_configure->isEnabled());
    m_endShadow->setEnabled(runs);
    m_adopt->setEnabled(runs && m_configure->isEnabled());
    m_group->setEnabled(snapshot != nullptr && !snapshot->identity->group.empty());
}

// Only when it is about to be seen: counting a group walks over all breakers.
void BreakerMenu::refreshNames() {
    const models::FleetRow* row = m_models.selectedRow();
    const std::size_t chosen = m_models.chosen().size();
    m_caption->setText(chosen > 1       ? tr("%1 selected breakers").arg(chosen)
                       : row == nullptr ? tr("No breaker is selected")
                                        : format::SafeText::caption(row->name));
    if (row == nullptr || row->groupName.isEmpty()) {
        m_group->setTitle(tr("&Group (it is in none)"));
        return;
    }
    const std::size_t members = m_models.inGroup(row->snapshot.identity->group).size();
    m_group->setTitle(
        tr("&Group %1 (%2)")
            .arg(format::SafeText::caption(row->groupName), format::counted(members, tr("breaker"), tr("breakers"))));
}

}  // namespace fusebox::views
