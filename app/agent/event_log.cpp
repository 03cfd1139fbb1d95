#include <fusebox/agent/event_log.h>

#include <fusebox/base/log.h>
#include <fusebox/base/secret_mask.h>

#include <string>
#include <variant>

namespace fusebox::agent {

namespace {

spdlog::level::level_enum levelOf(domain::Level level) {
    switch (level) {
        case domain::Level::info:
            return spdlog::level::info;
        case domain::Level::warning:
            return spdlog::level::warn;
        case domain::Level::error:
            break;
    }
    return spdlog::level::err;
}

}  // namespace

void EventLog::accept(const domain::FrameRef& frame) {
    const auto log = base::logger("event");
    for (const domain::Event& event : frame->events) {
        const auto* report = std::get_if<domain::CommandReport>(&event.body);
        const base::LogScope scope(event.id.value, report == nullptr ? "" : base::logText(report->command.id.value));
        log->log(levelOf(event.level), "{}{}{}: {}", toWord(event.kind), event.breaker.value.empty() ? "" : " of ",
                 base::logText(event.breaker.value), base::logText(base::withoutSecrets(event.text)));
    }
    if (frame->lostEvents > 0) log->warn("{} events were lost", frame->lostEvents);
}

}  // namespace fusebox::agent
