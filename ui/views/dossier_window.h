#pragma once
// A dossier in a window of its own, beside the console: it stays with its breaker, whatever the console looks at.
// Threads: GUI thread only.
// Lifetime: the models outlive it; it deletes itself when it is closed.

#include <fusebox/views/live_models.h>

#include <QDialog>

#include <cstdint>
#include <optional>

namespace fusebox::views {

class DossierPanel;

class DossierWindow : public QDialog {
    Q_OBJECT
public:
    /// REQUIRES: snapshot.identity is set. Without a sequence: the newest trip.
    DossierWindow(LiveModels& models, const domain::Snapshot& snapshot, std::optional<std::uint64_t> sequence,
                  QWidget* parent);

    [[nodiscard]] DossierPanel& panel() { return *m_panel; }
    [[nodiscard]] const domain::BreakerId& breaker() const { return m_breaker; }

private:
    void refresh();

    LiveModels& m_models;
    const domain::BreakerId m_breaker;
    DossierPanel* m_panel;
};

}  // namespace fusebox::views
