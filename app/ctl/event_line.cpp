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

/// The event's sentence, with who and why where it does not say them itself.
std::string sentenceOf(const domain::Event& event) {
    const auto* command = std::get_if<domain::CommandReport>(&event.body);
    std::string more = event.text.find(event.actor) == std::string::npos ? event.actor : std::string();
    if (command != nullptr && event.text.find(command->command.reason) == std::string::npos) {
        more += (more.empty() ? "" : ": ") + command->command.reason;
    }
    return more.empty() ? event.text : event.text + " (" + more + ")";
}

}  // namespace

std::string eventLine(const domain::Event& event, const Look& look) {
    const std::string breaker = event.breaker.value.empty() ? kMissing : event.breaker.value;
    // A long name is not cut here: lines are searched.
    const std::string named = printable(breaker);
    const std::string column = columnsOf(named) > kBreakerColumns ? named : padded(named, kBreakerColumns);
    return fmt::format("{}  {}  {}  {}", momentText(event.at), padded(std::string(toWord(event.kind)), kKindColumns),
                       column, painted(cutTo(printable(sentenceOf(event)), kLongestLine), colourOf(event), look));
}

}  // namespace fusebox::ctl
