#include <fusebox/errors/mask.h>
#include <fusebox/errors/message_scanner.h>
#include <fusebox/support/test_case.h>

#include <string>
#include <string_view>

using namespace fusebox;

namespace {

std::string masked(std::string_view message) {
    static errors::MessageScanner scanner;
    return errors::templateText(scanner.scan(message));
}

}  // namespace

/// What the scanner takes for a value, and what it leaves.
class MessageScannerTest : public QObject {
    Q_OBJECT
private slots:
    void numbers_of_any_form_are_masked() {
        QCOMPARE(masked("worker 12 exited with code -9"), std::string("worker <num> exited with code <num>"));
        QCOMPARE(masked("load is 0.75, was +12.5"), std::string("load is <dec>, was <dec>"));
        QCOMPARE(masked("1,234,567 rows of 12,345"), std::string("<num> rows of <num>"));
        QCOMPARE(masked("96% of [1234] used"), std::string("<num>% of [<num>] used"));
    }

    void hexadecimal_needs_no_prefix() {
        QCOMPARE(masked("at 0xdeadBEEF and 0X80076ED"), std::string("at <hex> and <hex>"));
        QCOMPARE(masked("trace 525f570e dropped"), std::string("trace <id> dropped"));
        QCOMPARE(masked("commit d2a9e401a40a3626 is bad"), std::string("commit <id> is bad"));
        QCOMPARE(masked("dead beef cafe facade"), std::string("dead beef cafe facade"));
    }

    void dates_and_times_are_masked() {
        for (const char* time :
             {"2026-07-16 07:16:52,975", "2026-03-11T19:37:43.561Z", "2026-12-18T13:13:50.270+02:00", "07:16:52",
              "2016/9/27:20:30:31.455", "10/Oct/2000:13:55:36 -0700", "Fri Dec 10 19:02:14 EST 2004",
              "Sun, Jul 24 02:38:22 2005", "Jul  9 02:38:22", "2003-12-10"}) {
            QCOMPARE(masked("at " + std::string(time) + " it ended"), std::string("at <time> it ended"));
        }
        QCOMPARE(masked("May 5 users log in"), std::string("May <num> users log in"));
    }

    void addresses_are_masked() {
        QCOMPARE(masked("dial tcp 10.0.0.1:80: refused"), std::string("dial tcp <ip>: refused"));
        QCOMPARE(masked("dial tcp [fe80::0d37:8962:e667:5a28]:28446"), std::string("dial tcp [<ip>]:<num>"));
        QCOMPARE(masked("from ::1 to 2607:f140:6000:8:c6b3:1ff:fecd:467f"), std::string("from <ip> to <ip>"));
        QCOMPARE(masked("src: /10.251.30.6:33145"), std::string("src: <ip>"));
        QCOMPARE(masked("rack-1/10.0.0.1:8080 left"), std::string("<ip> left"));
        QCOMPARE(masked("arp 56:36:86:b1:86:b5 and 00-11-43-E3-BA-C3"), std::string("arp <mac> and <mac>"));
        QCOMPARE(masked("AppleCamIn::systemWakeCall std::vector a::b()"),
                 std::string("AppleCamIn::systemWakeCall std::vector a::b()"));
    }

    void names_in_the_network_are_masked() {
        QCOMPARE(masked("lookup api-echo.prod.example.net failed"), std::string("lookup <host> failed"));
        QCOMPARE(masked("13.client-channel.google.com:443 closed"), std::string("<host> closed"));
        QCOMPARE(masked("5.36.59.76.dsl.omantel.net.om closed"), std::string("<host> closed"));
        QCOMPARE(masked("node-12:9000 and localhost:80"), std::string("<host> and <host>"));
        QCOMPARE(masked("GET https://a.example.com/x?id=1&y=(2), retry"), std::string("GET <url>(<num>), retry"));
        QCOMPARE(masked("could not mail bob.smith+tag@mail.example.org: full"),
                 std::string("could not mail <email>: full"));
    }

    void code_keeps_its_names() {
        QCOMPARE(masked("java.io.IOException at ib_sm_sweep.c:1831"),
                 std::string("java.io.IOException at ib_sm_sweep.c:<num>"));
        QCOMPARE(masked("BLOCK* NameSystem.addStoredBlock: ok"), std::string("BLOCK* NameSystem.addStoredBlock: ok"));
        QCOMPARE(masked("com.apple.icloud.fmfd: mapred.job.id is old"),
                 std::string("com.apple.icloud.fmfd: mapred.job.id is old"));
    }

    void paths_and_data_files_are_masked() {
        QCOMPARE(masked("open /var/log/x y.log: no such file"), std::string("open <path>: no such file"));
        QCOMPARE(masked("cannot read C:\\Program Files\\Red Cat\\a.dll: denied"),
                 std::string("cannot read <path>: denied"));
        QCOMPARE(masked("at run (/srv/app/main.js:2748:5)"), std::string("at run (<path>:<id>)"));
        QCOMPARE(masked("loaded site.xml, skipped ~/x and a/b/c"),
                 std::string("loaded <path>, skipped <path> and <path>"));
        QCOMPARE(masked("i/o timeout and n/a or I/O"), std::string("i/o timeout and n/a or I/O"));
    }

    void uuids_and_random_ids_are_masked() {
        QCOMPARE(masked("task 89f7b881-2067-48c0-af75-00c354a9b47c left"), std::string("task <uuid> left"));
        QCOMPARE(masked("token RXmznGMgZlhWtqX4znVkzvOMXGka0DUJ= is bad"), std::string("token <id> is bad"));
        QCOMPARE(masked("token VKheXhrUEZfhOtEPRnoGaozIKdqOKVjg== is bad"), std::string("token <id> is bad"));
        QCOMPARE(masked("pod mike-4a9ae8cd46-2wj7n crashed"), std::string("pod <id> crashed"));
        QCOMPARE(masked("blk_-6952295868487656571 and blk_123456789"), std::string("<id> and <id>"));
    }

    void words_glued_to_numbers_keep_the_word() {
        QCOMPARE(masked("node-129 and eth0, IO80211AWDLPeerManager"),
                 std::string("node-<num> and eth<num>, IO<num>AWDLPeerManager"));
        QCOMPARE(masked("attempt_201_0001_m_000590_0 done"), std::string("attempt_<id>_m_<id> done"));
        QCOMPARE(masked("broadcast_8_piece0 is no rdd_42_20"),
                 std::string("broadcast_<num>_piece<num> is no rdd_<id>"));
        QCOMPARE(masked("R30-M0-N4-C failed"), std::string("<id> failed"));
        QCOMPARE(masked("r00=0x1f r01=0x2e"), std::string("r00=<hex> r01=<hex>"));
        QCOMPARE(masked("IPv6, x509 and ssh2 are names"), std::string("IPv6, x509 and ssh2 are names"));
    }

    void sizes_and_durations_lose_their_units() {
        for (const char* size : {"544.0 MB", "488KB", "469603 bytes", "32 GiB", "18846 bytes (18.4 KB)"}) {
            QCOMPARE(masked("wrote " + std::string(size) + " to it"), std::string("wrote <size> to it"));
        }
        for (const char* duration :
             {"1730ms", "1h30m", "4053 ms", "37.27s", "84.02s", "185\xc2\xb5s", "<1 sec", "10 days"}) {
            QCOMPARE(masked("took " + std::string(duration) + ", ok"), std::string("took <duration>, ok"));
        }
        QCOMPARE(masked("5 mice, 3 times"), std::string("<num> mice, <num> times"));
        QCOMPARE(masked("0000000d and 1f"), std::string("<id> and <id>"));
    }

    void quoted_texts_are_values_but_keys_requests_and_states_are_not() {
        QCOMPARE(masked("relation \"hotel mike\" or 'x' is not there"),
                 std::string("relation <str> or <str> is not there"));
        QCOMPARE(masked("it doesn't fit, isn't the users' own"), std::string("it doesn't fit, isn't the users' own"));
        QCOMPARE(masked("now in state 'Inactive'"), std::string("now in state 'Inactive'"));
        QCOMPARE(masked("\"GET /v2/x/detail HTTP/1.1\" status: 200"),
                 std::string("\"GET <path> HTTP/<dec>\" status: <num>"));
        QCOMPARE(masked(R"({"level":"error","msg":"disk 3 is full","user":"bob"})"),
                 std::string(R"({"level":"error","msg":"disk <num> is full","user":<str>})"));
    }

    void truth_values_are_values_where_they_are_assigned() {
        QCOMPARE(masked("auto=true, on: False, set(null)"), std::string("auto=<bool>, on: <bool>, set(<bool>)"));
        QCOMPARE(masked("this is true"), std::string("this is true"));
    }

    void lists_of_any_length_read_the_same() {
        QCOMPARE(masked("nodes 1, 2, 3 left"), masked("nodes 7 left"));
        QCOMPARE(masked("hosts an14 an15 an16 gone"), masked("hosts an9 gone"));
        QCOMPARE(masked("ids 12 0x3f a1b2c3d4 end"), std::string("ids <id> end"));
    }

    void blanks_and_control_characters_are_one_blank() {
        QCOMPARE(masked("  boot \t (command\r 1911)  "), std::string("boot (command <num>)"));
        QCOMPARE(masked(std::string_view("a\0b\x01\x7f", 5)), std::string("a b"));
        QCOMPARE(masked("\x1b[31;1mfailed\x1b[0m now\x1b"), std::string("failed now"));
    }

    void only_the_first_line_that_holds_anything_counts() {
        QCOMPARE(masked("\n \nfailed\n  at main.cpp:12"), std::string("failed"));
        QCOMPARE(masked("\n\n"), std::string());
        QCOMPARE(masked(""), std::string());
    }

    void no_text_is_too_long_or_too_strange() {
        const std::string megabyte(1024 * 1024, 'x');
        const std::string cut = masked(megabyte);
        QVERIFY(cut.size() <= 1024 + 5);
        QVERIFY(cut.ends_with("<...>"));
        QVERIFY(errors::MessageScanner().scan(std::string(1024 * 1024, '"')).size() <= 1024 + 1);
        QVERIFY(masked(std::string(100'000, '7')).starts_with("<num>"));
        std::string every;
        for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
        QVERIFY(!masked(every + every).empty());
        QVERIFY(!masked("\xc3\x28 \xff\xfe \x80").empty());
        QCOMPARE(masked("<img src=x onerror=alert(1)>"), std::string("<img src=x onerror=alert(<num>)>"));
    }

    void long_text_is_not_cut_within_a_character() {
        std::string text(1023, 'x');
        for (int i = 0; i < 20; ++i) text += "\xe2\x82\xac";
        QCOMPARE(masked(text), std::string(1023, 'x') + "<...>");
    }

    void nobody_can_write_a_mask_by_hand() { QCOMPARE(masked(std::string("a \x01 b \x1f c")), std::string("a b c")); }
};

FUSEBOX_TEST(MessageScannerTest)
#include "message_scanner_test.moc"
