// A journal in a directory of its own, on a manual clock and without a thread, fed with frames.
#pragma once

#include <fusebox/base/clock.h>
#include <fusebox/journal/journal.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/support/temp_dir.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::journal {

class FrameSink : public collector::Sink {
public:
    void accept(const domain::FrameRef& frame) override { frames.push_back(frame); }
    std::vector<domain::FrameRef> frames;
};

class JournalFixture {
public:
    JournalFixture() {
        settings.file = (directory.path() / "journal.db").string();
        start();
    }

    /// Opens the journal, again if there is one.
    void start() {
        journal.reset();
        journal = std::make_unique<Journal>(clock, settings);
        last = journal->open().value;
    }

    domain::Event event(std::string breaker, std::string text) const {
        domain::Event made;
        made.at = clock.wallNow();
        made.breaker.value = std::move(breaker);
        made.text = std::move(text);
        return made;
    }
    domain::Event move(std::string breaker, domain::State from, domain::State to) const {
        domain::Event made = event(std::move(breaker), "it moved");
        made.kind = domain::EventKind::transition;
        domain::Transition transition;
        transition.sequence = 7;
        transition.from = from;
        transition.to = to;
        transition.wall = made.at;
        made.body = transition;
        return made;
    }

    /// Numbers the events as a collector does.
    domain::FrameRef frame(std::vector<domain::Event> events, std::vector<domain::Snapshot> snapshots = {}) {
        auto made = std::make_shared<domain::Frame>();
        made->wall = clock.wallNow();
        made->at = clock.now();
        made->snapshots = std::move(snapshots);
        made->events = std::move(events);
        for (domain::Event& each : made->events) {
            each.id = domain::EventId(++last);
        }
        return made;
    }
    /// Gives a frame to the journal and lets it write.
    domain::FrameRef put(std::vector<domain::Event> events, std::vector<domain::Snapshot> snapshots = {}) {
        domain::FrameRef made = frame(std::move(events), std::move(snapshots));
        journal->accept(made);
        journal->runWaiting();
        return made;
    }

    static domain::Snapshot snapshot(std::string breaker, domain::State state = domain::State::closed) {
        domain::Snapshot made;
        auto identity = std::make_shared<domain::Identity>();
        identity->id.value = std::move(breaker);
        made.identity = std::move(identity);
        made.state = state;
        return made;
    }

    static domain::CommandReport report(std::string id, std::string reason = "deployed the fix") {
        domain::CommandReport made;
        made.command.id.value = std::move(id);
        made.command.breaker.value = "orders";
        made.command.actor = "ann";
        made.command.origin = "console";
        made.command.reason = std::move(reason);
        made.status = domain::CommandStatus::applied;
        return made;
    }

    JournalReader reader() const {
        auto opened = JournalReader::open(journal->health().file);
        return std::move(opened.value());
    }

    support::TempDir directory;
    base::ManualClock clock;
    JournalSettings settings;
    std::uint64_t last = 0;
    std::unique_ptr<Journal> journal;
};

}  // namespace fusebox::journal
