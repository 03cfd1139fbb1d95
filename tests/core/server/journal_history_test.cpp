// The journal as the server asks it.
#include "../journal/journal_fixture.h"

#include <fusebox/server/journal_history.h>
#include <fusebox/support/test_case.h>

#include <filesystem>

using namespace fusebox;
using namespace std::chrono_literals;

namespace {

std::string textsOf(server::History& history) {
    const auto events = history.eventsAfter(domain::EventId(0), 100);
    if (!events) return events.error().text();
    std::string all;
    for (const server::PastEvent& event : *events) all += event.json;
    return all;
}

}  // namespace

class JournalHistoryTest : public QObject {
    Q_OBJECT
private slots:
    void a_fresh_file_at_the_same_place_is_read() {
        journal::JournalFixture fix;
        server::JournalHistory history([&] { return fix.journal->health().file; });
        fix.put({fix.event("orders", "the old file")});
        QVERIFY(textsOf(history).find("the old file") != std::string::npos);
        fix.journal.reset();
        for (const char* end : {"", "-wal", "-shm"}) {
            std::error_code isMissing;
            std::filesystem::rename(fix.settings.file + end, fix.settings.file + ".away" + end, isMissing);
        }
        fix.start();
        fix.put({fix.event("orders", "the fresh file")});
        const std::string texts = textsOf(history);
        QVERIFY2(texts.find("the fresh file") != std::string::npos, texts.c_str());
        QVERIFY(texts.find("the old file") == std::string::npos);
    }
    void without_a_file_it_says_that_nothing_is_kept() {
        server::JournalHistory nowhere([] { return std::string(); });
        QVERIFY(nowhere.eventsAfter(domain::EventId(0), 1).error().code == base::TroubleCode::notFound);
        server::JournalHistory missing([] { return std::string("/nowhere/at/all.db"); });
        QVERIFY(missing.eventsAfter(domain::EventId(0), 1).error().code == base::TroubleCode::notFound);
        const support::TempDir directory;
        const std::string file = directory.write("journal.db", "this is no journal").string();
        server::JournalHistory foreign([&] { return file; });
        QVERIFY(foreign.eventsAfter(domain::EventId(0), 1).error().code == base::TroubleCode::unavailable);
    }
};

FUSEBOX_TEST(JournalHistoryTest)
#include "journal_history_test.moc"
