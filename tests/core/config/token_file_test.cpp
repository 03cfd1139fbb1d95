// Row B5 of the attacks: the file that holds a token.
#include <fusebox/config/token_file.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace fusebox;
using namespace fusebox::config;

namespace {

const std::string kToken = "0123456789abcdefghij";

std::filesystem::path fileWith(const support::TempDir& folder, const std::string& content, mode_t mode = 0600) {
    const std::filesystem::path file = folder.path() / "token";
    std::filesystem::remove(file);
    std::ofstream(file, std::ios::binary) << content;
    ::chmod(file.c_str(), mode);
    return file;
}

QString refusalOf(const std::filesystem::path& file) {
    const auto token = readTokenFile(file);
    return token ? QString() : QString::fromStdString(token.error().text());
}

}  // namespace

class TokenFileTest : public QObject {
    Q_OBJECT
private slots:
    void one_line_break_at_the_end_is_no_part_of_the_token() {
        const support::TempDir folder;
        QCOMPARE(readTokenFile(fileWith(folder, kToken + "\n")).value(), kToken);
        QCOMPARE(readTokenFile(fileWith(folder, kToken)).value(), kToken);
        QVERIFY(refusalOf(fileWith(folder, kToken + "\r\n")).contains("holds more than one printable word"));
        QVERIFY(refusalOf(fileWith(folder, kToken + "\n\n")).contains("holds more than one printable word"));
        QVERIFY(refusalOf(fileWith(folder, kToken + " x\n")).contains("holds more than one printable word"));
    }

    void a_file_that_others_can_read_or_write_is_refused_data() {
        QTest::addColumn<int>("mode");
        for (const int mode : {0644, 0640, 0604, 0620, 0666, 0660}) QTest::addRow("%04o", mode) << mode;
    }
    void a_file_that_others_can_read_or_write_is_refused() {
        QFETCH(int, mode);
        const support::TempDir folder;
        const QString refusal = refusalOf(fileWith(folder, kToken, static_cast<mode_t>(mode)));
        QVERIFY2(refusal.contains(QString::asprintf("has mode %04o, open to others; needed: 0600", unsigned(mode))),
                 qPrintable(refusal));
        QVERIFY(!refusal.contains(QString::fromStdString(kToken)));
    }

    void a_symbolic_link_is_refused() {
        const support::TempDir folder;
        const auto file = fileWith(folder, kToken);
        std::filesystem::create_symlink(file, folder.path() / "link");
        QVERIFY(refusalOf(folder.path() / "link").contains("is a symbolic link"));
    }

    void an_empty_short_or_endless_file_is_refused() {
        const support::TempDir folder;
        QVERIFY(refusalOf(fileWith(folder, "")).contains("is empty"));
        QVERIFY(refusalOf(fileWith(folder, "\n")).contains("is empty"));
        QVERIFY(refusalOf(fileWith(folder, "short")).contains("holds no token of 16 to 512 characters"));
        QVERIFY(refusalOf(fileWith(folder, std::string(1U << 20U, 'x'))).contains("holds no token of 16 to 512"));
        QVERIFY(refusalOf("/nowhere/token").contains("cannot be opened"));
    }

    void what_is_no_plain_file_is_refused_without_waiting() {
        const support::TempDir folder;
        const std::string pipe = (folder.path() / "pipe").string();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(refusalOf(pipe).contains("is no plain file"));
        QVERIFY(refusalOf(folder.path()).contains("is no plain file"));
    }

    void a_file_of_another_user_is_refused() {
        if (::geteuid() != 0) QSKIP("only root can give a file away");
        const support::TempDir folder;
        const auto file = fileWith(folder, kToken);
        QCOMPARE(::chown(file.c_str(), 12'345, 12'345), 0);
        QVERIFY(refusalOf(file).contains("belongs to the user with number 12345"));
    }

    void a_fresh_token_is_long_and_its_file_is_its_owners_alone() {
        const support::TempDir folder;
        const std::string token = freshToken().value();
        QCOMPARE(token.size(), 43U);
        QVERIFY(token != freshToken().value());
        const mode_t before = ::umask(0);
        QVERIFY(makeTokenFile(folder.path() / "made", token));
        ::umask(before);
        QCOMPARE(readTokenFile(folder.path() / "made").value(), token);
        QVERIFY(makeTokenFile(folder.path() / "made", token).error().code == base::TroubleCode::conflict);
    }
};

FUSEBOX_TEST(TokenFileTest)
#include "token_file_test.moc"
