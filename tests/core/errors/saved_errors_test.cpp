#include "errors_at_noon.h"

#include <fusebox/errors/error_analytics.h>
#include <fusebox/errors/saved_errors.h>
#include <fusebox/support/test_case.h>

#include <string>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::BreakerId;
using domain::Category;
using domain::Trend;

namespace {

const BreakerId kOrders("orders");

/// One run of a program that looks at errors.
struct Run {
    void note(const std::string& message, std::chrono::milliseconds time, Category category = Category::transient) {
        aggregator.note(kOrders, errorOf(message, category), at(time));
    }
    std::shared_ptr<const domain::ErrorReport> reportAt(std::chrono::milliseconds time) {
        aggregator.drain(at(time));
        return analytics.report(at(time));
    }
    std::string savedAt(std::chrono::milliseconds time) {
        aggregator.drain(at(time));
        return errors::savedErrorsToJson(analytics.save(at(time)));
    }

    errors::ErrorAggregator aggregator{std::make_shared<const errors::ErrorClassifier>()};
    errors::ErrorAnalytics analytics{aggregator};
};

}  // namespace

/// What outlives the program.
class SavedErrorsTest : public QObject {
    Q_OBJECT
private slots:
    void patterns_go_on_with_their_ids_counts_and_times() {
        Run first;
        for (int i = 0; i < 40; ++i) {
            first.note("user " + std::string(1, static_cast<char>('a' + i % 20)) + "bc not found at 10.0.0." +
                           std::to_string(i) + ":80",
                       i * 1s);
        }
        first.note("wrong password\twith \"marks\" and \u00fc", 41s, Category::authentication);
        const auto before = first.reportAt(60s);
        const auto saved = errors::savedErrorsFromJson(first.savedAt(60s));
        QVERIFY2(saved.has_value(), saved ? "" : saved.error().text().c_str());

        Run next;
        next.aggregator.restore(saved->report, saved->mined, at(60s));
        const auto after = next.reportAt(60s);
        QCOMPARE(after->total, before->total);
        QVERIFY(after->byCategory == before->byCategory);
        QVERIFY(after->byComponent == before->byComponent);
        QVERIFY(after->minutes == before->minutes);
        QCOMPARE(after->patterns.size(), before->patterns.size());
        for (std::size_t i = 0; i < before->patterns.size(); ++i) {
            const domain::ErrorPattern& was = before->patterns[i];
            const domain::ErrorPattern& is = after->patterns[i];
            QVERIFY(is.id == was.id && is.text == was.text && is.category == was.category);
            QVERIFY(is.count == was.count && is.firstSeen == was.firstSeen && is.lastSeen == was.lastSeen);
            QVERIFY(is.minutes == was.minutes && is.breakers == was.breakers && is.component == was.component);
            QVERIFY(is.severity == was.severity && is.samples.size() == was.samples.size());
        }

        // A message that was never seen, but says the same.
        next.note("user zbc not found at 10.9.9.9:443", 70s);
        const auto later = next.reportAt(70s);
        QCOMPARE(later->patterns.size(), before->patterns.size());
        QCOMPARE(later->total, before->total + 1);
    }

    void what_was_over_is_back_when_it_comes_again() {
        Run first;
        for (int i = 0; i < 10; ++i) first.note("no answer", i * 1s);
        const auto saved = errors::savedErrorsFromJson(first.savedAt(20s));
        QVERIFY(saved.has_value());
        Run next;
        next.aggregator.restore(saved->report, saved->mined, at(20s));
        QVERIFY(next.reportAt(2h)->patterns.front().trend == Trend::resolved);
        next.note("no answer", 2h + 1s);
        QVERIFY(next.reportAt(2h + 2s)->patterns.front().trend == Trend::regressed);
        QCOMPARE(next.reportAt(2h + 2s)->patterns.front().count, std::uint64_t{11});
    }

    void times_to_come_are_not_believed() {
        Run first;
        for (int i = 0; i < 10; ++i) first.note("no answer", 24h + i * 1s);
        const auto saved = errors::savedErrorsFromJson(first.savedAt(24h + 20s));
        QVERIFY(saved.has_value());
        Run next;
        next.aggregator.restore(saved->report, saved->mined, at(0s));
        next.note("no answer", 1s);
        const auto report = next.reportAt(2s);
        QCOMPARE(report->patterns.front().count, std::uint64_t{11});
        QVERIFY(report->patterns.front().firstSeen == at(0s) && report->patterns.front().lastSeen == at(1s));
        QVERIFY(report->minutes.back().begins == at(0s));
        QCOMPARE(report->minutes.back().counts.at(0), 1U);
    }

    void what_cannot_be_is_refused_with_its_place_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("where");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("cut short") << QByteArray(R"({"format":"fusebox errors","version":1,)") << QByteArray();
        QTest::newRow("another file") << QByteArray(R"({"format":"fusebox breakers","version":1})")
                                      << QByteArray("format");
        QTest::newRow("a later version") << QByteArray(R"({"format":"fusebox errors","version":2})")
                                         << QByteArray("version");
        QTest::newRow("a list") << QByteArray("[]") << QByteArray();
        QTest::newRow("deep") << QByteArray(100'000, '[') << QByteArray();
    }
    void what_cannot_be_is_refused_with_its_place() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, where);
        const auto saved = errors::savedErrorsFromJson(text.toStdString());
        QVERIFY(!saved.has_value());
        QVERIFY(!saved.error().what.empty());
        if (!where.isEmpty()) QCOMPARE(QByteArray::fromStdString(saved.error().where), where);
    }

    void one_wrong_value_and_nothing_is_taken() {
        Run run;
        run.note("no answer", 0s);
        const std::string good = run.savedAt(1s);
        QVERIFY(errors::savedErrorsFromJson(good).has_value());
        std::string bad = good;
        const std::size_t place = bad.rfind("\"general\":false");
        QVERIFY(place != std::string::npos);
        bad.replace(place, 15, "\"general\":\"no\"");
        const auto refused = errors::savedErrorsFromJson(bad);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().where, std::string("templates[0].general"));
    }
};

FUSEBOX_TEST(SavedErrorsTest)
#include "saved_errors_test.moc"
