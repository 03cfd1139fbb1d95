#include <fusebox/ctl/journal_command.h>

#include <fusebox/base/clock.h>
#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/connection.h>
#include <fusebox/ctl/event_line.h>
#include <fusebox/ctl/holds_command.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/words.h>
#include <fusebox/domain/read_event.h>
#include <fusebox/journal/journal_reader.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::ctl {

namespace {

struct JournalArguments {
    ConnectionChoice connection;
    std::string since;
    std::string until;
    std::string breaker;
    std::string actor;
    std::string kind;
    std::string level;
    std::string text;
    std::optional<std::uint64_t> before;
    std::uint64_t limit = 100;
    bool json = false;
};

struct VerifyArguments {
    std::string file;
    bool json = false;
};

Attempt<std::string> msOf(const std::string& option, const std::string& typed) {
    if (typed.empty()) return std::string();
    const auto at = momentFrom(typed, base::SteadyClock().wallNow());
    if (!at || at->time_since_epoch().count() < 0) {
        return failed(ExitCode::badInput,
                      option + ": a moment is needed, such as 90m (ago), 2026-11-23 or 2026-11-23T14:30");
    }
    return std::to_string(at->time_since_epoch().count());
}

Attempt<std::string> pathFor(const JournalArguments& arguments) {
    const auto from = msOf("--since", arguments.since);
    if (!from) return from;
    const auto to = msOf("--until", arguments.until);
    if (!to) return to;
    return withQuery("/api/v1/journal", {{"from_unix_ms", *from},
                                         {"to_unix_ms", *to},
                                         {"breaker", arguments.breaker},
                                         {"actor", arguments.actor},
                                         {"kind", arguments.kind},
                                         {"level", arguments.level},
                                         {"text", arguments.text},
                                         {"before", arguments.before ? std::to_string(*arguments.before) : ""},
                                         {"limit", std::to_string(arguments.limit)}});
}

/// Oldest first, as logs are read.
ExitCode print(const nlohmann::json& answer, bool json) {
    constexpr std::size_t kMostEvents = 10'000;
    auto read = readDocument(answer, [](domain::JsonReader in) {
        std::vector<domain::Event> events;
        in.list("events", kMostEvents, [&](domain::JsonReader one) { events.push_back(domain::readEvent(one)); });
        return events;
    });
    if (!read) return tell(read.error());
    if (json) {
        const nlohmann::json& list = answer["events"];
        for (auto it = list.rbegin(); it != list.rend(); ++it) fmt::print("{}\n", jsonText(*it));
    } else {
        std::reverse(read->begin(), read->end());
        const Look look = lookOf(stdout);
        for (const domain::Event& event : *read) fmt::print("{}\n", eventLine(event, look));
    }
    const auto more = answer.find("more");
    if (more != answer.end() && *more == true && !read->empty()) {
        const std::uint64_t oldest = json ? read->back().id.value : read->front().id.value;
        std::fflush(stdout);
        fmt::print(stderr, "fuseboxctl: there are older ones: --before {}\n", oldest);
    }
    return ExitCode::ok;
}

ExitCode query(const JournalArguments& arguments) {
    const auto path = pathFor(arguments);
    if (!path) return tell(path.error());
    const auto client = clientFor(arguments.connection);
    if (!client) return tell(client.error());
    const auto answer = ask(**client, *path);
    return answer ? print(*answer, arguments.json) : tell(answer.error());
}

ExitCode verify(const VerifyArguments& arguments) {
    auto reader = journal::JournalReader::open(arguments.file);
    if (!reader) return tell({ExitCode::badInput, reader.error().text()});
    const auto verdict = reader->verify();
    if (!verdict) return tell({ExitCode::badInput, verdict.error().text()});
    if (arguments.json) {
        nlohmann::json json{{"intact", verdict->intact},
                            {"first", verdict->first},
                            {"last", verdict->last},
                            {"text", verdict->text},
                            {"head", verdict->head}};
        if (!verdict->intact) json["wrong"] = verdict->wrong;
        fmt::print("{}\n", jsonText(json));
    } else {
        fmt::print("{}\n", printable(verdict->text));
        if (verdict->intact && !verdict->head.empty()) fmt::print("head: {}\n", printable(verdict->head));
    }
    return verdict->intact ? ExitCode::ok : ExitCode::negative;
}

void addVerify(CLI::App& journal, ExitCode& exit) {
    const auto arguments = std::make_shared<VerifyArguments>();
    CLI::App* command = journal.add_subcommand(
        "verify", "Tell whether commands and configuration changes stand in a journal as they were written");
    command->add_option("FILE", arguments->file, "the journal, also while an agent writes it")->required();
    command->add_flag("--json", arguments->json, "the verdict as JSON");
    command->footer(
        "Needs no agent. Names the first record that was altered, removed or put in. What was cut off at the end shows "
        "only\n"
        "when the head, which it prints, is compared with one that was kept elsewhere.\n"
        "Exit codes: 0 intact; 1 it is not; 2 the file cannot be read as a journal.\n"
        "Example: fuseboxctl journal verify /var/lib/fusebox/journal.db");
    command->callback([arguments, &exit] { exit = verify(*arguments); });
}

}  // namespace

void addJournalCommands(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<JournalArguments>();
    CLI::App* command = app.add_subcommand("journal", "What happened: search the agent's journal, oldest first");
    command->add_option("--since", arguments->since, "from then on: 90m (ago), 2026-11-23, 2026-11-23T14:30")
        ->type_name("TIME");
    command->add_option("--until", arguments->until, "before then")->type_name("TIME");
    command->add_option("--breaker", arguments->breaker, "of this breaker")->type_name("NAME");
    command->add_option("--actor", arguments->actor, "by this person")->type_name("NAME");
    command
        ->add_option("--kind", arguments->kind,
                     "of these kinds, with commas: transition, command, \"hold placed\", ...")
        ->type_name("KIND");
    command->add_option("--level", arguments->level, "at least this one")
        ->check(CLI::IsMember({"info", "warning", "error"}))
        ->type_name("WORD");
    command->add_option("--text", arguments->text, "that contain this text")->type_name("TEXT");
    command->add_option("--before", arguments->before, "older than this event: the next page")->type_name("ID");
    command->add_option("--limit", arguments->limit, "the newest so many, 1 to 1,000")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    command->add_flag("--json", arguments->json, "one JSON object a line");
    addConnectionOptions(*command, arguments->connection);
    command->footer(
        "Examples:\n"
        "  fuseboxctl journal --since 1h\n"
        "  fuseboxctl journal --actor ann --kind command --since 2026-11-23 --until 2026-11-24\n"
        "  fuseboxctl journal --breaker orders --text timeout --json\n"
        "  fuseboxctl journal holds --since 7d\n"
        "  fuseboxctl journal verify /var/lib/fusebox/journal.db");
    command->require_subcommand(0, 1);
    command->callback([command, arguments, &exit] {
        if (command->get_subcommands().empty()) exit = query(*arguments);
    });
    addVerify(*command, exit);
    addHoldsCommand(*command, exit);
}

}  // namespace fusebox::ctl
