#pragma once
// Opens the dialogs and windows that belong to the breaker that is looked at.
// Threads: GUI thread only.
// Lifetime: models, actions and parent outlive it; what it opens deletes itself when it is closed.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/config_dialog.h>
#include <fusebox/views/live_models.h>

#include <QObject>

#include <cstdint>
#include <optional>

namespace fusebox::views {

class CommandDialog;
struct CommandScope;
class DossierWindow;

class BreakerDialogs : public QObject {
    Q_OBJECT
public:
    BreakerDialogs(LiveModels& models, BreakerActions& actions, QWidget& parent);

    // Each gives nullptr when that cannot be done now.

    /// For the breaker that is looked at, or for all that are chosen.
    CommandDialog* openCommand(BreakerAction action);
    /// For all breakers of its group, by one command.
    CommandDialog* openGroupCommand(BreakerAction action);
    CommandDialog* openRelease(domain::HoldId hold);
    CommandDialog* openEndShadow();
    /// The editor for its live configuration.
    ConfigDialog* openConfiguration();
    /// The editor for the candidate beside it.
    ConfigDialog* openShadow();
    /// The editor for its live configuration, with what the candidate has different.
    ConfigDialog* openAdopt();
    /// Why it is open: the trip of this sequence number, or the newest. One window per breaker; nullptr without a trip.
    DossierWindow* openDossier(std::optional<std::uint64_t> sequence = {});

private:
    CommandDialog* open(const intent::Wish& wish, CommandScope scope);
    ConfigDialog* openEditor(ConfigPurpose purpose, const std::vector<domain::ConfigEntry>& begin);

    LiveModels& m_models;
    BreakerActions& m_actions;
    QWidget& m_parent;
};

}  // namespace fusebox::views
