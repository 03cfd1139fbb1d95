#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/state_file.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace fusebox::wiring {

namespace {

mode_t modeOf(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

std::ptrdiff_t filesIn(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

}  // namespace

class StateFileTest : public QObject {
    Q_OBJECT
private slots:
    void what_is_written_is_read_back() {
        const support::TempDir folder;
        const StateFile file(folder.path() / "breakers.json");
        const auto none = file.read();
        QVERIFY(none && !*none);
        for (const std::string& content : {std::string("first"), std::string(), std::string(300'000, 'x')}) {
            QVERIFY(file.write(content));
            const auto read = file.read();
            QVERIFY(read && *read && **read == content);
        }
        QCOMPARE(filesIn(folder.path()), 1);
    }

    void it_and_the_folders_that_it_makes_are_their_owners_alone() {
        const support::TempDir folder;
        const StateFile file(folder.path() / "state" / "fusebox" / "breakers.json");
        QVERIFY(file.write("x"));
        QCOMPARE(modeOf(file.path()), mode_t{0600});
        QCOMPARE(modeOf(folder.path() / "state"), mode_t{0700});
        ::chmod(file.path().c_str(), 0644);
        QVERIFY(file.write("y"));
        QCOMPARE(modeOf(file.path()), mode_t{0600});
    }

    void what_cannot_be_written_leaves_the_old_content_and_no_rest() {
        const support::TempDir folder;
        const StateFile file(folder.path() / "breakers.json");
        // A folder in the place of the file cannot be replaced by one.
        std::filesystem::create_directories(file.path() / "inside");
        const auto written = file.write("x");
        QVERIFY(!written);
        QCOMPARE(written.error().where, file.path().string());
        QVERIFY(!written.error().cause.empty());
        QCOMPARE(filesIn(folder.path()), 1);
        QVERIFY(!StateFile("/proc/no-such-place/breakers.json").write("x"));
    }

    void what_is_no_plain_file_is_refused_without_waiting_for_it() {
        const support::TempDir folder;
        QVERIFY(!StateFile(folder.path()).read());
        const std::filesystem::path pipe = folder.path() / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(!StateFile(pipe).read());
    }

    void a_file_that_is_too_large_is_refused() {
        const support::TempDir folder;
        const std::filesystem::path large = folder.write("large", "");
        std::filesystem::resize_file(large, (std::uintmax_t{64} << 20) + 1);
        const auto read = StateFile(large).read();
        QVERIFY(!read);
        QCOMPARE(read.error().what, std::string("is larger than 64 MiB"));
    }

    void a_bad_file_is_put_aside_and_not_lost() {
        const support::TempDir folder;
        const StateFile file(folder.write("breakers.json", "garbage"));
        const auto aside = file.putAside();
        QVERIFY(aside.has_value());
        QVERIFY(!*file.read());
        QCOMPARE(**StateFile(*aside).read(), std::string("garbage"));
    }
};

FUSEBOX_TEST(StateFileTest)

}  // namespace fusebox::wiring

#include "state_file_test.moc"
