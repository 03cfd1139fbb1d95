#include <fusebox/feed/history_feed.h>
#include <fusebox/support/test_case.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "fake_store.h"

#include <sys/stat.h>

namespace fusebox::feed {
namespace {

using testing::FakeStore;
using testing::kNoon;
using testing::storedEvent;

struct Asking {
    explicit Asking(std::size_t events = 0) {
        auto made = std::make_unique<FakeStore>();
        store = made.get();
        for (std::size_t id = 1; id <= events; ++id) {
            store->stored.push_back(storedEvent(id, "orders-api", "opened " + std::to_string(id)));
        }
        feed = std::make_unique<HistoryFeed>(std::move(made), [this](journal::Note note) { notes.push_back(note); });
    }

    QString exported(ExportForm form, const QString& path) {
        QSignalSpy ended(feed.get(), &HistoryFeed::exportEnded);
        feed->exportEvents({}, path, form);
        if (!ended.wait(10'000)) return QStringLiteral("it never ended");
        return ended.at(0).at(1).toString();
    }

    QTemporaryDir folder;
    FakeStore* store = nullptr;
    std::vector<journal::Note> notes;
    std::unique_ptr<HistoryFeed> feed;
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class HistoryFeedTest : public QObject {
    Q_OBJECT
private slots:
    void answers_come_with_the_number_of_their_question();
    void trouble_comes_as_an_answer();
    void an_exception_comes_as_an_answer();
    void another_store_is_asked_and_the_former_one_gives_up();
    void notes_are_handed_on();
    void all_pages_are_exported_and_nothing_else_is_left();
    void F1_nothing_exported_is_a_formula();
    void F2_only_ordinary_files_of_ones_own_are_replaced();
    void F2_a_folder_that_is_not_there_is_told();
    void json_lines_stand_as_they_were_kept();
    void without_a_journal_it_says_so();
};

void HistoryFeedTest::answers_come_with_the_number_of_their_question() {
    Asking asking(3);
    QSignalSpy events(asking.feed.get(), &HistoryFeed::eventsReady);
    QSignalSpy overviews(asking.feed.get(), &HistoryFeed::overviewReady);
    const std::uint64_t question = asking.feed->askEvents({});
    QVERIFY(events.wait());
    QCOMPARE(events.last().at(0).toULongLong(), question);
    const auto answer = events.last().at(1).value<Answer<journal::EventPage>>();
    QCOMPARE((*answer)->events.size(), std::size_t(3));
    asking.feed->askOverview({{kNoon - std::chrono::hours(1), kNoon}, {}, {}});
    QVERIFY(overviews.wait());
    QCOMPARE((**overviews.last().at(1).value<Answer<Overview>>()).bands.size(), std::size_t(2));
}

void HistoryFeedTest::trouble_comes_as_an_answer() {
    Asking asking(1);
    asking.store->broken = true;
    QSignalSpy events(asking.feed.get(), &HistoryFeed::eventsReady);
    asking.feed->askEvents({});
    QVERIFY(events.wait());
    QVERIFY(!events.last().at(1).value<Answer<journal::EventPage>>()->has_value());
    const QString path = asking.folder.filePath(QStringLiteral("events.csv"));
    QVERIFY(asking.exported(ExportForm::csv, path).contains(QStringLiteral("damaged")));
    QVERIFY(!QFileInfo::exists(path));
}

void HistoryFeedTest::an_exception_comes_as_an_answer() {
    Asking asking(1);
    asking.store->throwing = true;
    QSignalSpy events(asking.feed.get(), &HistoryFeed::eventsReady);
    asking.feed->askEvents({});
    QVERIFY(events.wait());
    const auto answer = events.last().at(1).value<Answer<journal::EventPage>>();
    QVERIFY2(answer->error().text().find("went wrong") != std::string::npos, answer->error().text().c_str());
}

void HistoryFeedTest::another_store_is_asked_and_the_former_one_gives_up() {
    Asking asking(3);
    auto other = std::make_shared<FakeStore>();
    other->stored.push_back(storedEvent(9, "stock", "elsewhere"));
    asking.feed->setStore(other);
    QSignalSpy events(asking.feed.get(), &HistoryFeed::eventsReady);
    asking.feed->askEvents({});
    QVERIFY(events.wait());
    QCOMPARE((*events.last().at(1).value<Answer<journal::EventPage>>())->events.front().text, std::string("elsewhere"));
    QVERIFY(!other->gaveUp);
    asking.feed.reset();
    QVERIFY(other->gaveUp);
}

void HistoryFeedTest::notes_are_handed_on() {
    Asking asking;
    QVERIFY(asking.feed->canWriteNotes());
    journal::Note note;
    note.text = "deployed";
    asking.feed->putNote(note);
    QCOMPARE(asking.notes.size(), std::size_t(1));
}

void HistoryFeedTest::all_pages_are_exported_and_nothing_else_is_left() {
    Asking asking(4'500);  // three pages
    const QString path = asking.folder.filePath(QStringLiteral("events.csv"));
    QCOMPARE(asking.exported(ExportForm::csv, path), QString());
    const QList<QByteArray> lines = contentOf(path).split('\n');
    QCOMPARE(lines.size(), 4'502);  // a head, and nothing behind the last end of line
    QCOMPARE(lines.at(0), QByteArray("id,time_utc,level,kind,breaker,actor,text\r"));
    QVERIFY2(lines.at(1).startsWith("4500,2023-11-14T20:41:40.000Z,info,transition,orders-api,,opened 4500"),
             lines.at(1).constData());
    QCOMPARE(QDir(asking.folder.path()).entryList(QDir::Files).size(), 1);
}

void HistoryFeedTest::F1_nothing_exported_is_a_formula() {
    const auto line = [](const std::string& text) {
        journal::StoredEvent event = storedEvent(1, "=1+1", text);
        event.actor = "@SUM(A1)";
        return exportLine(event, ExportForm::csv);
    };
    for (const char* text :
         {"=cmd|' /C calc'!A0", "+1", "-2+3", "@x", "=HYPERLINK(\"http://x\",\"y\")", "\n=1", "\uff1d1+1", "\uff201"}) {
        const std::string made = line(text);
        QVERIFY2(made.find(",\"'") != std::string::npos, made.c_str());
        QVERIFY2(made.find(",=") == std::string::npos && made.find(",@") == std::string::npos, made.c_str());
        QVERIFY2(made.find(",\"=") == std::string::npos, made.c_str());
    }
    QVERIFY(line("say \"hi\", twice").find("\"say \"\"hi\"\", twice\"") != std::string::npos);
    const std::string broken = line("two\nlines \x1b[31m");
    QVERIFY(broken.find("\"two\nlines ") != std::string::npos);
    QVERIFY(broken.find('\x1b') == std::string::npos);
}

void HistoryFeedTest::F2_only_ordinary_files_of_ones_own_are_replaced() {
    Asking asking(2);
    const QString target = asking.folder.filePath(QStringLiteral("precious"));
    QFile precious(target);
    QVERIFY(precious.open(QIODevice::WriteOnly));
    precious.write("keep");
    precious.close();
    const QString link = asking.folder.filePath(QStringLiteral("link.csv"));
    QVERIFY(QFile::link(target, link));
    QVERIFY(asking.exported(ExportForm::csv, link).contains(QStringLiteral("link")));
    QCOMPARE(contentOf(target), QByteArray("keep"));
    const QString pipe = asking.folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(pipe.toUtf8().constData(), 0600), 0);
    QVERIFY(asking.exported(ExportForm::csv, pipe).contains(QStringLiteral("ordinary file")));
    QVERIFY(asking.exported(ExportForm::csv, QStringLiteral("/dev/stdout")).contains(QStringLiteral("ordinary file")));
    QCOMPARE(asking.exported(ExportForm::csv, target), QString());
    QVERIFY(contentOf(target).startsWith("id,"));
}

void HistoryFeedTest::F2_a_folder_that_is_not_there_is_told() {
    Asking asking(2);
    const QString path = asking.folder.filePath(QStringLiteral("no/such/events.csv"));
    const QString trouble = asking.exported(ExportForm::csv, path);
    QVERIFY2(trouble.contains(path) && trouble.contains(QStringLiteral("No such file")), qPrintable(trouble));
}

void HistoryFeedTest::json_lines_stand_as_they_were_kept() {
    Asking asking(2);
    const QString path = asking.folder.filePath(QStringLiteral("events.jsonl"));
    QCOMPARE(asking.exported(ExportForm::jsonLines, path), QString());
    QCOMPARE(contentOf(path), QByteArray("{\"id\":2}\n{\"id\":1}\n"));
}

void HistoryFeedTest::without_a_journal_it_says_so() {
    JournalStore none([] { return std::string(); });
    const auto answer = none.events({});
    QVERIFY(!answer.has_value());
    QVERIFY(QString::fromStdString(answer.error().text()).contains(QStringLiteral("No journal")));
    JournalStore missing([] { return std::string("/no/such/journal.db"); });
    QVERIFY(!missing.bands({}).has_value());
}

FUSEBOX_TEST(HistoryFeedTest)

}  // namespace fusebox::feed

#include "history_feed_test.moc"
