// main [write] [ask [EVENTS]]: how fast the journal writes, and how long its questions take on a file of ten million events.
// Without arguments both. Files lie in a directory of their own below TMPDIR and are removed.

#include <fusebox/base/clock.h>
#include <fusebox/journal/codes.h>
#include <fusebox/journal/journal.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/journal_bench/large_file.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace fusebox::bench {

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kRepetitions = 5;
constexpr std::int64_t kLargeEvents = 10'000'000;

double timeOf(const base::Clock& clock, const std::function<void()>& work) {
    const base::Time began = clock.now();
    work();
    return Milliseconds(clock.now() - began).count();
}

void print(const std::string& what, const std::string& figure) {
    fmt::print("{:<64} {:>16}\n", what, figure);
}

domain::FrameRef frameOf(std::uint64_t& last, base::WallTime now, std::size_t events) {
    auto frame = std::make_shared<domain::Frame>();
    frame->wall = now;
    for (std::size_t i = 0; i < events; ++i) {
        domain::Event event;
        event.id = domain::EventId(++last);
        event.at = now;
        event.breaker.value = "breaker " + std::to_string(i % 1000);
        event.kind = domain::EventKind::transition;
        event.text = "failure rate 62 % of 21 calls, limit 50 %";
        domain::Transition transition;
        transition.sequence = last;
        transition.to = domain::State::open;
        transition.wall = now;
        event.body = transition;
        frame->events.push_back(std::move(event));
    }
    return frame;
}

void benchWriting(const std::string& directory) {
    const base::SteadyClock clock;
    journal::JournalSettings settings;
    settings.file = directory + "/written.db";
    settings.waitingFrames = 1000;
    journal::Journal journal(clock, settings);
    std::uint64_t last = journal.open().value;
    std::vector<domain::FrameRef> frames;
    constexpr std::size_t kFrames = 300;
    constexpr std::size_t kEvents = 1000;  // ten thousand a second
    for (std::size_t i = 0; i < kFrames; ++i) {
        frames.push_back(frameOf(last, clock.wallNow(), kEvents));
    }
    double longest = 0;
    const double took = timeOf(clock, [&] {
        for (const domain::FrameRef& frame : frames) {
            longest = std::max(longest, timeOf(clock, [&] { journal.accept(frame); }));
            if (frame == frames.front()) {
                journal.start();
            }
        }
        journal.stop();
    });
    const journal::JournalHealth health = journal.health();
    print("events written in batches, with bodies, per second (goal 50,000)",
          fmt::format("{:.0f}", static_cast<double>(health.writtenEvents) / took * 1000));
    print("the longest that the frame thread waited", fmt::format("{:.3f} ms", longest));
    print("bytes of the file for an event",
          fmt::format("{}", health.bytes / std::max<std::uint64_t>(1, health.writtenEvents)));
    if (health.lostEvents > 0) {
        print("events lost", fmt::format("{}", health.lostEvents));
    }
}

void benchCommands(const std::string& directory) {
    const base::SteadyClock clock;
    journal::JournalSettings settings;
    settings.file = directory + "/commands.db";
    journal::Journal journal(clock, settings);
    (void)journal.open();
    journal.start();
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) {
        domain::CommandReport report;
        report.command.id.value = std::to_string(i);
        report.status = domain::CommandStatus::applied;
        times.push_back(timeOf(clock, [&] { (void)journal.write(report, clock.wallNow()); }));
    }
    std::sort(times.begin(), times.end());
    print("a command until it is on the disk, median of 100", fmt::format("{:.2f} ms", times[times.size() / 2]));
}

void ask(const std::string& what, const std::function<std::size_t()>& question) {
    const base::SteadyClock clock;
    std::vector<double> times;
    std::size_t answers = 0;
    for (int i = 0; i < kRepetitions; ++i) {
        times.push_back(timeOf(clock, [&] { answers = question(); }));
    }
    std::sort(times.begin(), times.end());
    print(fmt::format("{} ({} answers)", what, answers), fmt::format("{:.1f} ms", times[times.size() / 2]));
}

void benchAsking(const std::string& directory, std::int64_t events) {
    const base::SteadyClock clock;
    const std::string file = directory + "/large.db";
    bool made = false;
    const double took = timeOf(clock, [&] { made = makeLargeFile(file, events); });
    if (!made) {
        return;
    }
    print(fmt::format("a file of {} events, {} MB, made in", events, std::filesystem::file_size(file) >> 20U),
          fmt::format("{:.0f} s", took / 1000));
    auto opened = journal::JournalReader::open(file);
    if (!opened) {
        fmt::print("{}\n", opened.error().text());
        return;
    }
    journal::JournalReader& reader = *opened;
    const base::WallTime from = journal::wallTime(kLargeBeginMs) + std::chrono::days(15);
    const journal::TimeSpan day{from, from + std::chrono::days(1)};
    const domain::BreakerId breaker("breaker 7");
    const auto events_ = [&](const std::string& what, auto restrict) {
        journal::EventQuery query;
        query.span = day;
        restrict(query);
        ask("24 h of 1,000 breakers: " + what, [&] { return reader.events(query)->events.size(); });
    };
    events_("newest events", [](journal::EventQuery&) {});
    events_("of a breaker", [&](journal::EventQuery& query) { query.breaker = breaker; });
    events_("of a person", [](journal::EventQuery& query) { query.actor = "person 3"; });
    events_("commands", [](journal::EventQuery& query) { query.kinds = {domain::EventKind::command}; });
    events_("a kind that never was", [](journal::EventQuery& query) { query.kinds = {domain::EventKind::holdPlaced}; });
    events_("with a frequent text", [](journal::EventQuery& query) { query.text = "of 21 calls"; });
    events_("with a text that is nowhere", [](journal::EventQuery& query) { query.text = "unheard of"; });
    ask("24 h of 1,000 breakers: bands of states, 1,000 pixels", [&] {
        return reader.bands({day, {}, std::chrono::seconds(86)})->size();
    });
    ask("24 h: band of a breaker", [&] { return reader.bands({day, {breaker}, {}})->front().spans.size(); });
    ask("24 h: metrics of a breaker, 300 points", [&] { return reader.rollups({breaker, day, 300})->size(); });
    ask("a stream goes on: 1,000 events after an id", [&] {
        return reader.eventsAfter(domain::EventId(kLargeBeginMs * 1000 + static_cast<std::uint64_t>(events) / 2), 1000)
            ->events.size();
    });
}

}  // namespace

}  // namespace fusebox::bench

int main(int argc, char** argv) {
    using namespace fusebox::bench;
    const std::string which = argc > 1 ? argv[1] : "";
    std::string directory = (std::filesystem::temp_directory_path() / "fusebox-bench-XXXXXX").string();
    if (::mkdtemp(directory.data()) == nullptr) {
        return 1;
    }
    if (which.empty() || which == "write") {
        benchWriting(directory);
        benchCommands(directory);
    }
    if (which.empty() || which == "ask") {
        benchAsking(directory, argc > 2 ? std::atoll(argv[2]) : kLargeEvents);
    }
    std::filesystem::remove_all(directory);
    return 0;
}
