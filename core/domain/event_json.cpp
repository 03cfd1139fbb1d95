#include <fusebox/domain/event_json.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/recovery_json.h>

#include <variant>

namespace fusebox::domain {

namespace {

std::string_view wordOf(Level level) {
    switch (level) {
        case Level::info:
            return "info";
        case Level::warning:
            return "warning";
        case Level::error:
            return "error";
    }
    return "error";
}

void writeCommand(JsonWriter& out, const Command& command) {
    out.raw("\"id\":").text(command.id.value).raw(",\"kind\":").word(toWord(command.kind));
    out.textField(",\"breaker\":", command.breaker.value);
    out.textField(",\"group\":", command.group);
    out.raw(",\"actor\":").text(command.actor).raw(",\"reason\":").text(command.reason);
    if (command.kind == CommandKind::hold) {
        out.raw(",\"hold_mode\":").word(toWord(command.holdMode));
    }
    out.msField(",\"duration_ms\":", command.duration);
    if (command.kind == CommandKind::action || command.kind == CommandKind::actionMode) {
        out.raw(",\"action\":").word(toWord(command.action));
    }
    if (command.kind == CommandKind::actionMode) {
        out.raw(",\"mode\":").word(toWord(command.mode));
    }
    if (command.kind == CommandKind::strategy) {
        out.raw(",\"category\":").word(toWord(command.category));
        out.raw(",\"strategy\":").word(toWord(command.strategy));
    }
    if (command.hold) {
        out.raw(",\"hold\":").number(command.hold->value);
    }
    if (!command.options.empty()) {
        out.listField(",\"options\":", command.options, [&](const ConfigEntry& entry) { writeJson(out, entry); });
    }
    out.numberField(",\"seen_revision\":", command.seenRevision);
}

void writeReport(JsonWriter& out, const CommandReport& report) {
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

void writeBody(JsonWriter& out, const Event& event) {
    if (const auto* transition = std::get_if<Transition>(&event.body)) {
        out.raw(",\"transition\":");
        writeJson(out, *transition);
    } else if (const auto* report = std::get_if<CommandReport>(&event.body)) {
        out.raw(",\"command\":");
        writeReport(out, *report);
    } else if (const auto* hold = std::get_if<Hold>(&event.body)) {
        out.raw(",\"hold\":");
        writeJson(out, *hold);
    } else if (const auto* outcome = std::get_if<RecoveryOutcome>(&event.body)) {
        out.raw(",\"recovery\":");
        writeJson(out, *outcome);
    }
}

}  // namespace

void appendJson(std::string& to, const Event& event) {
    JsonWriter out(to);
    out.raw("{\"id\":").number(event.id.value).raw(",\"kind\":").word(toWord(event.kind));
    out.raw(",\"level\":").word(wordOf(event.level)).raw(",\"at_unix_ms\":").unixMs(event.at);
    out.textField(",\"breaker\":", event.breaker.value);
    out.textField(",\"actor\":", event.actor);
    out.raw(",\"text\":").text(event.text);
    writeBody(out, event);
    out.raw("}");
}

void appendJson(std::string& to, const Transition& transition) {
    JsonWriter out(to);
    writeJson(out, transition);
}

void appendJson(std::string& to, const CommandReport& report) {
    JsonWriter out(to);
    writeReport(out, report);
}

}  // namespace fusebox::domain
