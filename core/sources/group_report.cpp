#include <fusebox/sources/group_report.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace fusebox::sources {

namespace {

using domain::CommandReport;
using domain::CommandStatus;

constexpr std::size_t kMostNamed = 20;

/// "cache (FORCE_OPEN is held by bob; release it first), db (...) and 3 more"
std::string named(const std::vector<const CommandReport*>& reports) {
    std::string text;
    for (std::size_t i = 0; i < std::min(reports.size(), kMostNamed); ++i) {
        const CommandReport& report = *reports[i];
        text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", report.command.breaker.value, report.message);
    }
    return reports.size() > kMostNamed ? fmt::format("{} and {} more", text, reports.size() - kMostNamed) : text;
}

/// What was done, where it was the same everywhere.
std::string commonText(const std::vector<const CommandReport*>& applied) {
    const bool same = std::ranges::all_of(
        applied, [&](const CommandReport* report) { return report->message == applied.front()->message; });
    return same ? ": " + applied.front()->message : std::string();
}

}  // namespace

CommandReport groupReport(const domain::Command& command, const std::vector<CommandReport>& each) {
    std::vector<const CommandReport*> applied;
    std::vector<const CommandReport*> refused;
    bool failed = false;
    for (const CommandReport& report : each) {
        (report.status == CommandStatus::applied ? applied : refused).push_back(&report);
        failed = failed || report.status == CommandStatus::failed;
    }
    CommandReport sum;
    sum.command = command;
    if (applied.empty()) {
        sum.status = failed ? CommandStatus::failed : CommandStatus::refused;
        sum.message = each.size() == 1 ? "refused by " + named(refused)
                                       : fmt::format("refused by all {} breakers: {}", each.size(), named(refused));
        return sum;
    }
    sum.status = CommandStatus::applied;
    sum.message = each.size() == 1  ? "done on 1 breaker"
                  : refused.empty() ? fmt::format("done on all {} breakers", each.size())
                                    : fmt::format("done on {} of {} breakers", applied.size(), each.size());
    sum.message += commonText(applied);
    if (!refused.empty()) {
        sum.message += fmt::format("; refused by {}", named(refused));
    }
    return sum;
}

}  // namespace fusebox::sources
