#include <fusebox/breaker/chronicle.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace fusebox::breaker {

namespace {

std::string sentence(domain::EventKind kind, const domain::Hold& hold, const std::string& actor,
                     const std::string& why) {
    const std::string_view mode = domain::toWord(hold.mode);
    switch (kind) {
        case domain::EventKind::holdPlaced:
            return fmt::format("{} placed by {}: {}", mode, hold.who, hold.why);
        case domain::EventKind::holdReleased:
            return fmt::format("{} of {} released by {}: {}", mode, hold.who, actor, why);
        default:
            return fmt::format("{} of {} expired", mode, hold.who);
    }
}

}  // namespace

void Chronicle::push(domain::Event event) {
    if (m_waiting.events.size() >= kEvents) {
        m_waiting.events.erase(m_waiting.events.begin());
        ++m_waiting.lost;
    }
    m_waiting.events.push_back(std::move(event));
}

void Chronicle::add(domain::Transition transition) {
    transition.sequence = ++m_count;
    domain::Event event;
    event.kind = domain::EventKind::transition;
    event.level = transition.to == domain::State::open ? domain::Level::error : domain::Level::info;
    event.at = transition.wall;
    event.breaker = m_breaker;
    event.actor = transition.actor;
    event.text = fmt::format("{} to {}: {}", toWord(transition.from), toWord(transition.to), transition.text());
    event.body = transition;
    push(std::move(event));
    m_transitions.push_back(std::move(transition));
    if (m_transitions.size() > kTransitions) {
        m_transitions.erase(m_transitions.begin());
    }
}

void Chronicle::resume(std::vector<domain::Transition> transitions, std::uint64_t count) {
    const std::size_t surplus = transitions.size() - std::min(transitions.size(), kTransitions);
    transitions.erase(transitions.begin(), transitions.begin() + static_cast<std::ptrdiff_t>(surplus));
    m_transitions = std::move(transitions);
    m_count = count;
}

void Chronicle::addHold(domain::EventKind kind, const domain::Hold& hold, std::string actor, std::string why,
                        base::WallTime wall) {
    domain::Event event;
    event.kind = kind;
    // Its owner must see that someone else took it away.
    const bool isByAnother = kind == domain::EventKind::holdReleased && actor != hold.who;
    const bool isLoud = kind == domain::EventKind::holdPlaced || isByAnother;
    event.level = isLoud ? domain::Level::warning : domain::Level::info;
    event.at = wall;
    event.breaker = m_breaker;
    event.text = sentence(kind, hold, actor, why);
    event.actor = std::move(actor);
    event.body = hold;
    push(std::move(event));
}

void Chronicle::addWarning(const domain::Hold& hold, base::WallTime wall) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(hold.remaining.value_or(base::Duration::zero())).count();
    const std::string span =
        left > 60 ? fmt::format("{:.0f} min", static_cast<double>(left) / 60) : fmt::format("{} s", left);
    domain::Event event;
    event.level = domain::Level::warning;
    event.at = wall;
    event.breaker = m_breaker;
    event.text = fmt::format("{} of {} ends in {}; to go on, place another hold", toWord(hold.mode), hold.who, span);
    event.body = hold;
    push(std::move(event));
}

DrainedEvents Chronicle::drain() {
    return std::exchange(m_waiting, {});
}

}  // namespace fusebox::breaker
