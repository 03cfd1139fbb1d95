#include <fusebox/ctl/event_line.h>

#include <fusebox/ctl/display_text.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/words.h>

#include <fmt/core.h>

namespace fusebox::ctl {

namespace {

constexpr std::size_t kKindColumns = 15;
constexpr std::size_t kBreakerColumns = 20;
constexpr std::size_t kLongestLine = 1000;

Colour colourOf(const domain::Event& event) {
    if (const auto* transition = std::get_if<domain::Transition>(&event.body)) {
        return transition->to == domain::State::open     ? Colour::red
               : transition->to == domain::State::closed ? Colour::green
                                                         : Colour::yellow;
    }
    return event.level == domain::Level::error     ? Colour::red
           : event.level == domain::Level::warning ? Colour::yellow
                                                   : Colour::none;
}

}  // namespace

std::string eventLine(const domain::Event& event, const Look& look) {
    std::string text = event.text;
    if (!event.actor.empty() && text.find(event.actor) == std::string::npos) text += " (" + event.actor + ")";
    const std::string breaker = event.breaker.value.empty() ? kMissing : event.breaker.value;
    // A long name is not cut here: lines are searched.
    const std::string named = printable(breaker);
    const std::string column = columnsOf(named) > kBreakerColumns ? named : padded(named, kBreakerColumns);
    return fmt::format("{}  {}  {}  {}", momentText(event.at), padded(std::string(toWord(event.kind)), kKindColumns),
                       column, painted(cutTo(printable(text), kLongestLine), colourOf(event), look));
}

}  // namespace fusebox::ctl
