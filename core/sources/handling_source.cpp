#include <fusebox/sources/group_report.h>
#include <fusebox/sources/handling_source.h>

#include <fmt/format.h>

#include <cassert>
#include <utility>
#include <vector>

namespace fusebox::sources {

namespace {

using domain::Command;
using domain::CommandReport;
using domain::CommandStatus;

CommandReport refused(const Command& command, std::string why) {
    CommandReport report;
    report.command = command;
    report.status = CommandStatus::refused;
    report.message = std::move(why);
    return report;
}

CommandReport applyTo(handling::ErrorHandler& handler, const Command& command) {
    const domain::Strategy before = handler.strategy(command.category);
    if (const auto set = handler.setStrategy(command.category, command.strategy); !set) {
        return refused(command, set.error().text());
    }
    CommandReport report;
    report.command = command;
    report.status = CommandStatus::applied;
    report.message =
        before == command.strategy
            ? fmt::format("{} is handled by {} already", toWord(command.category), toWord(before))
            : fmt::format("{}: {} instead of {}", toWord(command.category), toWord(command.strategy), toWord(before));
    report.before = report.after = handler.breaker().state();
    return report;
}

}  // namespace

HandlingSource::HandlingSource(std::shared_ptr<handling::ErrorHandlers> handlers) : m_handlers(std::move(handlers)) {
    assert(m_handlers);
}

void HandlingSource::gather(collector::Gathered& into) {
    into.handling = m_handlers->standings();
}

bool HandlingSource::owns(const domain::BreakerId& breaker) const {
    return m_handlers->find(breaker) != nullptr;
}

bool HandlingSource::ownsGroup(const std::string& group) const {
    return !m_handlers->inGroup(group).empty();
}

CommandReport HandlingSource::apply(const Command& command) {
    if (command.group.empty()) {
        const auto handler = m_handlers->find(command.breaker);
        return handler ? applyTo(*handler, command) : refused(command, "This breaker was removed.");
    }
    std::vector<CommandReport> each;
    for (const auto& handler : m_handlers->inGroup(command.group)) {
        Command one = command;
        one.breaker = handler->breaker().identity().id;
        one.group.clear();
        each.push_back(applyTo(*handler, one));
    }
    return each.empty() ? refused(command, "This group has no breakers any more.") : groupReport(command, each);
}

}  // namespace fusebox::sources
