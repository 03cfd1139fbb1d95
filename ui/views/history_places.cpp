#include <fusebox/views/history_places.h>

#include <fusebox/views/history_bar.h>

#include <algorithm>
#include <utility>

namespace fusebox::views {

HistoryPlaces::HistoryPlaces(HistoryBar& bar, feed::HistoryFeed& asked, HistoryStoreOf storeOf, QObject* parent)
    : QObject(parent), m_bar(bar), m_asked(asked), m_storeOf(std::move(storeOf)) {
    connect(&m_bar, &HistoryBar::placeChosen, this, [this] { read(m_bar.place()); });
}

void HistoryPlaces::look(const domain::Frame& frame) {
    if (!m_storeOf) return;
    std::vector<std::string> agents;
    for (const domain::SourceStanding& source : frame.sources) agents.push_back(source.name);
    if (agents == m_agents) return;
    m_agents = std::move(agents);
    m_bar.offerPlaces(m_agents);
    if (m_bar.place() != m_place) read(m_bar.place());
}

domain::BreakerId HistoryPlaces::goTo(const domain::BreakerId& breaker) {
    const auto agent = std::find_if(m_agents.begin(), m_agents.end(),
                                    [&](const std::string& name) { return breaker.value.starts_with(name + "/"); });
    const std::string place = agent == m_agents.end() ? std::string() : *agent;
    m_bar.choosePlace(place);
    if (place != m_place) read(place);
    return m_place.empty() ? breaker : domain::BreakerId(breaker.value.substr(m_place.size() + 1));
}

domain::BreakerId HistoryPlaces::everywhere(const domain::BreakerId& breaker) const {
    const bool isAlike = m_place.empty() || breaker.value.empty();
    return isAlike ? breaker : domain::BreakerId(m_place + "/" + breaker.value);
}

void HistoryPlaces::read(const std::string& place) {
    std::shared_ptr<feed::HistoryStore> store = m_storeOf(place);
    if (store == nullptr) {
        // Detached a moment ago; the next frame does not offer it any more.
        m_bar.choosePlace(m_place);
        return;
    }
    m_place = place;
    m_asked.setStore(std::move(store));
    emit changed();
}

}  // namespace fusebox::views
