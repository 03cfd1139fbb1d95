#include <fusebox/ctl/events_command.h>

#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/connection.h>
#include <fusebox/ctl/event_line.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/stream_follower.h>
#include <fusebox/ctl/words.h>
#include <fusebox/domain/json_document.h>
#include <fusebox/domain/read_event.h>
#include <fusebox/sources/agent_about.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace fusebox::ctl {

namespace {

struct EventsArguments {
    ConnectionChoice connection;
    std::optional<std::uint64_t> since;
    std::optional<std::uint64_t> count;
    std::string breaker;
    std::string kind;
    bool follow = false;
    bool json = false;
};

/// Prints what comes, until it has been enough.
class EventPrinter {
public:
    explicit EventPrinter(const EventsArguments& arguments) : m_arguments(arguments), m_look(lookOf(stdout)) {}

    StreamFollower::Then take(const sources::SseEvent& message) {
        if (message.type == "hello") {
            const auto about = sources::readAbout(message.data);
            if (about && !m_until) m_until = about->lastEvent;
        } else if (message.type == "gap") {
            printGap(message.data);
        } else if (message.type == "event") {
            printEvent(message.data);
        }
        return isEnough() ? StreamFollower::Then::end : StreamFollower::Then::goOn;
    }

private:
    [[nodiscard]] bool isEnough() const {
        if (m_arguments.count && m_printed >= *m_arguments.count) return true;
        return !m_arguments.follow && m_until && m_seen.value_or(m_arguments.since.value_or(*m_until)) >= *m_until;
    }

    void printGap(const std::string& data) {
        const auto json = domain::parseJson(data);
        if (!json || !json->is_object()) return;
        // A gap reaches as far as an event would.
        if (const auto to = json->find("to"); to != json->end() && to->is_number_unsigned()) {
            m_seen = std::max(m_seen.value_or(0), to->get<std::uint64_t>());
        }
        if (m_arguments.json) {
            fmt::print("{}\n", jsonText({{"gap", *json}}));
        } else {
            const auto why = json->find("why");
            const std::string reason = why != json->end() && why->is_string() ? why->get<std::string>() : "";
            fmt::print("{}\n", painted(printable("-- events are missing here: " + reason), Colour::yellow, m_look));
        }
        std::fflush(stdout);
    }

    void printEvent(const std::string& data) {
        const auto json = domain::parseJson(data);
        const auto event = json ? readDocument(*json, [](domain::JsonReader in) { return domain::readEvent(in); })
                                : Attempt<domain::Event>(failed(ExitCode::noConnection, json.error().text()));
        if (!event) {
            tell(event.error());
            return;
        }
        m_seen = event->id.value;
        const bool isWanted = (m_arguments.breaker.empty() || event->breaker.value == m_arguments.breaker) &&
                              (m_arguments.kind.empty() || toWord(event->kind) == m_arguments.kind);
        if (!isWanted) return;
        fmt::print("{}\n", m_arguments.json ? jsonText(*json) : eventLine(*event, m_look));
        std::fflush(stdout);
        ++m_printed;
    }

    const EventsArguments& m_arguments;
    const Look m_look;
    std::optional<std::uint64_t> m_until;  ///< the newest event when it came in
    std::optional<std::uint64_t> m_seen;
    std::uint64_t m_printed = 0;
};

ExitCode events(const EventsArguments& arguments) {
    if (!arguments.follow && !arguments.since) {
        return tell({ExitCode::badInput,
                     "--follow or --since ID is needed; what happened before is told by: fuseboxctl journal"});
    }
    sources::AgentClient::Options options;
    options.silence = std::chrono::seconds(5);
    const auto client = clientFor(arguments.connection, options);
    if (!client) return tell(client.error());
    EventPrinter printer(arguments);
    StreamFollower follower(**client, "/api/v1/events", arguments.since);
    const auto end =
        follower.run([&](const sources::SseEvent& message) { return printer.take(message); },
                     [](const std::string& why, base::Duration wait) {
                         fmt::print(stderr, "fuseboxctl: {}; trying again in {}\n", printable(why), spanText(wait));
                     });
    return end ? ExitCode::ok : tell(end.error());
}

}  // namespace

void addEventsCommand(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<EventsArguments>();
    CLI::App* command = app.add_subcommand("events", "What happens, as it happens");
    command->add_flag("--follow,-f", arguments->follow,
                      "go on until interrupted; after a broken connection it goes on where it stopped, without a gap");
    command->add_option("--since", arguments->since, "begin after the event with this id")->type_name("ID");
    command->add_option("--count", arguments->count, "end after so many")->type_name("N");
    command->add_option("--breaker", arguments->breaker, "of this breaker only")->type_name("NAME");
    command
        ->add_option("--kind", arguments->kind, "of this kind only: transition, command, \"hold placed\", notice, ...")
        ->type_name("KIND");
    command->add_flag("--json", arguments->json, "one JSON object a line; a gap is {\"gap\":{...}}");
    addConnectionOptions(*command, arguments->connection);
    command->footer(
        "Examples:\n"
        "  fuseboxctl events --follow\n"
        "  fuseboxctl events --follow --json --kind transition | tee transitions.jsonl\n"
        "  fuseboxctl events --since 1764320000000123          what happened after that event, then it ends");
    command->callback([arguments, &exit] { exit = events(*arguments); });
}

}  // namespace fusebox::ctl
