// Programs as they really are: they hang, fork, leave, print without end.
#include <fusebox/recovery/kept_output.h>
#include <fusebox/recovery/restart_service.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

using namespace fusebox;
using namespace fusebox::recovery;
using How = ProgramEnd::How;

namespace {

ProgramEnd run(std::vector<std::string> arguments, const std::stop_token& stop = {}) {
    Program program;
    program.arguments = std::move(arguments);
    return runProgram(program, stop, [](const std::string&) {});
}

ProgramEnd script(const std::string& text, const std::stop_token& stop = {}) {
    return run({"/bin/sh", "-c", text}, stop);
}

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Processes with this text in their command line, this one left out.
int countOf(const std::string& text) {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        if (entry.path().filename() == std::to_string(::getpid())) continue;
        if (contentOf(entry.path() / "cmdline").find(text) != std::string::npos) ++count;
    }
    return count;
}

}  // namespace

class ProgramTest : public QObject {
    Q_OBJECT
private slots:
    void a_good_end_tells_its_output() {
        const ProgramEnd end = script("echo begun; echo trouble >&2");
        QCOMPARE(end.how, How::exited);
        QCOMPARE(end.code, 0);
        QCOMPARE(end.output, std::string("begun\ntrouble\n"));
    }

    void arguments_are_never_read_by_a_shell() {
        QCOMPARE(run({"echo", "$(id)", "; ls", "*", ""}).output, std::string("$(id) ; ls * \n"));
        Program program;
        program.arguments = {"echo", "a b", "it's"};
        QCOMPARE(program.text(), std::string("echo 'a b' 'it'\\''s'"));
    }

    void an_exit_code_and_a_signal_are_told_apart() {
        QCOMPARE(script("exit 3").code, 3);
        const ProgramEnd killed = script("kill -9 $$");
        QCOMPARE(killed.how, How::bySignal);
        QCOMPARE(killed.code, SIGKILL);
    }

    void what_cannot_be_started_says_why() {
        QCOMPARE(run({"/nowhere/at-all"}).trouble,
                 std::string("/nowhere/at-all: cannot be started (No such file or directory)"));
        QVERIFY(run({"no-such-program-of-ours"}).trouble.find("is not found in") != std::string::npos);
        QCOMPARE(run({"/etc/passwd"}).how, How::notStarted);
        const auto text = m_folder.write("no-interpreter", "echo hello\n");
        std::filesystem::permissions(text, std::filesystem::perms::owner_all);
        QCOMPARE(run({text.string()}).how, How::notStarted);
    }

    void it_has_a_clean_environment_no_input_and_no_foreign_descriptors() {
        ::setenv("FUSEBOX_TEST_SECRET", "hidden", 1);
        const int leak = ::open("/dev/null", O_RDONLY);  // on purpose without O_CLOEXEC
        QVERIFY(leak >= 0);
        const ProgramEnd end = script("env | sort | cut -d= -f1; cat; ls /proc/self/fd | wc -l; pwd; trap '' INT; tty");
        ::close(leak);
        QVERIFY2(end.output.starts_with("FUSEBOX_RUN\nLANG\nPATH\nPWD\n4\n/\n"), end.output.c_str());
    }

    void what_hangs_is_killed_at_the_stop_even_if_it_ignores_the_polite_signal() {
        const ProgramEnd end = stopped("trap '' TERM; echo stubborn; while :; do sleep 1; done # hangs-%1");
        QCOMPARE(end.how, How::stopped);
        QCOMPARE(end.output, std::string("stubborn\n"));
    }

    void grandchildren_are_killed_too_also_those_that_left_the_session() {
        stopped("(setsid sleep 987 %1 2>/dev/null; true) & setsid sh -c 'setsid sleep 1000; : %1' & sleep 1000; : %1",
                2);
    }

    void what_forks_without_end_is_killed_whole() {
        stopped("f() { sleep 0.01; f %1 & f %1; }; (ulimit -u 400 2>/dev/null; f) ; sleep 1000", 8);
    }

    void closed_output_does_not_matter() {
        const ProgramEnd end = script("exec >&- 2>&-; exit 4");
        QCOMPARE(end.code, 4);
        QVERIFY(end.output.empty());
    }

    void a_service_left_in_the_background_keeps_running_and_nobody_waits_for_it() {
        const ProgramEnd end = script("setsid sleep 876 & echo $!");
        QCOMPARE(end.how, How::exited);
        const pid_t left = static_cast<pid_t>(std::stol(end.output));
        QCOMPARE(::kill(left, 0), 0);
        ::kill(left, SIGKILL);
    }

    void of_100_MB_the_beginning_and_the_end_are_kept() {
        const ProgramEnd end = script("echo first; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo last");
        QVERIFY(end.output.size() < KeptOutput::kHead + KeptOutput::kTail + 100);
        QVERIFY(end.output.starts_with("first\nxxx"));
        QVERIFY(end.output.ends_with("xxx\nlast\n"));
        QVERIFY(end.output.find("[99983628 bytes are left out here]") != std::string::npos);
    }

    void output_is_valid_text_whatever_was_printed() {
        QCOMPARE(script("printf 'a\\377b\\033[31mc\\302'").output, std::string("a\xef\xbf\xbd"
                                                                               "b\xef\xbf\xbd[31mc\xef\xbf\xbd"));
        QCOMPARE(legible("gr\xc3\xbc\xc3\x9f\xf0\x9f\x94\xa5\n\xed\xa0\x80"),
                 std::string("gr\xc3\xbc\xc3\x9f\xf0\x9f\x94\xa5\n\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
    }

    void the_last_line_is_the_progress() {
        KeptOutput kept;
        kept.add("one\ntwo\n\n");
        QCOMPARE(kept.lastLine(), std::string("two"));
        kept.add(std::string(1000, 'x'));
        QCOMPARE(kept.lastLine().size(), 200U);
    }

    void a_unit_is_restarted_by_its_argument_vector() {
        QCOMPARE(restartOfUnit("nginx.service", UnitScope::system)->text(),
                 std::string("systemctl --no-ask-password restart -- nginx.service"));
        QCOMPARE(restartOfUnit("worker@2.service", UnitScope::user)->arguments.at(1), std::string("--user"));
        for (const char* bad : {"", "-H evil", "a b", "a;b", "$(id)", "../x"}) {
            QVERIFY2(!restartOfUnit(bad, UnitScope::system), bad);
        }
    }

    void restart_service_says_what_became_of_it() {
        QCOMPARE(RestartService({{"true"}, {}, "/"}).effect(), std::string("Runs `true`."));
        QCOMPARE(restart("echo fine for $FUSEBOX_BREAKER").output, std::string("fine for orders\n"));
        QCOMPARE(restart("echo no; exit 1").result, domain::RecoveryResult::failed);
        QCOMPARE(restart("exit 7").detail, std::string("It ended with exit code 7."));
        QCOMPARE(restart("kill -15 $$").detail, std::string("It was ended by signal 15 (Terminated)."));
    }

private:
    ActionResult restart(const std::string& text) {
        RestartService action({{"/bin/sh", "-c", text}, {}, "/"});
        Occasion occasion;
        occasion.breaker = domain::BreakerId("orders");
        return action.run(occasion, {}, [](const std::string&) {});
    }

    // Runs the script, stops it once so many processes of its name run, and sees that nothing of it is left. %1 becomes a name of its own.
    ProgramEnd stopped(QString text, int expected = 1) {
        const std::string name = "fusebox-attack-" + std::to_string(::getpid()) + "-" + std::to_string(++m_attacks);
        text.replace("%1", QString::fromStdString(name));
        std::stop_source stop;
        ProgramEnd end;
        std::atomic<bool> ended{false};
        std::thread thread([&] {
            end = script(text.toStdString() + " # " + name, stop.get_token());
            ended = true;
        });
        const bool began = QTest::qWaitFor([&] { return countOf(name) >= expected; });
        stop.request_stop();
        const bool finished = QTest::qWaitFor([&] { return ended.load(); }, 20'000);
        thread.join();
        [&] {
            QVERIFY(began && finished);
            QCOMPARE(end.how, How::stopped);
            QCOMPARE(countOf(name), 0);
        }();
        return end;
    }

    support::TempDir m_folder;
    int m_attacks = 0;
};

FUSEBOX_TEST(ProgramTest)

#include "program_test.moc"
