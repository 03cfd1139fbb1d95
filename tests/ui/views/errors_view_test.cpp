#include <fusebox/charts/category_chart.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/breaker_patterns.h>
#include <fusebox/views/breaker_tables.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/errors_view.h>
#include <fusebox/views/pattern_filters.h>
#include <fusebox/views/pattern_panel.h>
#include <fusebox/views/pattern_table.h>
#include <fusebox/widgets/summary_tile.h>

#include "fake_trouble.h"
#include "stage.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

namespace fusebox::views {
namespace {

using Model = models::PatternsModel;

struct Page {
    explicit Page(bool withErrors = true) {
        if (withErrors) stage.fleet.errors = errorReport(stage.fleet.wall());
        view.resize(1280, 720);
        view.show();
        stage.tick();
    }

    void next(int step) {
        stage.fleet.errors = errorReport(stage.fleet.wall() + std::chrono::seconds(step), step);
        stage.tick(15);
    }

    widgets::SummaryTile& tile(const QString& caption) {
        for (auto* tile : view.findChildren<widgets::SummaryTile*>()) {
            if (tile->caption() == caption) return *tile;
        }
        qFatal("no tile %s", qPrintable(caption));
    }

    QComboBox& choice(const QString& name) {
        for (auto* box : view.findChildren<QComboBox*>()) {
            if (box->accessibleName() == name) return *box;
        }
        qFatal("no choice %s", qPrintable(name));
    }

    Stage stage{4};
    ErrorsView view{stage.models};
};

QString clipboard() {
    return QGuiApplication::clipboard()->text();
}

}  // namespace

class ErrorsViewTest : public QObject {
    Q_OBJECT
private slots:
    void it_says_what_is_not_there();
    void the_totals_say_how_many_and_whether_recovery_helps();
    void the_worst_pattern_is_told_with_a_whole_sample();
    void filters_work_together_and_say_when_nothing_is_left();
    void a_breaker_that_is_filtered_by_has_its_own_column();
    void the_share_of_a_trip_can_be_chosen();
    void selection_and_sample_stay_while_reports_come();
    void a_pattern_is_copied_as_text_and_as_json();
    void rows_are_copied_so_that_a_spreadsheet_runs_nothing();
    void enter_goes_to_the_breaker_and_to_the_trip();
    void a_pattern_that_a_filter_hides_can_be_shown();
    void the_chart_tells_the_hour_and_each_minute();
    void a_hidden_page_costs_nothing_and_catches_up();
    void the_detail_of_a_breaker_has_its_patterns();
};

void ErrorsViewTest::it_says_what_is_not_there() {
    Page page(false);
    QCOMPARE(page.view.table().emptyText(), QStringLiteral("Nobody looks at the errors of these breakers."));
    page.stage.fleet.errors = std::make_shared<domain::ErrorReport>();
    page.stage.tick();
    QCOMPARE(page.view.table().emptyText(), QStringLiteral("No call has failed yet."));
    QVERIFY(!page.view.grab().isNull());
}

void ErrorsViewTest::the_totals_say_how_many_and_whether_recovery_helps() {
    Page page;
    QCOMPARE(page.tile(QStringLiteral("Errors")).figure(), QStringLiteral("2.6 k"));
    QCOMPARE(page.tile(QStringLiteral("Per minute")).figure(), QStringLiteral("44.1"));
    QCOMPARE(page.tile(QStringLiteral("Authentication")).figure(), QStringLiteral("38"));
    QCOMPARE(page.tile(QStringLiteral("Recovery")).figure(), QStringLiteral("75.0 %"));
    QCOMPARE(page.tile(QStringLiteral("Closed after")).figure(), QStringLiteral("11 s"));
}

void ErrorsViewTest::the_worst_pattern_is_told_with_a_whole_sample() {
    Page page;
    QVERIFY(page.view.table().selected() == domain::PatternId(11));
    const QString sample = page.view.panel().sampleShown();
    for (const char* part : {"HttpError: dial tcp 10.0.4.0:8443: <b>refused</b> [http 503]", "Component: checkout",
                             "Operation: GET /orders/4711", "Request: 7f3a-9000", "User: customer-17",
                             "region: eu-west-1", "caused by\nSocketError: connect: connection refused"}) {
        QVERIFY2(sample.contains(QLatin1String(part)), qPrintable(sample));
    }
}

void ErrorsViewTest::filters_work_together_and_say_when_nothing_is_left() {
    Page page;
    const Model& model = page.view.patterns();
    QCOMPARE(model.rowCount(), 7);
    page.tile(QStringLiteral("Transient")).click();
    QCOMPARE(model.rowCount(), 3);
    page.choice(QStringLiteral("Severity")).setCurrentIndex(1);
    QCOMPARE(model.rowCount(), 2);
    page.choice(QStringLiteral("Trend")).setCurrentText(QStringLiteral("Steady"));
    QCOMPARE(model.rowCount(), 1);
    auto* line = page.view.findChild<QLineEdit*>();
    QTest::keyClicks(line, QStringLiteral("nowhere"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(page.view.table().emptyText(), QStringLiteral("No pattern matches the filters."));
    page.view.filters().clear();
    QCOMPARE(model.rowCount(), 3);
}

void ErrorsViewTest::a_breaker_that_is_filtered_by_has_its_own_column() {
    Page page;
    QVERIFY(page.view.table().isColumnHidden(Model::Here));
    page.view.showBreaker(domain::BreakerId("inventory-db"));
    QVERIFY(!page.view.table().isColumnHidden(Model::Here));
    QCOMPARE(page.view.patterns().rowCount(), 3);
    QCOMPARE(page.choice(QStringLiteral("Breaker")).currentText(), QStringLiteral("inventory-db"));
    page.view.showBreaker(domain::BreakerId("mail-relay"));  // it never failed
    QCOMPARE(page.view.patterns().rowCount(), 0);
    page.next(1);
    QCOMPARE(page.choice(QStringLiteral("Breaker")).currentText(), QStringLiteral("mail-relay"));
}

void ErrorsViewTest::the_share_of_a_trip_can_be_chosen() {
    Page page;
    QComboBox& trips = page.choice(QStringLiteral("Share of trip"));
    QCOMPARE(trips.count(), 2);
    QVERIFY(trips.itemText(1).endsWith(QStringLiteral("orders-api")));
    const Model& model = page.view.patterns();
    QCOMPARE(model.index(model.rowOf(domain::PatternId(11)), Model::TripShare).data().toString(),
             QStringLiteral("60.0 %"));
    trips.setCurrentIndex(1);
    page.next(1);
    QCOMPARE(trips.currentIndex(), 2);  // a newer trip came; the chosen one stays
    QCOMPARE(model.index(model.rowOf(domain::PatternId(11)), Model::TripShare).data().toString(), QStringLiteral("–"));
}

void ErrorsViewTest::selection_and_sample_stay_while_reports_come() {
    Page page;
    page.view.table().select(domain::PatternId(15));
    QToolButton* older = nullptr;
    for (auto* button : page.view.panel().findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Older")) older = button;
    }
    QVERIFY(older != nullptr && older->isEnabled());
    older->click();
    QVERIFY(page.view.panel().sampleShown().contains(QStringLiteral("10.0.4.1")));
    QSignalSpy resets(&page.view.patterns(), &QAbstractItemModel::modelReset);
    page.stage.fleet.errors = std::make_shared<domain::ErrorReport>(*page.stage.fleet.errors);
    page.stage.tick(20);
    QVERIFY(page.view.table().selected() == domain::PatternId(15));
    QVERIFY(page.view.panel().sampleShown().contains(QStringLiteral("10.0.4.1")));
    QCOMPARE(resets.size(), 0);
}

void ErrorsViewTest::a_pattern_is_copied_as_text_and_as_json() {
    Page page;
    page.view.table().select(domain::PatternId(14));
    page.view.panel().copy(PatternPanel::Form::text);
    QVERIFY2(clipboard().startsWith(QStringLiteral("<img src='/dev/zero'> 503 ␛[31mService")), qPrintable(clipboard()));
    QVERIFY(clipboard().contains(QStringLiteral("Transient, 92.0 % sure: HTTP 503 + body 'SlowDown'")));
    QVERIFY(clipboard().contains(QStringLiteral("caused by\nSocketError")));
    page.view.panel().copy(PatternPanel::Form::json);
    const QJsonObject json = QJsonDocument::fromJson(clipboard().toUtf8()).object();
    QCOMPARE(json.value(QStringLiteral("id")).toString(), QStringLiteral("14"));
    QCOMPARE(json.value(QStringLiteral("severity")).toString(), QStringLiteral("MEDIUM"));
    QCOMPARE(json.value(QStringLiteral("samples")).toArray().size(), 3);
    QVERIFY(json.value(QStringLiteral("text")).toString().contains(QChar(0x1B)));
}

void ErrorsViewTest::rows_are_copied_so_that_a_spreadsheet_runs_nothing() {
    Page page;
    page.view.table().select(domain::PatternId(15));
    QTest::keyClick(&page.view.table(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY2(clipboard().contains(QStringLiteral("\t'=cmd|' /C calc'!A0 field")), qPrintable(clipboard()));
}

void ErrorsViewTest::enter_goes_to_the_breaker_and_to_the_trip() {
    Page page;
    QSignalSpy breakers(&page.view, &ErrorsView::breakerWanted);
    QSignalSpy trips(&page.view, &ErrorsView::tripWanted);
    PlainTable& places = page.view.panel().places();
    QCOMPARE(places.model()->rowCount(), 3);
    places.selectRow(0);
    QTest::keyClick(&places, Qt::Key_Return);
    QCOMPARE(breakers.size(), 1);
    QCOMPARE(breakers.at(0).at(0).value<domain::BreakerId>().value, std::string("orders-api"));
    places.selectRow(2);
    QTest::keyClick(&places, Qt::Key_Return);
    QCOMPARE(trips.size(), 1);
    QCOMPARE(trips.at(0).at(1).toULongLong(), 1ULL);
}

void ErrorsViewTest::a_pattern_that_a_filter_hides_can_be_shown() {
    Page page;
    page.tile(QStringLiteral("Authentication")).click();
    page.view.showPattern(domain::PatternId(16));
    QVERIFY(page.view.table().selected() == domain::PatternId(16));
}

void ErrorsViewTest::the_chart_tells_the_hour_and_each_minute() {
    Page page;
    charts::CategoryChart& chart = page.view.chart();
    QVERIFY(!chart.isEmpty());
    QCOMPARE(chart.moment(), QStringLiteral("last hour"));
    QCOMPARE(chart.legend().size(), std::size_t(6));
    QCOMPARE(chart.legend().at(3).figure, QStringLiteral("45"));  // 9 in each of the last five minutes
    chart.setHovered(90);
    QCOMPARE(chart.legend().at(3).figure, QStringLiteral("9"));
    chart.setHovered(3000);
    QCOMPARE(chart.legend().at(3).figure, QStringLiteral("0"));
    chart.setHovered(std::nullopt);
    QCOMPARE(chart.moment(), QStringLiteral("last hour"));
}

void ErrorsViewTest::a_hidden_page_costs_nothing_and_catches_up() {
    Page page;
    page.view.hide();
    const auto before = page.view.patterns().report();
    page.next(3);
    QVERIFY(page.view.patterns().report() == before);
    page.view.show();
    QVERIFY(page.view.patterns().report() == page.stage.fleet.errors);
}

void ErrorsViewTest::the_detail_of_a_breaker_has_its_patterns() {
    Stage stage(4);
    stage.fleet.errors = errorReport(stage.fleet.wall());
    BreakerView view(stage.models);
    view.resize(1280, 300);
    view.show();
    stage.models.select(stage.fleet.idAt(1));
    stage.tick();
    BreakerPatterns& patterns = view.tables().patterns();
    view.lists().setCurrentWidget(&patterns);
    QCOMPARE(patterns.table().model()->rowCount(), 7);  // payments had four of each
    stage.models.select(stage.fleet.idAt(2));
    QCOMPARE(patterns.table().model()->rowCount(), 3);
    QSignalSpy wanted(&patterns, &BreakerPatterns::patternWanted);
    patterns.table().selectRow(0);
    QTest::keyClick(&patterns.table(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(wanted.at(0).at(0).value<domain::PatternId>() == domain::PatternId(12));
    stage.fleet.errors.reset();
    stage.tick();
    QVERIFY(patterns.table().emptyText().startsWith(QStringLiteral("Nobody looks")));
}

FUSEBOX_TEST(ErrorsViewTest)

}  // namespace fusebox::views

#include "errors_view_test.moc"
