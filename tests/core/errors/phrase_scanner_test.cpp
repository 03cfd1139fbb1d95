#include <fusebox/errors/phrase_scanner.h>
#include <fusebox/support/test_case.h>

#include <string>
#include <vector>

using namespace fusebox;

namespace {

std::vector<std::string> found(const std::vector<std::string_view>& phrases, std::string_view text) {
    const errors::PhraseScanner scanner(phrases);
    std::vector<std::string> names;
    for (const errors::PhraseHit& hit : scanner.scan(text)) names.emplace_back(phrases[hit.phrase]);
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

class PhraseScannerTest : public QObject {
    Q_OBJECT
private slots:
    void case_punctuation_and_compounds_do_not_matter() {
        for (const char* text :
             {"slow down", "SLOW_DOWN", "SlowDown", "slow-down!", "<Code>SlowDown</Code>", "com.x.SlowDown"}) {
            QCOMPARE(found({"slow down"}, text), Names{"slow down"});
        }
        QCOMPARE(found({"cant connect"}, "Can't connect"), Names{"cant connect"});
        QCOMPARE(found({"io exception"}, "java.io.IOException: x"), Names{"io exception"});
        QCOMPARE(found({"ids"}, "the IDs are"), Names{"ids"});
    }

    void a_phrase_matches_whole_words() {
        QVERIFY(found({"rate limit"}, "pirate limit").empty());
        QVERIFY(found({"rate limit"}, "rate limiter").empty());
        QCOMPARE(found({"throttl*"}, "ThrottlingException"), Names{"throttl*"});
    }

    void a_longer_phrase_hides_the_shorter_within_it() {
        QCOMPARE(found({"not found", "host not found"}, "Host not found."), Names{"host not found"});
        QCOMPARE(found({"no such", "no such host", "such host as"}, "no such host as x"),
                 (Names{"no such host", "such host as"}));
    }

    void phrases_that_overlap_are_both_found() {
        QCOMPARE(found({"a b c", "b c d"}, "a b c d"), (Names{"a b c", "b c d"}));
        QCOMPARE(found({"x", "y"}, "y x y"), (Names{"y", "x", "y"}));
    }

    void any_bytes_and_any_number_of_hits_are_fine() {
        std::string text;
        for (int i = 0; i < 100'000; ++i) text += static_cast<char>(i * 7919 % 256);
        QVERIFY(found({"zz zz zz"}, text).empty());
        std::string many;
        for (int i = 0; i < 1000; ++i) many += "no ";
        QCOMPARE(found({"no"}, many).size(), errors::kMostPhraseHits);
        QVERIFY(found({}, "text").empty());
        QVERIFY(found({"", "*"}, "text").empty());
    }
};

FUSEBOX_TEST(PhraseScannerTest)
#include "phrase_scanner_test.moc"
