#pragma once
// Opens the dialogs and windows that belong to the breaker that is looked at.
// Threads: GUI thread only.
// Lifetime: models, actions and parent outlive it; what it opens deletes itself when it is closed.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/live_models.h>

#include <QObject>

#include <cstdint>
#include <optional>

namespace fusebox::views {

class CommandDialog;
class DossierWindow;

class BreakerDialogs : public QObject {
    Q_OBJECT
public:
    BreakerDialogs(LiveModels& models, BreakerActions& actions, QWidget& parent);

    /// nullptr when that cannot be done now.
    CommandDialog* openCommand(BreakerAction action);
    /// Why it is open: the trip of this sequence number, or the newest. One window per breaker; nullptr without a trip.
    DossierWindow* openDossier(std::optional<std::uint64_t> sequence = {});

private:
    LiveModels& m_models;
    BreakerActions& m_actions;
    QWidget& m_parent;
};

}  // namespace fusebox::views
