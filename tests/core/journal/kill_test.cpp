// T15: kill -9 at random moments loses no acknowledged command.
#include "journal_fixture.h"

#include <fusebox/support/test_case.h>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <random>
#include <set>

using namespace fusebox;
using namespace fusebox::journal;

namespace {

constexpr int kRounds = 200;

}  // namespace

class KillTest : public QObject {
    Q_OBJECT
private slots:
    void t15_kill_at_random_moments_loses_no_acknowledged_command() {
        const unsigned seed = qEnvironmentVariableIsSet("FUSEBOX_SEED") ? qEnvironmentVariableIntValue("FUSEBOX_SEED")
                                                                        : std::random_device()();
        qInfo("seed %u: FUSEBOX_SEED=%u repeats it", seed, seed);
        std::mt19937 random(seed);
        const support::TempDir directory;
        const std::string file = (directory.path() / "journal.db").string();
        std::set<std::string> acknowledged;
        for (int round = 0; round < kRounds; ++round) {
            live(file, "r" + std::to_string(round), random, acknowledged);
        }
        QVERIFY(acknowledged.size() > kRounds);
        auto reader = JournalReader::open(file);
        QVERIFY2(reader.has_value(), reader ? "" : reader.error().text().c_str());
        std::set<std::string> found;
        for (std::uint64_t after = 0;;) {
            const auto records = reader->audit(after, 10'000);
            QVERIFY(records.has_value());
            if (records->empty()) break;
            for (const AuditRecord& record : *records) found.insert(record.command);
            after = records->back().number;
        }
        for (const std::string& id : acknowledged) QVERIFY2(found.count(id) == 1, id.c_str());
        const auto verdict = reader->verify();
        QVERIFY2(verdict->intact, verdict->text.c_str());
        auto database = Database::open(file, Database::Access::readOnly);
        QVERIFY(database->value("PRAGMA integrity_check").value() == "ok");
    }

private:
    /// One life of the program: killed after some acknowledged commands, and a moment more.
    static void live(const std::string& file, const std::string& name, std::mt19937& random,
                     std::set<std::string>& acknowledged) {
        std::array<int, 2> pipe{};
        QVERIFY(::pipe2(pipe.data(), O_CLOEXEC) == 0);
        std::string program = FUSEBOX_CRASH_CHILD;
        std::string path = file;
        std::string id = name;
        std::array<char*, 4> arguments{program.data(), path.data(), id.data(), nullptr};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
        pid_t child = 0;
        const int made = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(pipe[1]);
        QVERIFY(made == 0);

        const auto wanted = static_cast<unsigned>(random() % 6);
        std::string heard;
        unsigned lines = 0;
        std::array<char, 4096> bytes{};
        while (lines < wanted) {
            const ssize_t count = ::read(pipe[0], bytes.data(), bytes.size());
            if (count <= 0) break;
            heard.append(bytes.data(), static_cast<std::size_t>(count));
            lines = static_cast<unsigned>(std::count(heard.begin(), heard.end(), '\n'));
        }
        pollfd moment{-1, 0, 0};
        (void)::poll(&moment, 1, static_cast<int>(random() % 8));
        ::kill(child, SIGKILL);
        for (ssize_t count = 0; (count = ::read(pipe[0], bytes.data(), bytes.size())) > 0;) {
            heard.append(bytes.data(), static_cast<std::size_t>(count));
        }
        ::close(pipe[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY2(WIFSIGNALED(status), name.c_str());  // it did not end by itself
        for (std::size_t at = 0, end = 0; (end = heard.find('\n', at)) != std::string::npos; at = end + 1) {
            acknowledged.insert(heard.substr(at, end - at));
        }
    }
};

FUSEBOX_TEST(KillTest)
#include "kill_test.moc"
