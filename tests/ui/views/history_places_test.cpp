// Whose journal the page of history reads.
#include <fusebox/charts/band_chart.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/history_bar.h>
#include <fusebox/views/history_view.h>
#include <fusebox/views/note_dialog.h>

#include "fake_store.h"
#include "stage.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

namespace fusebox::views {
namespace {

using feed::testing::FakeStore;
using feed::testing::storedEvent;

std::shared_ptr<FakeStore> storeWith(Stage& stage, const std::string& breaker) {
    auto store = std::make_shared<FakeStore>();
    store->names = {breaker};
    store->stored = {storedEvent(1, breaker, "something at " + breaker)};
    store->stored.back().at = stage.fleet.wall();
    return store;
}

domain::SourceStanding agent(const std::string& name) {
    domain::SourceStanding standing;
    standing.name = name;
    standing.state = domain::SourceState::connected;
    return standing;
}

/// A console with a journal of its own, and the agent "berlin" with another one.
struct Page {
    Page() {
        stage.fleet.sources = {agent("berlin")};
        view.resize(1280, 720);
        view.show();
        stage.tick();
    }

    std::shared_ptr<feed::HistoryStore> storeOf(const std::string& name) {
        if (name.empty()) return own;
        return name == "berlin" ? remote : nullptr;
    }
    QComboBox* box() const { return view.findChild<QComboBox*>(QStringLiteral("history-place")); }
    void choose(int entry) const {
        box()->setCurrentIndex(entry);
        emit box()->activated(entry);
    }
    bool shows(const QString& text) {
        return QTest::qWaitFor(
            [&] {
                return view.events().rowCount() == 1 &&
                       view.events().index(0, models::StoredEventsModel::Text).data().toString() == text;
            },
            5'000);
    }

    Stage stage{3};
    std::shared_ptr<FakeStore> own = storeWith(stage, "berlin/orders");
    std::shared_ptr<FakeStore> remote = storeWith(stage, "orders");
    std::vector<journal::Note> notes;
    feed::HistoryFeed asked{own, [this](journal::Note note) { notes.push_back(std::move(note)); }};
    HistoryView view{stage.models, HistoryParts{&asked, {}, [this](const std::string& name) { return storeOf(name); }}};
};

}  // namespace

class HistoryPlacesTest : public QObject {
    Q_OBJECT
private slots:
    void without_agents_there_is_nothing_to_choose();
    void the_journal_of_an_agent_is_read_when_it_is_chosen();
    void a_breaker_of_an_agent_is_looked_up_in_the_agents_journal();
    void a_note_about_a_breaker_of_an_agent_names_both();
    void an_agent_that_is_detached_is_left();
};

void HistoryPlacesTest::without_agents_there_is_nothing_to_choose() {
    Page page;
    QVERIFY(page.box()->isVisible());
    QCOMPARE(page.box()->itemText(1), QStringLiteral("Journal of berlin"));
    page.stage.fleet.sources.clear();
    page.stage.tick();
    QVERIFY(!page.box()->isVisible());
}

void HistoryPlacesTest::the_journal_of_an_agent_is_read_when_it_is_chosen() {
    Page page;
    QVERIFY(page.shows(QStringLiteral("something at berlin/orders")));
    page.choose(1);
    QCOMPARE(page.view.events().rowCount(), 0);  // nothing of the other journal is left
    QVERIFY(page.shows(QStringLiteral("something at orders")));
    QVERIFY(QTest::qWaitFor([&] { return page.view.bands().chosen().value == "orders"; }, 5'000));
    page.choose(0);
    QVERIFY(page.shows(QStringLiteral("something at berlin/orders")));
}

void HistoryPlacesTest::a_breaker_of_an_agent_is_looked_up_in_the_agents_journal() {
    Page page;
    page.view.showBreaker(domain::BreakerId("berlin/orders"));
    QCOMPARE(page.box()->currentIndex(), 1);
    QCOMPARE(page.view.bar().breaker().value, std::string("orders"));
    QVERIFY(page.shows(QStringLiteral("something at orders")));
    page.view.showBreaker(domain::BreakerId("mine"));
    QCOMPARE(page.box()->currentIndex(), 0);
    QCOMPARE(page.view.bar().breaker().value, std::string("mine"));
}

void HistoryPlacesTest::a_note_about_a_breaker_of_an_agent_names_both() {
    Page page;
    page.choose(1);
    QVERIFY(QTest::qWaitFor([&] { return page.view.bands().chosen().value == "orders"; }, 5'000));
    NoteDialog* dialog = page.view.openNote();
    QVERIFY(dialog != nullptr);
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("deployed 1.4.2"));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
    QCOMPARE(page.notes.size(), std::size_t{1});
    QCOMPARE(page.notes.front().breaker.value, std::string("berlin/orders"));
}

void HistoryPlacesTest::an_agent_that_is_detached_is_left() {
    Page page;
    page.choose(1);
    QVERIFY(page.shows(QStringLiteral("something at orders")));
    page.stage.fleet.sources.clear();
    page.stage.tick();
    QVERIFY(page.shows(QStringLiteral("something at berlin/orders")));
}

FUSEBOX_TEST(HistoryPlacesTest)

}  // namespace fusebox::views

#include "history_places_test.moc"
