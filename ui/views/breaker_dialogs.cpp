#include <fusebox/views/breaker_dialogs.h>

#include <fusebox/views/command_dialog.h>
#include <fusebox/views/dossier_panel.h>
#include <fusebox/views/dossier_window.h>

namespace fusebox::views {

BreakerDialogs::BreakerDialogs(LiveModels& models, BreakerActions& actions, QWidget& parent)
    : QObject(&parent), m_models(models), m_actions(actions), m_parent(parent) {}

CommandDialog* BreakerDialogs::openCommand(BreakerAction action) {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || !m_actions.action(action)->isEnabled()) return nullptr;
    auto* dialog = new CommandDialog(m_models, action, row->snapshot, &m_parent);
    dialog->open();
    return dialog;
}

DossierWindow* BreakerDialogs::openDossier(std::optional<std::uint64_t> sequence) {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || row->snapshot.detail == nullptr || row->snapshot.detail->dossiers.empty()) return nullptr;
    for (DossierWindow* open : m_parent.findChildren<DossierWindow*>()) {
        if (open->breaker() != row->id) continue;
        if (sequence) {
            open->panel().choose(*sequence);
        } else {
            open->panel().followNewest();
        }
        open->raise();
        open->activateWindow();
        return open;
    }
    auto* window = new DossierWindow(m_models, row->snapshot, sequence, &m_parent);
    window->show();
    return window;
}

}  // namespace fusebox::views
