#include <fusebox/errors/error_classifier.h>
#include <fusebox/support/test_case.h>

#include <string>
#include <utility>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Error;

namespace {

using Delay = std::optional<std::chrono::milliseconds>;

Delay delayOf(const Error& error) {
    static const errors::ErrorClassifier classifier;
    return classifier.classify(error).retryAfter;
}

Delay inText(std::string message) {
    Error error;
    error.message = std::move(message);
    return delayOf(error);
}

Delay inHeaders(std::vector<std::pair<std::string, std::string>> headers) {
    Error error;
    error.context.attributes = std::move(headers);
    return delayOf(error);
}

}  // namespace

/// The delays that dependencies ask for.
class DelayTest : public QObject {
    Q_OBJECT
private slots:
    void texts_ask_for_delays_in_many_ways() {
        QVERIFY(inText("Please retry after 30 seconds.") == 30s);
        QVERIFY(inText("Rate limit reached. Please try again in 1m20s.") == 80s);
        QVERIFY(inText("Please try again in 4.2s") == 4200ms);
        QVERIFY(inText("try again in 6ms") == 6ms);
        QVERIFY(inText("Retry the request after 10 seconds. Code: 131075") == 10s);
        QVERIFY(inText("Throttled by upstream (429): Retry-After: 60") == 60s);
        QVERIFY(inText(R"({"error":{"details":[{"retryDelay":"12.5s"}]}})") == 12500ms);
        QVERIFY(inText("retry_delay { seconds: 7 }") == 7s);
        QVERIFY(inText(R"({"message":"You are being rate limited.","retry_after":1.5})") == 1500ms);
        QVERIFY(inText("retry_after_ms=250") == 250ms);
        QVERIFY(inText("please wait 5 minutes and 30 seconds") == 330s);
        QVERIFY(inText("wait for 2 hours") == 2h);
    }

    void headers_ask_for_delays() {
        QVERIFY(inHeaders({{"Retry-After", "120"}}) == 120s);
        QVERIFY(inHeaders({{"retry-after-ms", "1500"}, {"retry-after", "9"}}) == 1500ms);
        QVERIFY(inHeaders({{"X-RateLimit-Reset-After", "0.5"}}) == 500ms);
        QVERIFY(inHeaders({{"grpc-retry-pushback-ms", "70"}}) == 70ms);
        QVERIFY(inHeaders({{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"},
                           {"Date", "Wed, 21 Oct 2015 07:26:30 GMT"}}) == 90s);
    }

    void a_date_without_the_servers_clock_is_none() {
        QVERIFY(!inHeaders({{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}}));
        QVERIFY(
            !inHeaders({{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}, {"Date", "Thu, 22 Oct 2015 07:28:00 GMT"}}));
        QVERIFY(!inHeaders({{"Retry-After", "Wed, 99 Foo 2015 07:28:00 GMT"}, {"Date", "x"}}));
    }

    void what_is_no_delay_is_none() {
        for (const char* text :
             {"retry after -5 seconds", "retry after 99999999999999999999 seconds", "retry after lunch", "retry after",
              "try again in 3 tries", "wait for 3 files", "after 30 seconds", "retry after 400 days"}) {
            QVERIFY2(!inText(text), text);
        }
        QVERIFY(!inHeaders({{"Retry-After", "soon"}}));
        QVERIFY(!inHeaders({{"Retry-After", ""}}));
        QVERIFY(!inHeaders({{"Retry-After", "-1"}}));
    }

    void a_delay_that_is_set_stays_and_a_causes_delay_is_found() {
        Error error;
        error.message = "retry after 30 seconds";
        error.retryAfter = 3s;
        QVERIFY(delayOf(error) == 3s);
        Error outer;
        outer.cause = std::make_shared<const Error>(error);
        QVERIFY(delayOf(outer) == 3s);
    }
};

FUSEBOX_TEST(DelayTest)
#include "delay_test.moc"
