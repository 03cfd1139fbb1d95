#include <fusebox/domain/event_json.h>

#include <fusebox/domain/command_json.h>
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

void writeBody(JsonWriter& out, const Event& event) {
    if (const auto* transition = std::get_if<Transition>(&event.body)) {
        out.raw(",\"transition\":");
        writeJson(out, *transition);
    } else if (const auto* report = std::get_if<CommandReport>(&event.body)) {
        out.raw(",\"command\":");
        writeJson(out, *report);
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

}  // namespace fusebox::domain
