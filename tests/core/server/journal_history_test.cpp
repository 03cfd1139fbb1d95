// The journal as the server asks it.
#include "journal_fixture.h"
#include "no_history.h"
#include "server_bench.h"

#include <fusebox/server/journal_history.h>
#include <fusebox/support/test_case.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>

using namespace fusebox;
using namespace std::chrono_literals;

namespace {

/// At each look a minute has passed.
class HastyClock final : public base::Clock {
public:
    base::Time now() const noexcept override { return base::Time(std::chrono::minutes(++m_looks)); }
    base::WallTime wallNow() const noexcept override { return {}; }

private:
    mutable std::atomic<int> m_looks{0};
};

/// Too slow for every question.
class LateHistory : public NoHistory {
protected:
    Trouble trouble() const override {
        return base::trouble(base::TroubleCode::timedOut, "The journal took too long to answer.");
    }
};

/// Looks until it is given up.
class StuckHistory final : public LateHistory {
public:
    base::Result<journal::EventPage> events(const journal::EventQuery&) override {
        ++m_asked;
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, 2s, [&] { return m_isGivenUp; });
        return trouble();
    }
    void giveUp() override {
        const std::lock_guard lock(m_mutex);
        m_isGivenUp = true;
        m_changed.notify_all();
    }
    int asked() const { return m_asked; }

private:
    std::atomic<int> m_asked{0};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isGivenUp = false;
};

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
    void what_takes_too_long_is_broken_off_and_the_next_question_is_answered() {
        journal::JournalFixture fix;
        fix.put(std::vector<domain::Event>(500, fix.event("orders", "nothing that is looked for")));
        server::JournalHistory history([&] { return fix.journal->health().file; }, std::make_shared<HastyClock>());
        journal::EventQuery query;
        query.text = "a needle";
        const auto page = history.events(query);
        QVERIFY(!page.has_value());
        QVERIFY2(page.error().code == base::TroubleCode::timedOut, page.error().text().c_str());
        const auto last = history.eventsAfter(domain::EventId(fix.last - 1), 1);
        QVERIFY2(last.has_value(), last ? "" : last.error().text().c_str());
        QCOMPARE(last->size(), 1U);
    }
    void once_it_was_given_up_nothing_is_asked() {
        journal::JournalFixture fix;
        fix.put({fix.event("orders", "something")});
        server::JournalHistory history([&] { return fix.journal->health().file; });
        history.giveUp();
        QVERIFY(!history.eventsAfter(domain::EventId(0), 1).has_value());
    }
    void a_question_that_took_too_long_is_answered_with_a_sentence() {
        ServerBench bench([](auto& options) { options.history = std::make_shared<LateHistory>(); });
        const peers::Answer answer = bench.get("/api/v1/journal");
        QCOMPARE(answer.status, 503);
        QVERIFY2(answer.body.find("took too long") != std::string::npos, answer.body.c_str());
        QCOMPARE(answer.header("Retry-After"), std::string("2"));
    }
    void who_stops_the_server_does_not_wait_for_the_journal() {
        const auto history = std::make_shared<StuckHistory>();
        ServerBench bench([&](auto& options) { options.history = history; });
        std::vector<std::unique_ptr<peers::HttpPeer>> peers;
        for (int i = 0; i < 5; ++i) {
            peers.push_back(std::make_unique<peers::HttpPeer>(bench.port()));
            peers.back()->send(peers::get(bench.port(), "/api/v1/journal", kAnn));
            QTRY_COMPARE(history->asked(), 1);  // the first alone: what waits is taken together
        }
        QTRY_VERIFY(bench.get("/metrics").body.find("fusebox_http_waiting_questions 4\n") != std::string::npos);
        bench.server().stop();
        QCOMPARE(history->asked(), 1);
        // An answer at the last moment may not get out any more, but nobody is left waiting.
        for (const auto& peer : peers) {
            const int status = peer->answer().status;
            QVERIFY2(status == 503 || status == 0, std::to_string(status).c_str());
            QVERIFY(peer->isClosed(0ms));
        }
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
