#include <fusebox/views/live_models.h>

namespace fusebox::views {

LiveModels::LiveModels(intent::CommandDesk& desk, QObject* parent) : QObject(parent), m_desk(desk) {}

void LiveModels::apply(const domain::FrameRef& frame) {
    m_frame = frame;
    m_history.apply(*frame);
    m_fleet.apply(*frame);
    m_events.apply(*frame);
    m_desk.apply(*frame);
    // A person who has just come sees the worst breaker at once, not an empty pane.
    if (m_selected.value.empty() && m_fleet.rowCount() > 0) select(m_fleet.idAt(0));
    emit applied();
}

void LiveModels::select(const domain::BreakerId& id) {
    if (id == m_selected) return;
    m_selected = id;
    m_history.watch(id);
    emit selectionChanged();
}

}  // namespace fusebox::views
