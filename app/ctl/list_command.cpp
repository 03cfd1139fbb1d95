#include <fusebox/ctl/list_command.h>

#include <fusebox/base/clock.h>
#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/breaker_table.h>
#include <fusebox/ctl/connection.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/snapshot_board.h>
#include <fusebox/ctl/stream_follower.h>
#include <fusebox/ctl/words.h>
#include <fusebox/domain/json_document.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace fusebox::ctl {

namespace {

struct ListArguments {
    ConnectionChoice connection;
    std::string group;
    bool json = false;
    bool names = false;
    bool watch = false;
};

std::vector<domain::Snapshot> ofGroup(std::vector<domain::Snapshot> breakers, const std::string& group) {
    if (group.empty()) return breakers;
    std::erase_if(breakers, [&](const domain::Snapshot& one) { return !one.identity || one.identity->group != group; });
    return breakers;
}

void printBreakers(const std::vector<domain::Snapshot>& breakers) {
    const Look look = lookOf(stdout);
    const Table table = breakerTable(breakers);
    if (!table.isEmpty()) fmt::print("{}", table.text(look));
    fmt::print("{}\n", summaryOf(breakers));
}

ExitCode listOnce(sources::AgentClient& client, const ListArguments& arguments) {
    const auto answer = ask(client, "/api/v1/breakers");
    if (!answer) return tell(answer.error());
    auto all = readBreakers(*answer);
    if (!all) return tell(all.error());
    const std::vector<domain::Snapshot> breakers = ofGroup(std::move(*all), arguments.group);
    if (arguments.names) {
        for (const domain::Snapshot& one : breakers) {
            if (one.identity) fmt::print("{}\n", printable(one.identity->id.value));
        }
    } else if (arguments.json) {
        fmt::print("{}\n", jsonText(withGroup(*answer, arguments.group)));
    } else {
        printBreakers(breakers);
    }
    return ExitCode::ok;
}

/// The whole picture anew on a terminal; else what changed, one picture after the other.
class WatchScreen {
public:
    explicit WatchScreen(const ListArguments& arguments) : m_arguments(arguments), m_look(lookOf(stdout)) {}

    StreamFollower::Then take(const sources::SseEvent& message) {
        const bool isNews = message.type == "snapshots";
        if (isNews) {
            if (auto taken = m_board.take(message.data, m_clock.now()); !taken) {
                fmt::print(stderr, "fuseboxctl: {}\n", printable(taken.error().text));
            }
        }
        if (isNews || (message.type == "beat" && m_look.columns)) draw();
        return StreamFollower::Then::goOn;
    }
    void lost(const std::string& why, base::Duration wait) {
        if (m_look.columns) draw();
        std::fflush(stdout);
        fmt::print(stderr, "fuseboxctl: {}; what was shown is no longer kept up; trying again in {}\n", printable(why),
                   spanText(wait));
    }

private:
    void draw() {
        if (m_arguments.json) {
            if (const std::string now = jsonText(withGroup(m_board.json(), m_arguments.group)); now != m_printed) {
                fmt::print("{}\n", now);
                m_printed = now;
            }
        } else {
            constexpr const char* kClear = "\x1b[H\x1b[2J";
            if (m_look.columns) fmt::print("{}", kClear);
            printBreakers(ofGroup(m_board.breakersAt(m_clock.now()), m_arguments.group));
            if (!m_look.columns) fmt::print("\n");
        }
        std::fflush(stdout);
    }

    const ListArguments& m_arguments;
    const Look m_look;
    const base::SteadyClock m_clock;
    SnapshotBoard m_board;
    std::string m_printed;
};

ExitCode watch(sources::AgentClient& client, const ListArguments& arguments) {
    WatchScreen screen(arguments);
    StreamFollower follower(client, "/api/v1/events?with=snapshots&interval_ms=1000", std::nullopt);
    const auto end = follower.run([&](const sources::SseEvent& message) { return screen.take(message); },
                                  [&](const std::string& why, base::Duration wait) { screen.lost(why, wait); });
    return end ? ExitCode::ok : tell(end.error());
}

ExitCode list(const ListArguments& arguments) {
    sources::AgentClient::Options options;
    options.silence = std::chrono::seconds(5);
    const auto client = clientFor(arguments.connection, options);
    if (!client) return tell(client.error());
    return arguments.watch ? watch(**client, arguments) : listOnce(**client, arguments);
}

}  // namespace

void addListCommand(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<ListArguments>();
    CLI::App* command = app.add_subcommand("list", "All breakers with their states");
    command->add_option("--group", arguments->group, "of this group only")->type_name("NAME");
    CLI::Option* json = command->add_flag("--json", arguments->json, "as JSON; with --watch a line at each change");
    CLI::Option* watching = command->add_flag("--watch", arguments->watch, "keep showing, until it is interrupted");
    command->add_flag("--names", arguments->names, "the names alone, one a line")->excludes(json)->excludes(watching);
    addConnectionOptions(*command, arguments->connection);
    command->footer(
        "Examples:\n"
        "  fuseboxctl list\n"
        "  fuseboxctl list --watch --group payments\n"
        "  fuseboxctl list --json | jq -r '.breakers[] | select(.state == \"OPEN\") | .id'\n"
        "  fuseboxctl list --connect https://host:7420 --token-file ~/.config/fusebox/token");
    command->callback([arguments, &exit] { exit = list(*arguments); });
}

}  // namespace fusebox::ctl
