#include <fusebox/wiring/notices.h>

#include <iterator>
#include <utility>

namespace fusebox::wiring {

void Notices::say(domain::Level level, std::string text) {
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = level;
    event.at = m_clock.wallNow();
    event.text = std::move(text);
    m_events.push(std::move(event));  // a loss is counted
}

void Notices::gather(collector::Gathered& into) {
    std::vector<domain::Event> events = m_events.drain();
    std::move(events.begin(), events.end(), std::back_inserter(into.events));
    into.lostEvents += m_events.takeLost();
}

}  // namespace fusebox::wiring
