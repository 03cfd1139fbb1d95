#include <fusebox/domain/read_event.h>

#include <fusebox/domain/read_parts.h>
#include <fusebox/domain/read_recovery.h>

#include <utility>

namespace fusebox::domain {

namespace {

constexpr std::size_t kCommandKinds = 12;
constexpr std::size_t kCommandStatuses = 5;
constexpr std::size_t kHoldModes = 4;
constexpr std::size_t kMostOptions = 64;
constexpr std::uint64_t kLargestCount = 1ULL << 60U;

/// False for what this program does not know.
bool readWords(JsonReader& in, Command& command) {
    bool isKnown = true;
    const auto take = [&isKnown](auto& into, const auto& read) {
        isKnown = isKnown && read.has_value();
        if (read) into = *read;
    };
    take(command.kind, readWord<CommandKind>(in, "kind", kCommandKinds));
    if (in.has("role")) take(command.role, roleFromWord(in.text("role")));
    if (in.has("hold_mode")) take(command.holdMode, readWord<HoldMode>(in, "hold_mode", kHoldModes));
    if (in.has("action")) take(command.action, recoveryActionFromWord(in.text("action")));
    if (in.has("mode")) take(command.mode, actionModeFromWord(in.text("mode")));
    if (in.has("category")) take(command.category, categoryFromWord(in.text("category")));
    if (in.has("strategy")) take(command.strategy, strategyFromWord(in.text("strategy")));
    return isKnown;
}

Level readLevel(JsonReader& in) {
    const std::string word = in.text("level");
    return word == "info" ? Level::info : word == "error" ? Level::error : Level::warning;
}

void readBody(JsonReader& in, Event& event) {
    const auto take = [&event](auto read) {
        if (read) event.body = std::move(*read);
    };
    if (in.has("transition")) {
        take(readTransition(in.at("transition")));
    } else if (in.has("command")) {
        take(readCommandReport(in.at("command")));
    } else if (in.has("hold")) {
        take(readHold(in.at("hold")));
    } else if (in.has("recovery")) {
        take(readOutcome(in.at("recovery")));
    }
}

}  // namespace

std::optional<CommandReport> readCommandReport(JsonReader in) {
    CommandReport report;
    Command& command = report.command;
    const bool isKnown = readWords(in, command);
    command.id = CommandId(readId(in, "id"));
    command.breaker = BreakerId(readIdOrNone(in, "breaker"));
    command.group = readIdOrNone(in, "group");
    command.actor = readText(in, "actor");
    if (in.has("origin")) command.origin = readText(in, "origin");
    command.reason = readText(in, "reason");
    command.duration = readMs(in, "duration_ms");
    if (in.has("hold")) command.hold = HoldId(in.number("hold"));
    if (in.has("options")) {
        in.list("options", kMostOptions,
                [&](JsonReader each) { command.options.push_back(readEntry(std::move(each))); });
    }
    command.seenRevision = readNumber(in, "seen_revision");
    report.status = readWord<CommandStatus>(in, "status", kCommandStatuses).value_or(CommandStatus::unknown);
    report.message = readText(in, "message", kLongestReadMessage);
    if (in.has("before")) report.before = readState(in, "before");
    if (in.has("after")) report.after = readState(in, "after");
    return isKnown ? std::optional(std::move(report)) : std::nullopt;
}

Event readEvent(JsonReader in) {
    Event event;
    event.id = EventId(in.number("id", kLargestCount));
    event.kind = readWord<EventKind>(in, "kind", kEventKinds).value_or(EventKind::notice);
    event.level = readLevel(in);
    event.at = in.unixMs("at_unix_ms");
    event.breaker = BreakerId(readIdOrNone(in, "breaker"));
    event.actor = readText(in, "actor");
    event.text = readText(in, "text", kLongestReadMessage);
    readBody(in, event);
    return event;
}

}  // namespace fusebox::domain
