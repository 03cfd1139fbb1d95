#pragma once
// Everything that the window shows, brought up to date by each frame, which breaker is looked at, and which ones are
// chosen to be acted on.
// Threads: GUI thread only.
// Lifetime: the command desk outlives it.

#include <fusebox/domain/handling_standing.h>
#include <fusebox/intent/command_desk.h>
#include <fusebox/models/events_model.h>
#include <fusebox/models/fleet_model.h>
#include <fusebox/models/history_book.h>
#include <fusebox/models/proof_book.h>

#include <QObject>

#include <string>
#include <vector>

namespace fusebox::views {

class LiveModels : public QObject {
    Q_OBJECT
public:
    explicit LiveModels(intent::CommandDesk& desk, QObject* parent = nullptr);

    void apply(const domain::FrameRef& frame);

    /// An empty id looks at none. The id stays while its breaker is filtered away or gone for a while.
    void select(const domain::BreakerId& id);
    [[nodiscard]] const domain::BreakerId& selected() const { return m_selected; }
    /// nullptr: none is selected, or it is not in the last frame. Valid until the next apply().
    [[nodiscard]] const models::FleetRow* selectedRow() const { return m_fleet.find(m_selected); }

    /// Several breakers to be acted on at once; the one that is looked at is among them. Fewer than two: it alone.
    void choose(std::vector<domain::BreakerId> ids);
    [[nodiscard]] const std::vector<domain::BreakerId>& chosen() const { return m_chosen; }

    /// How the calls of a breaker are answered when they fail; nullptr: that is not known. Valid until the next apply().
    [[nodiscard]] const domain::HandlingStanding* handlingOf(const domain::BreakerId& id) const;

    /// All breakers of a group, whatever the table's filter hides.
    [[nodiscard]] std::vector<domain::BreakerId> inGroup(const std::string& group) const;

    [[nodiscard]] models::FleetModel& fleet() { return m_fleet; }
    [[nodiscard]] const models::FleetModel& fleet() const { return m_fleet; }
    [[nodiscard]] models::EventsModel& events() { return m_events; }
    [[nodiscard]] const models::ProofBook& proofs() const { return m_proofs; }
    [[nodiscard]] const models::HistoryBook& history() const { return m_history; }
    [[nodiscard]] intent::CommandDesk& desk() { return m_desk; }
    /// nullptr before the first frame.
    [[nodiscard]] const domain::FrameRef& frame() const { return m_frame; }

signals:
    void selectionChanged();
    void choiceChanged();
    /// After each frame, once all models are up to date.
    void applied();

private:
    intent::CommandDesk& m_desk;
    models::FleetModel m_fleet;
    models::EventsModel m_events;
    models::HistoryBook m_history;
    models::ProofBook m_proofs;
    domain::FrameRef m_frame;
    domain::BreakerId m_selected;
    std::vector<domain::BreakerId> m_chosen;
};

}  // namespace fusebox::views
