#include <fusebox/views/live_models.h>

#include <algorithm>
#include <utility>

namespace fusebox::views {

LiveModels::LiveModels(intent::CommandDesk& desk, QObject* parent) : QObject(parent), m_desk(desk) {}

void LiveModels::apply(const domain::FrameRef& frame) {
    m_frame = frame;
    m_history.apply(*frame);
    m_fleet.apply(*frame);
    m_events.apply(*frame);
    m_desk.apply(*frame);
    m_proofs.apply(*frame);
    // A person who has just come sees the worst breaker at once, not an empty pane.
    if (m_selected.value.empty() && m_fleet.rowCount() > 0) select(m_fleet.idAt(0));
    emit applied();
}

void LiveModels::select(const domain::BreakerId& id) {
    if (id == m_selected) return;
    m_selected = id;
    m_history.watch(id);
    if (std::find(m_chosen.begin(), m_chosen.end(), id) == m_chosen.end()) {
        m_chosen.assign(id.value.empty() ? 0U : 1U, id);
    }
    emit selectionChanged();
    emit choiceChanged();
}

void LiveModels::choose(std::vector<domain::BreakerId> ids) {
    if (ids.size() < 2) ids.assign(m_selected.value.empty() ? 0U : 1U, m_selected);
    if (ids == m_chosen) return;
    m_chosen = std::move(ids);
    emit choiceChanged();
}

const domain::HandlingStanding* LiveModels::handlingOf(const domain::BreakerId& id) const {
    if (m_frame == nullptr || m_frame->handling == nullptr) return nullptr;
    const auto found = std::find_if(m_frame->handling->begin(), m_frame->handling->end(),
                                    [&](const domain::HandlingStanding& each) { return each.breaker == id; });
    return found == m_frame->handling->end() ? nullptr : &*found;
}

std::vector<domain::BreakerId> LiveModels::inGroup(const std::string& group) const {
    std::vector<domain::BreakerId> ids;
    if (m_frame == nullptr || group.empty()) return ids;
    for (const domain::Snapshot& snapshot : m_frame->snapshots) {
        if (snapshot.identity->group == group) ids.push_back(snapshot.identity->id);
    }
    return ids;
}

}  // namespace fusebox::views
