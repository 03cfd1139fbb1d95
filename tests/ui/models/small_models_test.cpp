#include "frames.h"

#include <fusebox/models/config_model.h>
#include <fusebox/models/errors_model.h>
#include <fusebox/models/holds_model.h>
#include <fusebox/models/transitions_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace fusebox;
using namespace std::chrono_literals;
using models::testing::breaker;

namespace {

domain::RecentError errorOf(int number) {
    auto error = std::make_shared<domain::Error>();
    error->type = "ConnectTimeout";
    error->message = "no answer " + std::to_string(number);
    error->codeSystem = domain::CodeSystem::curl;
    error->code = "28";
    error->category = domain::Category::rateLimit;
    return {base::WallTime(std::chrono::seconds(number)), 250ms, true, std::move(error)};
}

QString cell(const QAbstractItemModel& model, int row, int column) {
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

domain::Snapshot withErrors(std::vector<domain::RecentError> errors) {
    domain::Snapshot snapshot = breaker("a");
    snapshot.detail = std::make_shared<domain::Detail>(domain::Detail{{}, std::move(errors), {}});
    return snapshot;
}

}  // namespace

class SmallModelsTest : public QObject {
    Q_OBJECT

private slots:
    void errors_come_in_at_the_top_and_the_rest_stays();
    void another_breaker_or_disjoint_errors_replace_the_list();
    void an_error_shows_its_causes_and_no_markup();
    void transitions_show_the_newest_first();
    void configuration_is_reset_only_when_it_changed();
    void holds_count_down_without_losing_the_selection();
};

void SmallModelsTest::errors_come_in_at_the_top_and_the_rest_stays() {
    models::ErrorsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    std::vector<domain::RecentError> errors;
    for (int i = 0; i < 4; ++i) errors.push_back(errorOf(i));
    model.apply(withErrors(errors));
    QCOMPARE(cell(model, 0, models::ErrorsModel::Message), QStringLiteral("no answer 3"));
    QCOMPARE(cell(model, 0, models::ErrorsModel::Code), QStringLiteral("curl 28"));
    QCOMPARE(cell(model, 0, models::ErrorsModel::Category), QStringLiteral("Rate limit"));
    QCOMPARE(cell(model, 0, models::ErrorsModel::Took), QStringLiteral("250 ms"));
    const QPersistentModelIndex chosen = model.index(0, 0);
    resets.clear();
    errors.erase(errors.begin(), errors.begin() + 2);
    errors.push_back(errorOf(4));
    errors.push_back(errorOf(5));
    errors.push_back(errorOf(6));
    model.apply(withErrors(errors));
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(chosen.row(), 3);
    QCOMPARE(model.error(3).error->message, std::string("no answer 3"));
    QCOMPARE(resets.size(), 0);
}

void SmallModelsTest::another_breaker_or_disjoint_errors_replace_the_list() {
    models::ErrorsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.apply(withErrors({errorOf(1), errorOf(2)}));
    model.apply(withErrors({errorOf(8)}));
    QCOMPARE(model.rowCount(), 1);
    domain::Snapshot other = breaker("b");
    other.detail = std::make_shared<domain::Detail>();
    model.apply(other);
    QCOMPARE(model.rowCount(), 0);
    model.apply(withErrors({errorOf(9)}));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    other.detail.reset();
    model.apply(other);
    QCOMPARE(model.rowCount(), 0);
}

void SmallModelsTest::an_error_shows_its_causes_and_no_markup() {
    models::ErrorsModel model;
    auto cause = std::make_shared<domain::Error>();
    cause->message = "connection refused";
    auto error = std::make_shared<domain::Error>();
    error->type = "<img src=x>";
    error->message = "line one\nline two";
    error->cause = cause;
    model.apply(withErrors({{base::WallTime{}, 1ms, false, error}, {base::WallTime{}, 1ms, true, nullptr}}));
    const QString tip = model.data(model.index(1, models::ErrorsModel::Message), Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(QStringLiteral("caused by connection refused")));
    QVERIFY(!tip.contains(QStringLiteral("<img")));
    QCOMPARE(cell(model, 1, models::ErrorsModel::Message), QStringLiteral("line one⏎line two"));
    QCOMPARE(cell(model, 1, models::ErrorsModel::Counted), QStringLiteral("ignored"));
    QCOMPARE(cell(model, 1, models::ErrorsModel::Code), QStringLiteral("–"));
    QCOMPARE(cell(model, 1, models::ErrorsModel::Category), QStringLiteral("–"));
}

void SmallModelsTest::transitions_show_the_newest_first() {
    models::TransitionsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::vector<domain::Transition> all;
    for (std::uint64_t i = 1; i <= 60; ++i) {
        domain::Transition transition;
        transition.sequence = i;
        transition.from = domain::State::open;
        transition.to = domain::State::halfOpen;
        transition.cause = domain::TransitionCause::waitElapsed;
        all.push_back(transition);
        if (all.size() > 50) all.erase(all.begin());
        domain::Snapshot snapshot = breaker("a");
        snapshot.detail = std::make_shared<domain::Detail>(domain::Detail{all, {}, {}});
        model.apply(snapshot);
    }
    QCOMPARE(model.rowCount(), 50);
    QCOMPARE(model.transition(0).sequence, std::uint64_t{60});
    QCOMPARE(cell(model, 0, models::TransitionsModel::To), QStringLiteral("Half-open"));
    QCOMPARE(cell(model, 0, models::TransitionsModel::Why), QStringLiteral("wait elapsed"));
}

void SmallModelsTest::configuration_is_reset_only_when_it_changed() {
    models::ConfigModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    domain::Snapshot snapshot = breaker("a");
    const auto sheet = std::make_shared<const domain::ConfigSheet>(domain::ConfigSheet{{{"open_timeout", "30 s"}}, {}});
    snapshot.detail = std::make_shared<domain::Detail>(domain::Detail{{}, {}, sheet});
    model.apply(snapshot);
    snapshot.detail = std::make_shared<domain::Detail>(domain::Detail{{}, {errorOf(1)}, sheet});
    model.apply(snapshot);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(cell(model, 0, models::ConfigModel::Option), QStringLiteral("open_timeout"));
    QCOMPARE(cell(model, 0, models::ConfigModel::Value), QStringLiteral("30 s"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void SmallModelsTest::holds_count_down_without_losing_the_selection() {
    models::HoldsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    domain::Snapshot snapshot = breaker("a");
    snapshot.holds = {models::testing::holdOf(1, "ann"),
                      models::testing::holdOf(2, "bob", domain::HoldMode::metricsOnly)};
    snapshot.holds[0].remaining = 65s;
    model.apply(snapshot);
    QCOMPARE(cell(model, 0, models::HoldsModel::Left), QStringLiteral("1:05"));
    QCOMPARE(cell(model, 1, models::HoldsModel::Left), QStringLiteral("until released"));
    QCOMPARE(cell(model, 1, models::HoldsModel::Mode), QStringLiteral("Metrics only"));
    const QPersistentModelIndex chosen = model.index(1, 0);
    snapshot.holds[0].remaining = 64s;
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.apply(snapshot);
    model.apply(snapshot);
    QCOMPARE(changes.size(), 1);
    QVERIFY(chosen.isValid());
    snapshot.holds.erase(snapshot.holds.begin());
    model.apply(snapshot);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.hold(0).who, std::string("bob"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

FUSEBOX_TEST(SmallModelsTest)

#include "small_models_test.moc"
