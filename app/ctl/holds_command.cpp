#include <fusebox/ctl/holds_command.h>

#include <fusebox/base/clock.h>
#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/connection.h>
#include <fusebox/ctl/hold_report.h>
#include <fusebox/ctl/table.h>
#include <fusebox/ctl/words.h>
#include <fusebox/domain/read_event.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::ctl {

namespace {

constexpr std::size_t kPage = 1000;
constexpr std::size_t kMostEvents = 100'000;
constexpr std::size_t kListed = 20;

struct HoldsArguments {
    ConnectionChoice connection;
    std::string since = "7d";
    std::string breaker;
    HoldsBy by = HoldsBy::person;
    bool json = false;
};

using Events = std::vector<domain::Event>;

Attempt<Events> readPage(sources::AgentClient& client, const HoldsArguments& arguments, const std::string& from,
                         const Events& before, bool& more) {
    const auto answer = ask(
        client, withQuery("/api/v1/journal", {{"from_unix_ms", from},
                                              {"breaker", arguments.breaker},
                                              {"kind", "hold placed,hold released,hold expired"},
                                              {"before", before.empty() ? "" : std::to_string(before.back().id.value)},
                                              {"limit", std::to_string(kPage)}}));
    if (!answer) return tl::unexpected(answer.error());
    return readDocument(*answer, [&](domain::JsonReader in) {
        Events events;
        in.list("events", kPage, [&](domain::JsonReader one) { events.push_back(domain::readEvent(one)); });
        more = in.has("more") && in.truth("more") && !events.empty();
        return events;
    });
}

/// Oldest first.
Attempt<Events> readHolds(sources::AgentClient& client, const HoldsArguments& arguments, base::WallTime since) {
    const std::string from = std::to_string(since.time_since_epoch().count());
    Events all;
    bool more = true;
    while (more && all.size() < kMostEvents) {
        auto page = readPage(client, arguments, from, all, more);
        if (!page) return page;
        std::move(page->begin(), page->end(), std::back_inserter(all));
    }
    std::reverse(all.begin(), all.end());
    return all;
}

std::string endText(const HeldSpan& span) {
    if (span.end == HeldSpan::End::open) return "open";
    return span.end == HeldSpan::End::expired ? "expired" : "released by " + span.endedBy;
}

void printSums(const std::vector<HoldSum>& sums, const char* title) {
    Table table({{title, Align::left, 40},
                 {"HOLDS", Align::right},
                 {"OPEN", Align::right},
                 {"EXPIRED", Align::right},
                 {"BY OTHERS", Align::right},
                 {"MEAN", Align::right},
                 {"LONGEST", Align::right}});
    for (const HoldSum& sum : sums) {
        table.add({sum.name, std::to_string(sum.holds), std::to_string(sum.open), std::to_string(sum.expired),
                   std::to_string(sum.byOthers), spanText(sum.mean()), spanText(sum.longest)});
    }
    fmt::print("{}\n", table.text(lookOf(stdout)));
}

/// Open ones first, then the longest.
void printSpans(std::vector<HeldSpan> spans, base::WallTime now) {
    std::stable_sort(spans.begin(), spans.end(), [now](const HeldSpan& a, const HeldSpan& b) {
        const bool isOpen = a.end == HeldSpan::End::open;
        return isOpen == (b.end == HeldSpan::End::open) ? a.lasted(now) > b.lasted(now) : isOpen;
    });
    Table table({{"BREAKER"},
                 {"MODE"},
                 {"WHO"},
                 {"SINCE"},
                 {"LASTED", Align::right},
                 {"END", Align::left, 30},
                 {"REASON", Align::left, 120}});
    for (std::size_t i = 0; i < std::min(spans.size(), kListed); ++i) {
        const HeldSpan& span = spans[i];
        const bool isOpen = span.end == HeldSpan::End::open;
        table.add({span.breaker.value,
                   std::string(toWord(span.hold.mode)),
                   span.hold.who,
                   momentText(span.hold.since).substr(0, 19),
                   spanText(span.lasted(now)),
                   {endText(span), isOpen ? Colour::yellow : Colour::none},
                   span.hold.why});
    }
    fmt::print("{}", table.text(lookOf(stdout)));
    if (spans.size() > kListed) fmt::print("and {} more; --json has all\n", spans.size() - kListed);
}

nlohmann::json jsonOf(const HeldSpan& span, base::WallTime now) {
    nlohmann::json json{{"breaker", span.breaker.value},
                        {"hold", span.hold.id.value},
                        {"mode", toWord(span.hold.mode)},
                        {"who", span.hold.who},
                        {"reason", span.hold.why},
                        {"since_unix_ms", span.hold.since.time_since_epoch().count()},
                        {"lasted_ms", span.lasted(now) / std::chrono::milliseconds(1)},
                        {"end", span.end == HeldSpan::End::open      ? "open"
                                : span.end == HeldSpan::End::expired ? "expired"
                                                                     : "released"}};
    if (!span.endedBy.empty()) json["ended_by"] = span.endedBy;
    return json;
}

ExitCode print(const std::vector<HeldSpan>& spans, const HoldsArguments& arguments, base::WallTime now) {
    if (arguments.json) {
        for (const HeldSpan& span : spans) fmt::print("{}\n", jsonText(jsonOf(span, now)));
        return ExitCode::ok;
    }
    if (spans.empty()) {
        fmt::print("Nobody held a breaker in this time.\n");
        return ExitCode::ok;
    }
    const char* title = arguments.by == HoldsBy::person    ? "WHO"
                        : arguments.by == HoldsBy::breaker ? "BREAKER"
                                                           : "REASON";
    printSums(sumsOf(spans, arguments.by, now), title);
    printSpans(spans, now);
    return ExitCode::ok;
}

ExitCode report(const HoldsArguments& arguments) {
    const base::WallTime now = base::SteadyClock().wallNow();
    const auto since = momentFrom(arguments.since, now);
    if (!since || since->time_since_epoch().count() < 0) {
        return tell(
            {ExitCode::badInput, "--since: a moment is needed, such as 7d (ago), 2026-11-23 or 2026-11-23T14:30"});
    }
    const auto client = clientFor(arguments.connection);
    if (!client) return tell(client.error());
    const auto events = readHolds(**client, arguments, *since);
    return events ? print(heldSpans(*events), arguments, now) : tell(events.error());
}

}  // namespace

void addHoldsCommand(CLI::App& journal, ExitCode& exit) {
    const auto arguments = std::make_shared<HoldsArguments>();
    CLI::App* command = journal.add_subcommand("holds", "Who held what, for how long, and how it ended");
    command->add_option("--since", arguments->since, "placed or ended from then on: 7d (ago), 2026-11-23")
        ->capture_default_str()
        ->type_name("TIME");
    command->add_option("--breaker", arguments->breaker, "of this breaker")->type_name("NAME");
    const std::map<std::string, HoldsBy> words{
        {"person", HoldsBy::person}, {"breaker", HoldsBy::breaker}, {"reason", HoldsBy::reason}};
    command->add_option("--by", arguments->by, "sums by person, breaker or reason")
        ->transform(CLI::CheckedTransformer(words))
        ->type_name("WORD");
    command->add_flag("--json", arguments->json, "each hold as a JSON object on a line, oldest first");
    addConnectionOptions(*command, arguments->connection);
    command->footer(
        "Holds that are open stand first: who goes off shift sees what is left behind. Whoever comes on takes one over "
        "by\n"
        "placing a hold of their own, before the first owner releases theirs: several add up.\n"
        "EXPIRED: nobody released them. BY OTHERS: released by someone else than their owner.\n"
        "Examples:\n"
        "  fuseboxctl journal holds\n"
        "  fuseboxctl journal holds --since 30d --by breaker");
    command->callback([arguments, &exit] { exit = report(*arguments); });
}

}  // namespace fusebox::ctl
