// Writes commands into a journal and prints the id of each that the journal has acknowledged, until it is killed.
#include <fusebox/base/clock.h>
#include <fusebox/journal/journal.h>

#include <unistd.h>

#include <memory>
#include <string>

using namespace fusebox;

int main(int argc, char** argv) {
    if (argc < 3) {
        return 2;
    }
    const base::SteadyClock clock;
    journal::JournalSettings settings;
    settings.file = argv[1];
    journal::Journal journal(clock, settings);
    std::uint64_t event = journal.open().value;
    journal.start();
    for (int i = 0;; ++i) {
        auto frame = std::make_shared<domain::Frame>();
        frame->wall = clock.wallNow();
        domain::Event happened;
        happened.id = domain::EventId(++event);
        happened.at = frame->wall;
        happened.breaker.value = "orders";
        happened.text = "something happened";
        frame->events.push_back(happened);
        journal.accept(frame);

        domain::CommandReport report;
        report.command.id.value = std::string(argv[2]) + "-" + std::to_string(i);
        report.command.actor = "ann";
        report.command.breaker.value = "orders";
        report.status = domain::CommandStatus::applied;
        if (!journal.write(report, clock.wallNow())) {
            return 3;
        }
        const std::string line = report.command.id.value + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) {
            return 4;
        }
    }
}
