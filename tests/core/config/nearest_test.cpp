#include <fusebox/config/nearest.h>
#include <fusebox/support/test_case.h>

using fusebox::config::nearest;

class NearestTest : public QObject {
    Q_OBJECT
private slots:
    void slips_of_the_hand_find_their_word() {
        const std::vector<std::string_view> words{"interval", "rate", "url", "expected_status"};
        QVERIFY(nearest("intervl", words) == "interval");
        QVERIFY(nearest("itnerval", words) == "interval");
        QVERIFY(nearest("ulr", words) == "url");
        QVERIFY(nearest("rates", words) == "rate");
        QVERIFY(nearest("status", words) == "expected_status");
    }

    void words_that_are_far_off_find_none() {
        const std::vector<std::string_view> words{"interval", "rate", "url"};
        QVERIFY(!nearest("colour", words));
        QVERIFY(!nearest("x", words));
        QVERIFY(!nearest("", words));
        QVERIFY(!nearest(std::string(100'000, 'i'), words));
        QVERIFY(!nearest("interval", {}));
    }

    void the_nearer_of_two_wins() {
        QVERIFY(nearest("failure_treshold", {"failure_rate_threshold", "failure_threshold"}) == "failure_threshold");
    }
};

FUSEBOX_TEST(NearestTest)
#include "nearest_test.moc"
