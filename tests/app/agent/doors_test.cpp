// What lies at the agent's door: its state directory, its local token, its address, the tokens of the configuration.
#include <fusebox/agent/local_door.h>
#include <fusebox/agent/state_dir.h>
#include <fusebox/agent/tokens.h>
#include <fusebox/agent/watched_files.h>
#include <fusebox/config/state_place.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace fusebox::agent {
namespace {

mode_t modeOf(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

QString troubleOf(const base::Result<StateDir>& opened) {
    return opened ? QString() : QString::fromStdString(opened.error().text());
}

}  // namespace

class DoorsTest : public QObject {
    Q_OBJECT
private slots:
    void a_state_directory_is_made_for_its_owner_alone() {
        const support::TempDir folder;
        const auto opened = StateDir::open(folder.path() / "a" / "b");
        QVERIFY2(opened, qPrintable(troubleOf(opened)));
        QCOMPARE(modeOf(folder.path() / "a" / "b"), mode_t(0700));
        QCOMPARE(modeOf(folder.path() / "a"), mode_t(0700));
    }

    // Row F3 of the attacks: a directory that others may write to, and one that is in use.
    void a_state_directory_that_is_not_its_own_is_refused() {
        const support::TempDir folder;
        const auto dir = folder.path() / "state";
        std::filesystem::create_directory(dir);
        ::chmod(dir.c_str(), 0777);
        const auto open = StateDir::open(dir);
        QVERIFY(!open);
        QCOMPARE(open.error().code, base::TroubleCode::refused);
        QVERIFY2(troubleOf(open).contains("has mode 0777, others may write to it"), qPrintable(troubleOf(open)));
        ::chmod(dir.c_str(), 0700);
        const auto first = StateDir::open(dir);
        QVERIFY(first);
        const auto second = StateDir::open(dir);
        QVERIFY(!second);
        QVERIFY2(troubleOf(second).contains(QString("is in use by the process %1").arg(::getpid())),
                 qPrintable(troubleOf(second)));
        folder.write("file", "");
        QVERIFY(troubleOf(StateDir::open(folder.path() / "file")).contains("is no directory"));
    }

    void a_state_directory_is_free_again_when_its_program_has_ended() {
        const support::TempDir folder;
        { const auto first = StateDir::open(folder.path() / "state"); }
        QVERIFY(StateDir::open(folder.path() / "state"));
    }

    void a_local_token_is_made_once_and_kept() {
        const support::TempDir folder;
        const auto first = localToken(folder.path());
        QVERIFY(first);
        QCOMPARE(modeOf(folder.path() / kLocalToken), mode_t(0600));
        QCOMPARE(localToken(folder.path()).value(), *first);
    }

    // Row B5 of the attacks: it is refused and not replaced, whoever has looked into it.
    void a_local_token_that_others_can_read_is_refused() {
        const support::TempDir folder;
        QVERIFY(localToken(folder.path()));
        ::chmod((folder.path() / kLocalToken).c_str(), 0644);
        const auto token = localToken(folder.path());
        QVERIFY(!token);
        QCOMPARE(token.error().code, base::TroubleCode::refused);
        QVERIFY(QString::fromStdString(token.error().text()).contains("has mode 0644, open to others"));
        std::filesystem::remove(folder.path() / kLocalToken);
        std::filesystem::create_symlink("/etc/hostname", folder.path() / kLocalToken);
        QVERIFY(QString::fromStdString(localToken(folder.path()).error().text()).contains("is a symbolic link"));
    }

    void local_programs_find_address_and_token() {
        const support::TempDir folder;
        QVERIFY(!config::localAgentIn(folder.path()));
        QVERIFY(localToken(folder.path()));
        QVERIFY(writeLocalUrl(folder.path(), "http://127.0.0.1:1"));
        QVERIFY(writeLocalUrl(folder.path(), "http://127.0.0.1:2"));
        const auto found = config::localAgentIn(folder.path());
        QVERIFY(found);
        QCOMPARE(found->url, std::string("http://127.0.0.1:2"));
        QCOMPARE(found->tokenFile, folder.path() / kLocalToken);
    }

    void an_address_is_one_that_this_machine_can_call() {
        QCOMPARE(localUrl("127.0.0.1", 7420, false), std::string("http://127.0.0.1:7420"));
        QCOMPARE(localUrl("0.0.0.0", 7420, true), std::string("https://127.0.0.1:7420"));
        QCOMPARE(localUrl("::", 1, true), std::string("https://[::1]:1"));
        QCOMPARE(localUrl("fd00::1", 1, true), std::string("https://[fd00::1]:1"));
    }

    void tokens_are_known_by_their_hashes_alone() {
        const support::TempDir folder;
        const std::string secret = "canary-0123456789";
        const auto file = folder.write("token", secret + "\n");
        ::chmod(file.c_str(), 0600);
        config::AgentSettings settings;
        settings.tokens.push_back({"ann", domain::Role::operatorRole, "", file.string(), {}, 0});
        settings.tokens.push_back({"bob", domain::Role::viewer, std::string(64, 'a'), "", base::WallTime{}, 0});
        const auto tokens = tokensOf(settings, folder.path());
        QVERIFY(tokens);
        QCOMPARE(tokens->size(), 3U);
        QVERIFY(tokens->at(0).role == domain::Role::admin);
        QCOMPARE(tokens->at(1).sha256, server::TokenBook::hashOf(secret));
        QVERIFY(tokens->at(1).role == domain::Role::operatorRole);
        QCOMPARE(tokens->at(2).sha256, std::string(64, 'a'));
        QVERIFY(tokens->at(2).expires == base::WallTime{});
        ::chmod(file.c_str(), 0640);
        QVERIFY(!tokensOf(settings, folder.path()));
    }

    void a_key_that_everyone_can_read_is_refused() {
        const support::TempDir folder;
        const auto file = folder.write("key.pem", "x");
        ::chmod(file.c_str(), 0644);
        QVERIFY(readPem(file, Pem::certificate));
        QCOMPARE(readPem(file, Pem::key).error().code, base::TroubleCode::refused);
        ::chmod(file.c_str(), 0640);
        QVERIFY(readPem(file, Pem::key));
        QVERIFY(!readPem("/dev/zero", Pem::certificate));
        QVERIFY(!readPem(folder.path() / "none", Pem::certificate));
    }

    void a_changed_replaced_made_or_removed_file_is_noticed_once() {
        const support::TempDir folder;
        const auto file = folder.write("a", "one");
        WatchedFiles files;
        files.watch({file, folder.path() / "b"});
        QVERIFY(!files.haveChanged());
        folder.write("a", "three");
        QVERIFY(files.haveChanged());
        QVERIFY(!files.haveChanged());
        folder.write("c", "three");
        std::filesystem::rename(folder.path() / "c", file);
        QVERIFY(files.haveChanged());
        folder.write("b", "");
        QVERIFY(files.haveChanged());
        std::filesystem::remove(file);
        QVERIFY(files.haveChanged());
        QVERIFY(!files.haveChanged());
    }

    void what_changes_while_others_are_added_is_not_missed() {
        const support::TempDir folder;
        const auto file = folder.write("a", "one");
        WatchedFiles files;
        files.watch({file});
        folder.write("a", "three");
        files.watchAlso({folder.write("b", "new"), file});
        QVERIFY(files.haveChanged());
        QVERIFY(!files.haveChanged());
    }
};

FUSEBOX_TEST(DoorsTest)

}  // namespace fusebox::agent

#include "doors_test.moc"
