#include <fusebox/domain/command_json.h>

#include <fusebox/domain/json_document.h>
#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_reader.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace fusebox::domain {

namespace {

constexpr JsonLimits kLimits{
    .bytes = std::size_t{64} << 10U, .values = 2'000, .depth = 16, .duplicates = DuplicateKeys::refused};
constexpr std::size_t kMostOptions = 64;
constexpr std::size_t kKinds = 12;
constexpr std::size_t kStatuses = 5;
constexpr std::size_t kStates = 5;
constexpr std::size_t kHoldModes = 4;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Fields that only some kinds take.
struct Belonging {
    std::string_view field;
    std::array<CommandKind, 2> kinds;
};

constexpr std::array kBelongings{
    Belonging{"hold_mode", {CommandKind::hold, CommandKind::hold}},
    Belonging{"hold", {CommandKind::release, CommandKind::release}},
    Belonging{"duration_ms", {CommandKind::hold, CommandKind::trip}},
    Belonging{"action", {CommandKind::action, CommandKind::actionMode}},
    Belonging{"mode", {CommandKind::actionMode, CommandKind::actionMode}},
    Belonging{"category", {CommandKind::strategy, CommandKind::strategy}},
    Belonging{"strategy", {CommandKind::strategy, CommandKind::strategy}},
    Belonging{"options", {CommandKind::configure, CommandKind::shadow}},
};
constexpr std::array<std::string_view, 9> kFieldsOfAll{"id",   "kind",   "breaker", "group",        "actor",
                                                       "role", "origin", "reason",  "seen_revision"};
constexpr std::array<std::string_view, 4> kFieldsOfReports{"status", "message", "before", "after"};

bool isTakenBy(CommandKind kind, std::string_view field) {
    const auto* const found = std::ranges::find(kBelongings, field, &Belonging::field);
    return found == kBelongings.end() || std::ranges::find(found->kinds, kind) != found->kinds.end();
}

bool isKnown(std::string_view field) {
    return std::ranges::find(kFieldsOfAll, field) != kFieldsOfAll.end() ||
           std::ranges::find(kBelongings, field, &Belonging::field) != kBelongings.end();
}

bool isOfReports(std::string_view field) {
    return std::ranges::find(kFieldsOfReports, field) != kFieldsOfReports.end();
}

void writeCommand(JsonWriter& out, const Command& command) {
    const auto takes = [&](std::string_view field) { return isTakenBy(command.kind, field); };
    out.raw("\"id\":").text(command.id.value).raw(",\"kind\":").word(toWord(command.kind));
    out.textField(",\"breaker\":", command.breaker.value);
    out.textField(",\"group\":", command.group);
    out.raw(",\"actor\":").text(command.actor).raw(",\"role\":").word(toWord(command.role));
    out.textField(",\"origin\":", command.origin);
    out.raw(",\"reason\":").text(command.reason);
    if (takes("hold_mode")) {
        out.raw(",\"hold_mode\":").word(toWord(command.holdMode));
    }
    if (takes("duration_ms")) {
        out.msField(",\"duration_ms\":", command.duration);
    }
    if (takes("action")) {
        out.raw(",\"action\":").word(toWord(command.action));
    }
    if (takes("mode")) {
        out.raw(",\"mode\":").word(toWord(command.mode));
    }
    if (takes("category")) {
        out.raw(",\"category\":").word(toWord(command.category));
        out.raw(",\"strategy\":").word(toWord(command.strategy));
    }
    if (takes("hold") && command.hold) {
        out.raw(",\"hold\":").number(command.hold->value);
    }
    if (takes("options") && !command.options.empty()) {
        out.listField(",\"options\":", command.options, [&](const ConfigEntry& entry) { writeJson(out, entry); });
    }
    out.numberField(",\"seen_revision\":", command.seenRevision);
}

template <typename Value, typename Read>
void readIfThere(JsonReader& in, const char* key, Value& into, Read read) {
    if (in.has(key)) into = read(key);
}

void readWhatItsKindTakes(JsonReader& in, Command& command) {
    readIfThere(in, "hold_mode", command.holdMode, [&](auto key) { return in.word<HoldMode>(key, kHoldModes); });
    readIfThere(in, "duration_ms", command.duration, [&](auto key) { return in.ms(key); });
    readIfThere(in, "hold", command.hold, [&](auto key) { return HoldId(in.number(key)); });
    readIfThere(in, "action", command.action,
                [&](auto key) { return in.word<RecoveryAction>(key, kRecoveryActions.size()); });
    readIfThere(in, "mode", command.mode, [&](auto key) { return in.word<ActionMode>(key, 3); });
    readIfThere(in, "category", command.category, [&](auto key) { return in.word<Category>(key, kCategoryCount); });
    readIfThere(in, "strategy", command.strategy, [&](auto key) { return in.word<Strategy>(key, kStrategies.size()); });
    if (in.has("options")) {
        in.list("options", kMostOptions, [&](JsonReader entry) {
            command.options.push_back({entry.text("option"), entry.text("value")});
        });
    }
}

Command commandIn(JsonReader& in) {
    Command command;
    command.id = CommandId(in.text("id"));
    command.kind = in.word<CommandKind>("kind", kKinds);
    command.breaker = BreakerId(in.textOr("breaker", {}));
    command.group = in.textOr("group", {});
    command.actor = in.textOr("actor", {});
    command.role = in.has("role") ? in.word<Role>("role", kRoles.size()) : Role::viewer;
    command.origin = in.textOr("origin", {});
    command.reason = in.textOr("reason", {});
    readIfThere(in, "seen_revision", command.seenRevision, [&](auto key) { return in.number(key); });
    readWhatItsKindTakes(in, command);
    return command;
}

/// An option has a name and a value, and nothing else.
void refuseStrangersIn(const nlohmann::json& options, ReadTrouble& trouble) {
    for (std::size_t i = 0; options.is_array() && i < options.size(); ++i) {
        if (options[i].size() > 2) {
            trouble.note("options[" + std::to_string(i) + "]", "has fields that are not known");
        }
    }
}

enum class Document : std::uint8_t { command, report };

void refuseStrangers(const nlohmann::json& object, Document document, CommandKind kind, ReadTrouble& trouble) {
    const bool isReport = document == Document::report;
    for (const auto& [field, value] : object.items()) {
        if (!isKnown(field) && !(isReport && isOfReports(field))) {
            trouble.note(JsonReader::quoted(field), isReport ? "is no field of a report" : "is no field of a command");
        } else if (!isTakenBy(kind, field)) {
            trouble.note(field, "does not belong to a command of kind " + std::string(toWord(kind)));
        }
    }
    if (object.contains("options")) {
        refuseStrangersIn(object["options"], trouble);
    }
}

base::Result<CommandReport> read(std::string_view text, Document document) {
    if (text.starts_with(kByteOrderMark)) {
        return base::trouble(base::TroubleCode::invalidInput, "begins with a byte order mark; JSON has none");
    }
    const auto parsed = parseJson(text, kLimits);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    ReadTrouble trouble;
    JsonReader in(*parsed, {}, trouble);
    CommandReport report;
    report.command = commandIn(in);
    if (document == Document::report) {
        report.status = in.word<CommandStatus>("status", kStatuses);
        report.message = in.textOr("message", {});
        readIfThere(in, "before", report.before, [&](auto key) { return in.word<State>(key, kStates); });
        readIfThere(in, "after", report.after, [&](auto key) { return in.word<State>(key, kStates); });
    }
    if (!trouble.first()) {
        refuseStrangers(*parsed, document, report.command.kind, trouble);
    }
    if (trouble.first()) {
        return tl::unexpected(*trouble.first());
    }
    return report;
}

}  // namespace

void appendJson(std::string& to, const Command& command) {
    JsonWriter out(to);
    out.raw("{");
    writeCommand(out, command);
    out.raw("}");
}

void appendJson(std::string& to, const CommandReport& report) {
    JsonWriter out(to);
    writeJson(out, report);
}

void writeJson(JsonWriter& out, const CommandReport& report) {
    out.raw("{");
    writeCommand(out, report.command);
    out.raw(",\"status\":").word(toWord(report.status)).raw(",\"message\":").text(report.message);
    if (report.before) {
        out.raw(",\"before\":").word(toWord(*report.before));
    }
    if (report.after) {
        out.raw(",\"after\":").word(toWord(*report.after));
    }
    out.raw("}");
}

base::Result<Command> readCommand(std::string_view json) {
    return read(json, Document::command).map([](CommandReport&& report) { return std::move(report.command); });
}

base::Result<CommandReport> readReport(std::string_view json) {
    return read(json, Document::report);
}

}  // namespace fusebox::domain
