#include <fusebox/charts/band_chart.h>
#include <fusebox/charts/rollup_chart.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/history_bar.h>
#include <fusebox/views/history_view.h>
#include <fusebox/views/note_dialog.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>

#include "fake_store.h"
#include "stage.h"

#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

namespace fusebox::views {
namespace {

using feed::testing::FakeStore;
using feed::testing::storedEvent;

struct Page {
    explicit Page(std::uint64_t events = 1'200) {
        auto made = std::make_unique<FakeStore>();
        store = made.get();
        for (std::uint64_t id = 1; id <= events; ++id) {
            store->stored.push_back(
                storedEvent(id, id % 2 == 0 ? "orders-api" : "inventory-db", "<b>event</b> " + std::to_string(id)));
            // Within the last hour of the stage.
            store->stored.back().at = stage.fleet.wall() - std::chrono::seconds(events - id);
        }
        asked = std::make_unique<feed::HistoryFeed>(std::move(made),
                                                    [this](journal::Note note) { notes.push_back(std::move(note)); });
        view = std::make_unique<HistoryView>(stage.models, HistoryParts{asked.get(), [this] { return trouble; }});
        view->resize(1280, 720);
        view->show();
        stage.tick();
    }

    bool settles() {
        return QTest::qWaitFor([this] { return view->events().rowCount() > 0 && view->bands().bandCount() > 0; },
                               5'000);
    }

    void choose(const QString& name, const QString& entry) {
        for (auto* box : view->findChildren<QComboBox*>()) {
            if (box->accessibleName() == name) box->setCurrentText(entry);
        }
    }

    QToolButton* button(const QString& text) const {
        const QList<QToolButton*> all = view->findChildren<QToolButton*>();
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->text() == text; });
        return found == all.end() ? nullptr : *found;
    }

    Stage stage{3};
    FakeStore* store = nullptr;
    std::vector<journal::Note> notes;
    std::string trouble;
    std::unique_ptr<feed::HistoryFeed> asked;
    std::unique_ptr<HistoryView> view;
};

}  // namespace

class HistoryViewTest : public QObject {
    Q_OBJECT
private slots:
    void without_a_journal_it_says_so();
    void events_bands_and_figures_come_by_themselves();
    void the_end_of_the_list_brings_the_next_page();
    void filters_ask_anew();
    void a_journal_that_has_just_begun_is_looked_at_closely();
    void a_damaged_journal_is_told_in_words();
    void a_note_is_written_about_the_moment_that_was_picked();
    void what_is_searched_for_is_exported();
    void enter_shows_the_whole_event();
    void a_hidden_page_asks_nothing();
};

void HistoryViewTest::without_a_journal_it_says_so() {
    Stage stage(1);
    HistoryView view(stage.models, {});
    view.resize(1280, 720);
    view.show();
    stage.tick();
    QVERIFY(!view.bar().isEnabled());
    QVERIFY(view.openNote() == nullptr);
    QVERIFY(!view.grab().isNull());
}

void HistoryViewTest::events_bands_and_figures_come_by_themselves() {
    Page page;
    QVERIFY(page.settles());
    QCOMPARE(page.view->bands().bandCount(), 2);
    QVERIFY(QTest::qWaitFor([&] { return !page.view->rollups().points().empty(); }, 5'000));
    QVERIFY(!page.view->bands().chosen().value.empty());
    QCOMPARE(page.view->events().index(0, models::StoredEventsModel::Text).data().toString(),
             QStringLiteral("<b>event</b> 1200"));
}

void HistoryViewTest::the_end_of_the_list_brings_the_next_page() {
    Page page;
    QVERIFY(page.settles());
    QCOMPARE(page.view->events().rowCount(), 500);
    page.view->table().scrollToBottom();
    page.view->events().fetchMore({});
    QVERIFY(QTest::qWaitFor([&] { return page.view->events().rowCount() == 1'000; }, 5'000));
    QVERIFY(page.view->events().eventAt(500).id == domain::EventId(700));
}

void HistoryViewTest::a_journal_that_has_just_begun_is_looked_at_closely() {
    Page page;
    page.store->begins = page.stage.fleet.wall() - std::chrono::seconds(90);
    QVERIFY(page.settles());
    QVERIFY(page.view->bands().window().span() == base::Duration(std::chrono::minutes(3)));
    // Who takes an hour gets it.
    QTest::mouseClick(page.button(QStringLiteral("1 h")), Qt::LeftButton);
    QVERIFY(page.view->bands().window().span() == base::Duration(std::chrono::hours(1)));
}

void HistoryViewTest::filters_ask_anew() {
    Page page;
    QVERIFY(page.settles());
    QVERIFY(QTest::qWaitFor(
        [&] {
            page.choose(QStringLiteral("Breaker"), QStringLiteral("orders-api"));
            return !page.view->bar().breaker().value.empty();
        },
        5'000));
    QVERIFY(QTest::qWaitFor([&] { return page.view->bands().bandCount() == 1; }, 5'000));
    QVERIFY(QTest::qWaitFor([&] { return page.view->events().rowCount() == 500; }, 5'000));
    for (int row = 0; row < 10; ++row)
        QCOMPARE(page.view->events().eventAt(row).breaker.value, std::string("orders-api"));
    auto* line = page.view->findChild<QLineEdit*>();
    QTest::keyClicks(line, QStringLiteral("</b> 1198"));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return page.view->events().rowCount() == 1; }, 5'000));
    QTest::keyClicks(line, QStringLiteral("no such event"));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return page.view->events().rowCount() == 0; }, 5'000));
    QVERIFY(page.view->table().emptyText().startsWith(QStringLiteral("Nothing in this time matches.")));
}

void HistoryViewTest::a_damaged_journal_is_told_in_words() {
    Page page;
    page.store->broken = true;
    page.trouble = "The journal could not be used; a fresh one was begun.";
    page.view->bar().clear();
    QTest::mouseClick(page.view->findChild<QToolButton*>(QStringLiteral("span-15")), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor(
        [&] { return page.view->table().emptyText().contains(QStringLiteral("The journal is damaged")); }, 5'000));
}

void HistoryViewTest::a_note_is_written_about_the_moment_that_was_picked() {
    Page page;
    QVERIFY(page.settles());
    const QRect row = page.view->bands().bandRect(1);
    QTest::mouseClick(page.view->bands().viewport(), Qt::LeftButton, {}, row.center());
    NoteDialog* dialog = page.view->openNote();
    QVERIFY(dialog != nullptr);
    auto* confirm = dialog->findChild<QPushButton*>(QStringLiteral("confirm"));
    QVERIFY(!confirm->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("deployed 1.4.2"));
    QTest::mouseClick(confirm, Qt::LeftButton);
    QCOMPARE(page.notes.size(), std::size_t(1));
    QCOMPARE(page.notes.front().breaker.value, std::string("orders-api"));
    QCOMPARE(page.notes.front().actor, std::string("ann"));
    QVERIFY(page.notes.front().pinned);
    QVERIFY(page.notes.front().at < page.stage.fleet.wall() - std::chrono::minutes(10));
}

void HistoryViewTest::what_is_searched_for_is_exported() {
    Page page;
    QVERIFY(page.settles());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("events.csv"));
    page.view->exportTo(path, feed::ExportForm::csv);
    QVERIFY(QTest::qWaitFor([&] { return page.view->noticeText().contains(QStringLiteral("exported to")); }, 5'000));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1'201);
    page.view->exportTo(folder.path(), feed::ExportForm::csv);
    QVERIFY(
        QTest::qWaitFor([&] { return page.view->noticeText().startsWith(QStringLiteral("Not exported.")); }, 5'000));
}

void HistoryViewTest::enter_shows_the_whole_event() {
    Page page;
    QVERIFY(page.settles());
    page.view->table().selectRow(3);
    QTest::keyClick(&page.view->table(), Qt::Key_Return);
    QVERIFY(page.view->findChild<TextDialog*>() != nullptr);
}

void HistoryViewTest::a_hidden_page_asks_nothing() {
    Page page;
    QVERIFY(page.settles());
    page.view->hide();
    const int before = page.store->eventQuestions;
    page.view->showBreaker(domain::BreakerId("orders-api"));
    page.stage.tick(50);
    QCoreApplication::processEvents();
    QCOMPARE(page.store->eventQuestions.load(), before);
}

FUSEBOX_TEST(HistoryViewTest)

}  // namespace fusebox::views

#include "history_view_test.moc"
