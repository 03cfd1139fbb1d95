#include <fusebox/models/outcomes_model.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/breaker_header.h>
#include <fusebox/views/breaker_tables.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/dossier_panel.h>
#include <fusebox/views/dossier_window.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>
#include <fusebox/widgets/rule_bars.h>

#include "fake_reports.h"
#include "stage.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTabWidget>
#include <QToolButton>

namespace fusebox::views {
namespace {

constexpr auto kTrip = domain::TransitionCause::tripRule;

struct Detail {
    Detail() {
        actions.tintIcons(parent.palette());
        view.resize(1280, 340);
        view.show();
        header.resize(1280, 70);
        header.show();
        QObject::connect(&header, &BreakerHeader::whyWanted, &dialogs, [this] { dialogs.openDossier(); });
        QObject::connect(&view.tables(), &BreakerTables::dossierWanted, &dialogs,
                         [this](std::uint64_t sequence) { dialogs.openDossier(sequence); });
    }

    void trip() {
        stage.fleet.changeState(0, domain::State::open, kTrip);
        stage.tick();
    }
    void reset() {
        stage.fleet.changeState(0, domain::State::closed, domain::TransitionCause::resetCommand);
        stage.tick();
    }
    DossierPanel& panel() { return view.tables().dossiers(); }
    QComboBox& trips() { return *panel().findChild<QComboBox*>(); }
    QToolButton& why() { return *header.findChild<QToolButton*>(QStringLiteral("why")); }

    Stage stage{2};
    QWidget parent;
    BreakerActions actions;
    BreakerDialogs dialogs{stage.models, actions, parent};
    BreakerHeader header{stage.models, actions};
    BreakerView view{stage.models};
};

QString labelNamed(QWidget& page, const QString& name) {
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->accessibleName() == name) return label->text();
    }
    return {};
}

}  // namespace

class DossierTest : public QObject {
    Q_OBJECT
private slots:
    void without_a_trip_it_says_that_there_was_none();
    void a_trip_is_explained_in_a_sentence_with_its_rules();
    void an_earlier_trip_that_is_looked_at_stays_when_a_newer_one_comes();
    void what_changes_beside_the_trips_does_not_rebuild_the_page();
    void the_link_in_the_header_opens_a_window_that_stays_with_its_breaker();
    void a_trip_in_the_list_of_transitions_opens_its_own_page();
    void the_page_can_be_copied_as_text_and_as_json();
    void hostile_texts_stay_plain();
};

void DossierTest::without_a_trip_it_says_that_there_was_none() {
    Detail detail;
    detail.stage.tick();
    QCOMPARE(detail.panel().count(), 0);
    QVERIFY(detail.panel().shown() == nullptr);
    QVERIFY(!detail.why().isVisible());
    QVERIFY(detail.dialogs.openDossier() == nullptr);
    QVERIFY(detail.panel().findChild<QLabel*>()->text().startsWith(QStringLiteral("It has not tripped")));
}

void DossierTest::a_trip_is_explained_in_a_sentence_with_its_rules() {
    Detail detail;
    detail.trip();
    QCOMPARE(labelNamed(detail.panel(), QStringLiteral("Why it opened")),
             QStringLiteral("13 of 21 calls failed in 5 s: 62.0 %, the limit is 50 % of at least 10 calls."));
    QVERIFY(labelNamed(detail.panel(), QStringLiteral("How long it waits")).contains(QStringLiteral("3 min 12 s")));
    const QString rules = detail.panel().findChild<widgets::RuleBars*>()->accessibleDescription();
    QVERIFY2(rules.contains(QStringLiteral("failure rate 62.0 % of 21 calls, limit 50 %")), qPrintable(rules));
    QVERIFY(rules.contains(QStringLiteral("too few calls, 21 of 100")));
    QCOMPARE(detail.panel().findChild<PlainTable*>()->model()->rowCount(), 20);
    QCOMPARE(detail.why().text(), QStringLiteral("Why is it open?"));
    detail.reset();
    QCOMPARE(detail.why().text(), QStringLiteral("Why did it trip?"));
}

void DossierTest::an_earlier_trip_that_is_looked_at_stays_when_a_newer_one_comes() {
    Detail detail;
    detail.trip();
    detail.reset();
    const auto first = detail.panel().shown();
    detail.trip();
    QVERIFY(detail.panel().shown() != first);
    QCOMPARE(detail.trips().count(), 2);
    detail.trips().setCurrentIndex(1);
    QVERIFY(detail.panel().shown() == first);
    detail.reset();
    detail.trip();
    QCOMPARE(detail.trips().count(), 3);
    QVERIFY(detail.panel().shown() == first);
    QCOMPARE(detail.trips().currentIndex(), 2);
}

void DossierTest::what_changes_beside_the_trips_does_not_rebuild_the_page() {
    Detail detail;
    detail.trip();
    auto* table = detail.panel().findChild<PlainTable*>();
    table->selectRow(3);
    detail.trips().showPopup();
    detail.stage.fleet.addError(0, "another");
    detail.stage.tick(5);
    QCOMPARE(table->currentIndex().row(), 3);
    QVERIFY(detail.trips().view()->isVisible());
    detail.trips().hidePopup();
}

void DossierTest::the_link_in_the_header_opens_a_window_that_stays_with_its_breaker() {
    Detail detail;
    detail.trip();
    detail.stage.models.select(detail.stage.fleet.idAt(0));
    QTest::mouseClick(&detail.why(), Qt::LeftButton);
    QPointer<DossierWindow> window = detail.parent.findChild<DossierWindow*>();
    QVERIFY(window != nullptr && window->isVisible() && !window->isModal());
    QTest::mouseClick(&detail.why(), Qt::LeftButton);
    QCOMPARE(detail.parent.findChildren<DossierWindow*>().size(), 1);
    detail.stage.models.select(detail.stage.fleet.idAt(1));
    detail.stage.tick(2);
    QCOMPARE(window->panel().count(), 1);
    detail.reset();
    detail.trip();
    QCOMPARE(window->panel().count(), 2);
    QTest::keyClick(window.data(), Qt::Key_Escape);
    QTRY_VERIFY(window == nullptr);
}

void DossierTest::a_trip_in_the_list_of_transitions_opens_its_own_page() {
    Detail detail;
    detail.trip();
    detail.reset();
    detail.trip();
    PlainTable* transitions = nullptr;
    for (PlainTable* table : detail.view.findChildren<PlainTable*>()) {
        if (table->accessibleName() == QStringLiteral("Transitions")) transitions = table;
    }
    detail.view.lists().setCurrentWidget(transitions);
    transitions->selectRow(2);
    QTest::keyClick(transitions, Qt::Key_Return);
    auto* window = detail.parent.findChild<DossierWindow*>();
    QVERIFY(window != nullptr);
    QCOMPARE(window->panel().shown()->transition.sequence, std::uint64_t{1});
    transitions->selectRow(1);
    QTest::keyClick(transitions, Qt::Key_Return);
    QVERIFY(detail.view.findChild<TextDialog*>()->findChild<QPlainTextEdit*>()->toPlainText().contains(
        QStringLiteral("Open to Closed")));
}

void DossierTest::the_page_can_be_copied_as_text_and_as_json() {
    Detail detail;
    detail.trip();
    const QList<QAction*> forms = detail.panel().findChild<QMenu*>()->actions();
    forms.at(0)->trigger();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith(QStringLiteral("Why is orders-api open?\n")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("503 Service Unavailable")));
    forms.at(1)->trigger();
    const QJsonObject json = QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object();
    QCOMPARE(json.value(QStringLiteral("breaker")).toString(), QStringLiteral("orders-api"));
    QCOMPARE(json.value(QStringLiteral("open_wait_ms")).toDouble(), 3900.0);
    QCOMPARE(json.value(QStringLiteral("last_outcomes")).toArray().size(), 20);
}

void DossierTest::hostile_texts_stay_plain() {
    Detail detail;
    detail.stage.fleet.rename(0, "<img src='/dev/zero'>");
    detail.stage.fleet.changeState(0, domain::State::open, kTrip);
    domain::Dossier dossier = *detail.stage.fleet.edit(0).dossiers.back();
    auto error = std::make_shared<domain::Error>();
    error->message = "<b>" + std::string(1'000'000, 'x') + "\n\xE2\x80\xAE";
    dossier.lastOutcomes.back().error = error;
    dossier.transition.trip.reset();
    dossier.transition.reason = "<img src='/dev/zero'>";
    detail.stage.fleet.edit(0).dossiers.back() = std::make_shared<const domain::Dossier>(dossier);
    detail.stage.tick();
    detail.stage.models.select(detail.stage.fleet.idAt(0));
    detail.stage.tick();
    auto* window = detail.dialogs.openDossier();
    QVERIFY(!window->grab().isNull());
    for (const QLabel* label : window->findChildren<QLabel*>()) {
        if (label->text().contains(QLatin1Char('<'))) QVERIFY(label->textFormat() == Qt::PlainText);
    }
    QVERIFY(labelNamed(*window, QStringLiteral("Why it opened")).contains(QStringLiteral("<img")));
    auto* table = window->findChild<PlainTable*>();
    QVERIFY(table->model()->index(0, models::OutcomesModel::Error).data().toString().size() <= 501);
    QTest::keyClick(table, Qt::Key_Return);
}

FUSEBOX_TEST(DossierTest)

}  // namespace fusebox::views

#include "dossier_test.moc"
