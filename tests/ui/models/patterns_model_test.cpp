#include <fusebox/models/patterns_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>

#include "reports.h"

using namespace std::chrono_literals;

namespace fusebox::models {
namespace {

using testing::kNoon;
using testing::patternOf;
using testing::reportOf;
using testing::tripOf;

QStringList textsOf(const PatternsModel& model) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) texts << model.row(row).text;
    return texts;
}

QString cell(const PatternsModel& model, int row, PatternsModel::Column column) {
    return model.index(row, column).data().toString();
}

domain::ErrorPattern severe(std::uint64_t id, const std::string& text, domain::Severity severity,
                            std::uint64_t count = 1) {
    domain::ErrorPattern pattern = patternOf(id, text, count);
    pattern.severity = severity;
    return pattern;
}

}  // namespace

class PatternsModelTest : public QObject {
    Q_OBJECT
private slots:
    void the_most_severe_stand_first_and_equal_ones_as_in_the_report();
    void the_same_report_changes_nothing();
    void without_a_report_it_is_empty();
    void rows_keep_their_place_while_patterns_come_move_and_go();
    void each_filter_leaves_what_is_meant();
    void the_share_is_of_the_chosen_trip_or_of_the_newest();
    void with_a_breaker_its_own_errors_are_counted();
    void nothing_moves_while_the_order_is_held();
    void every_column_can_be_sorted_by();
    void hostile_texts_are_plain();
    void ten_thousand_patterns_are_quick();
};

void PatternsModelTest::the_most_severe_stand_first_and_equal_ones_as_in_the_report() {
    PatternsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.apply(reportOf({severe(1, "b", domain::Severity::low), severe(2, "a", domain::Severity::critical),
                          severe(3, "c", domain::Severity::low)}),
                kNoon);
    QCOMPARE(textsOf(model), QStringList({"a", "b", "c"}));
    QCOMPARE(cell(model, 0, PatternsModel::Severity), QStringLiteral("Critical"));
    QCOMPARE(cell(model, 0, PatternsModel::TrendLine), QStringLiteral("30"));
}

void PatternsModelTest::the_same_report_changes_nothing() {
    PatternsModel model;
    const auto report = reportOf({patternOf(1, "a")});
    model.apply(report, kNoon);
    QSignalSpy changed(&model, &PatternsModel::changed);
    QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
    model.apply(report, kNoon + 1s);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(data.size(), 0);
}

void PatternsModelTest::without_a_report_it_is_empty() {
    PatternsModel model;
    model.apply(nullptr, kNoon);
    QCOMPARE(model.rowCount(), 0);
    model.apply(reportOf({patternOf(1, "a")}), kNoon);
    model.apply(nullptr, kNoon);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.report() == nullptr);
    QVERIFY(model.find(domain::PatternId(1)) == nullptr);
}

void PatternsModelTest::rows_keep_their_place_while_patterns_come_move_and_go() {
    PatternsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSort(PatternsModel::Count, Qt::DescendingOrder);
    model.apply(reportOf({patternOf(1, "a", 30), patternOf(2, "b", 20), patternOf(3, "c", 10)}), kNoon);
    const QPersistentModelIndex b = model.index(1, PatternsModel::Text);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.apply(reportOf({patternOf(4, "d", 90), patternOf(3, "c", 80), patternOf(2, "b", 70)}), kNoon + 2s);
    QCOMPARE(textsOf(model), QStringList({"d", "c", "b"}));
    QCOMPARE(b.row(), 2);
    QCOMPARE(b.data().toString(), QStringLiteral("b"));
    QCOMPARE(resets.size(), 0);
    model.apply(reportOf({patternOf(5, "e", 1)}), kNoon + 4s);
    QVERIFY(!b.isValid());
    QCOMPARE(model.rowOf(domain::PatternId(5)), 0);
}

void PatternsModelTest::each_filter_leaves_what_is_meant() {
    domain::ErrorPattern a = severe(1, "dial tcp <*>: i/o timeout", domain::Severity::high);
    a.category = domain::Category::transient;
    a.trend = domain::Trend::rising;
    a.breakers = {{domain::BreakerId("search"), 4}};
    domain::ErrorPattern b = severe(2, "password of <*> is wrong", domain::Severity::low);
    b.category = domain::Category::authentication;
    b.component = "login";
    PatternsModel model;
    model.apply(reportOf({a, b}), kNoon);
    const auto left = [&](auto change) {
        PatternFilter filter;
        change(filter);
        model.setFilter(filter);
        return textsOf(model).join(QLatin1Char('|')).left(4);
    };
    QCOMPARE(left([](PatternFilter& filter) { filter.words = {"TCP", "timeout"}; }), QStringLiteral("dial"));
    QCOMPARE(left([](PatternFilter& filter) { filter.words = {"login"}; }), QStringLiteral("pass"));
    QCOMPARE(left([](PatternFilter& filter) { filter.words = {"Search"}; }), QStringLiteral("dial"));
    QCOMPARE(left([](PatternFilter& filter) { filter.words = {"authent"}; }), QStringLiteral("pass"));
    QCOMPARE(left([](PatternFilter& filter) { filter.categories.set(3); }), QStringLiteral("pass"));
    QCOMPARE(left([](PatternFilter& filter) { filter.least = domain::Severity::medium; }), QStringLiteral("dial"));
    QCOMPARE(left([](PatternFilter& filter) { filter.trend = domain::Trend::fresh; }), QStringLiteral("pass"));
    QCOMPARE(left([](PatternFilter& filter) { filter.breaker = domain::BreakerId("search"); }), QStringLiteral("dial"));
    QCOMPARE(left([](PatternFilter& filter) { filter.words = {"nothing"}; }), QString());
    QCOMPARE(model.totalCount(), 2);
}

void PatternsModelTest::the_share_is_of_the_chosen_trip_or_of_the_newest() {
    domain::ErrorPattern a = patternOf(1, "a");
    a.trips = {tripOf("search", 9, kNoon, 0.75), tripOf("search", 4, kNoon - 1h, 0.1)};
    domain::ErrorPattern b = patternOf(2, "b");
    b.trips = {tripOf("search", 4, kNoon - 1h, 0.9), tripOf("orders", 2, kNoon - 2h, 1)};
    PatternsModel model;
    model.apply(reportOf({a, b}), kNoon);
    QCOMPARE(model.trips().size(), std::size_t(3));
    QCOMPARE(model.trips().front().transition, std::uint64_t(9));
    QCOMPARE(cell(model, 0, PatternsModel::TripShare), QStringLiteral("75.0 %"));
    QCOMPARE(cell(model, 1, PatternsModel::TripShare), QStringLiteral("–"));
    model.setTrip(model.trips()[1]);
    QCOMPARE(cell(model, 1, PatternsModel::TripShare), QStringLiteral("90.0 %"));
    model.setTrip(std::nullopt);
    model.setFilter({.breaker = domain::BreakerId("orders")});
    QCOMPARE(model.trip()->transition, std::uint64_t(2));
}

void PatternsModelTest::with_a_breaker_its_own_errors_are_counted() {
    domain::ErrorPattern a = patternOf(1, "a", 12'345);
    a.breakers = {{domain::BreakerId("search"), 12'000}, {domain::BreakerId("orders"), 345}};
    PatternsModel model;
    model.apply(reportOf({a}), kNoon);
    QCOMPARE(cell(model, 0, PatternsModel::Breakers), QStringLiteral("search +1"));
    QCOMPARE(cell(model, 0, PatternsModel::Count), QStringLiteral("12.3 k"));
    model.setFilter({.breaker = domain::BreakerId("orders")});
    QCOMPARE(cell(model, 0, PatternsModel::Here), QStringLiteral("345"));
    QCOMPARE(model.breakers().size(), std::size_t(2));
    QCOMPARE(model.breakers().front().value, std::string("orders"));
}

void PatternsModelTest::nothing_moves_while_the_order_is_held() {
    PatternsModel model;
    model.setSort(PatternsModel::Count, Qt::DescendingOrder);
    model.apply(reportOf({patternOf(1, "a", 3), patternOf(2, "b", 2)}), kNoon);
    model.holdOrder(true);
    model.apply(reportOf({patternOf(1, "a", 3), patternOf(2, "b", 9), patternOf(3, "c", 99)}), kNoon + 5s);
    QCOMPARE(textsOf(model), QStringList({"a", "b"}));
    QCOMPARE(cell(model, 1, PatternsModel::Count), QStringLiteral("9"));
    model.apply(reportOf({patternOf(2, "b", 9)}), kNoon + 6s);
    QCOMPARE(textsOf(model), QStringList({"b"}));
    model.apply(reportOf({patternOf(1, "a", 3), patternOf(2, "b", 9), patternOf(3, "c", 99)}), kNoon + 7s);
    model.holdOrder(false);
    QCOMPARE(textsOf(model), QStringList({"c", "b", "a"}));
}

void PatternsModelTest::every_column_can_be_sorted_by() {
    PatternsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    domain::ErrorPattern full = patternOf(2, "B", 7);
    full.strategy = domain::Strategy::fallbackToCache;
    full.action = domain::RecoveryAction::clearCache;
    full.trips = {tripOf("search", 1, kNoon, 0.5)};
    model.apply(reportOf({patternOf(1, "a", 5), full, patternOf(3, "c", 6)}), kNoon);
    for (int column = 0; column < PatternsModel::ColumnCount; ++column) {
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model.sort(column, order);
            QCOMPARE(model.rowCount(), 3);
        }
    }
    model.setSort(PatternsModel::Text, Qt::AscendingOrder);
    QCOMPARE(textsOf(model), QStringList({"a", "B", "c"}));
    for (const auto column : {PatternsModel::Strategy, PatternsModel::Action, PatternsModel::TripShare}) {
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model.setSort(column, order);
            QCOMPARE(textsOf(model).front(), QStringLiteral("B"));  // what is not known stands last
        }
    }
}

void PatternsModelTest::hostile_texts_are_plain() {
    PatternsModel model;
    domain::ErrorPattern pattern = patternOf(1, "<img src='/dev/zero'>\x1b[31m=cmd|' /C calc'!A0\n\xff\u202Egpj");
    pattern.breakers = {{domain::BreakerId("<b>x</b>"), 1}};
    pattern.evidence = "<script>";
    model.apply(reportOf({pattern}), kNoon);
    const QString text = cell(model, 0, PatternsModel::Text);
    QVERIFY(text.startsWith(QStringLiteral("<img src='/dev/zero'>␛[31m=cmd")));
    QVERIFY(!text.contains(QChar(0x202E)) && !text.contains(QLatin1Char('\n')));
    for (int column = 0; column < PatternsModel::ColumnCount; ++column) {
        const QString tip = model.index(0, column).data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(QStringLiteral("<img")) && !tip.contains(QStringLiteral("<script")), qPrintable(tip));
    }
}

void PatternsModelTest::ten_thousand_patterns_are_quick() {
    const auto make = [](std::uint64_t shift) {
        std::vector<domain::ErrorPattern> patterns;
        for (std::uint64_t i = 0; i < 10'000; ++i) {
            patterns.push_back(
                patternOf(i + shift, "cannot reach <*> for job " + std::to_string(i), i * 7919 % 10'007));
        }
        return reportOf(std::move(patterns));
    };
    PatternsModel model;
    model.setSort(PatternsModel::Count, Qt::DescendingOrder);
    model.apply(make(0), kNoon);
    const auto next = make(100);
    QElapsedTimer timer;
    timer.start();
    model.apply(next, kNoon + 2s);
    const qint64 took = timer.elapsed();
    QCOMPARE(model.rowCount(), 10'000);
    QVERIFY2(took < 500, qPrintable(QString::number(took)));  // measured: 5 ms
    qInfo("10,000 patterns in %lld ms", static_cast<long long>(took));
}

FUSEBOX_TEST(PatternsModelTest)

}  // namespace fusebox::models

#include "patterns_model_test.moc"
