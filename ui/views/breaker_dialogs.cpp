#include <fusebox/views/breaker_dialogs.h>

#include <fusebox/views/command_dialog.h>
#include <fusebox/views/command_scope.h>
#include <fusebox/views/dossier_panel.h>
#include <fusebox/views/dossier_window.h>

#include <utility>

namespace fusebox::views {

BreakerDialogs::BreakerDialogs(LiveModels& models, BreakerActions& actions, QWidget& parent)
    : QObject(&parent), m_models(models), m_actions(actions), m_parent(parent) {}

CommandDialog* BreakerDialogs::open(const intent::Wish& wish, CommandScope scope) {
    auto* dialog = new CommandDialog(m_models, wish, std::move(scope), &m_parent);
    dialog->open();
    return dialog;
}

CommandDialog* BreakerDialogs::openCommand(BreakerAction action) {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || !m_actions.action(action)->isEnabled()) return nullptr;
    if (m_models.chosen().size() > 1) return open(wishOfMany(action), {m_models.chosen(), {}});
    return open(wishOf(action, row->snapshot), {{row->id}, {}});
}

CommandDialog* BreakerDialogs::openGroupCommand(BreakerAction action) {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || row->snapshot.identity->group.empty()) return nullptr;
    const std::string& group = row->snapshot.identity->group;
    return open(wishOfMany(action), {m_models.inGroup(group), group});
}

CommandDialog* BreakerDialogs::openRelease(domain::HoldId hold) {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || row->snapshot.holds.empty()) return nullptr;
    intent::Wish wish;
    wish.kind = domain::CommandKind::release;
    wish.hold = hold;
    return open(wish, {{row->id}, {}});
}

CommandDialog* BreakerDialogs::openEndShadow() {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || row->snapshot.shadow == nullptr) return nullptr;
    intent::Wish wish;
    wish.kind = domain::CommandKind::shadow;
    return open(wish, {{row->id}, {}});
}

ConfigDialog* BreakerDialogs::openEditor(ConfigPurpose purpose, const std::vector<domain::ConfigEntry>& begin) {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || row->snapshot.detail == nullptr || row->snapshot.detail->config().empty()) return nullptr;
    auto* dialog = new ConfigDialog(m_models, purpose, row->snapshot, begin, &m_parent);
    dialog->open();
    return dialog;
}

ConfigDialog* BreakerDialogs::openConfiguration() {
    return openEditor(ConfigPurpose::configure, {});
}

ConfigDialog* BreakerDialogs::openShadow() {
    const models::FleetRow* row = m_models.selectedRow();
    const bool runs = row != nullptr && row->snapshot.shadow != nullptr;
    return openEditor(ConfigPurpose::shadow,
                      runs ? row->snapshot.shadow->differences : std::vector<domain::ConfigEntry>());
}

ConfigDialog* BreakerDialogs::openAdopt() {
    const models::FleetRow* row = m_models.selectedRow();
    if (row == nullptr || row->snapshot.shadow == nullptr) return nullptr;
    return openEditor(ConfigPurpose::configure, row->snapshot.shadow->differences);
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
