// Questions for events and bands.
#include "journal_fixture.h"

#include <fusebox/journal/text_search.h>
#include <fusebox/support/test_case.h>

#include <random>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;
using domain::State;

class EventSearchTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_fix = std::make_unique<JournalFixture>(); }

    void pages_follow_each_other_without_gap_or_repetition() {
        std::vector<domain::Event> events;
        for (int i = 0; i < 25; ++i) {
            events.push_back(m_fix->event("orders", "number " + std::to_string(i)));
            if (i % 3 == 0) m_fix->clock.advance(1ms);  // several share a millisecond
        }
        const auto frame = m_fix->put(events);
        auto reader = m_fix->reader();
        EventQuery query;
        query.limit = 4;
        std::vector<domain::EventId> seen;
        for (bool more = true; more;) {
            const auto page = reader.events(query);
            for (const StoredEvent& event : page->events) seen.push_back(event.id);
            query.before = page->events.back().id;
            more = page->more;
        }
        QCOMPARE(seen.size(), 25U);
        for (std::size_t i = 0; i < seen.size(); ++i) QVERIFY(seen[i] == frame->events[24 - i].id);
    }
    void events_are_found_by_breaker_actor_kind_level_time_and_text() {
        domain::Event hold = m_fix->event("orders", "Held OPEN: 100% sure_thing");
        hold.kind = domain::EventKind::holdPlaced;
        hold.actor = "ann";
        hold.level = domain::Level::warning;
        m_fix->put({m_fix->event("orders", "quiet"), m_fix->event("search", "quiet"), hold});
        m_fix->clock.advance(1h);
        m_fix->put({m_fix->event("orders", "later")});
        auto reader = m_fix->reader();
        const auto found = [&](auto change) {
            EventQuery query;
            change(query);
            return reader.events(query)->events.size();
        };
        QCOMPARE(found([](EventQuery& q) { q.breaker.value = "orders"; }), 3U);
        QCOMPARE(found([](EventQuery& q) { q.breaker.value = "unknown"; }), 0U);
        QCOMPARE(found([](EventQuery& q) { q.actor = "ann"; }), 1U);
        QCOMPARE(found([](EventQuery& q) { q.actor = "ann", q.breaker.value = "search"; }), 0U);
        QCOMPARE(found([](EventQuery& q) { q.kinds = {domain::EventKind::holdPlaced}; }), 1U);
        QCOMPARE(found([](EventQuery& q) {
                     q.kinds = {domain::EventKind::holdPlaced, domain::EventKind::notice};
                 }),
                 4U);
        QCOMPARE(found([](EventQuery& q) { q.level = domain::Level::warning; }), 1U);
        QCOMPARE(found([&](EventQuery& q) { q.span.from = m_fix->clock.wallNow() - 1min; }), 1U);
        QCOMPARE(found([&](EventQuery& q) { q.span.to = m_fix->clock.wallNow() - 1min; }), 3U);
        QCOMPARE(found([](EventQuery& q) { q.text = "held open"; }), 1U);
        QCOMPARE(found([](EventQuery& q) { q.text = "100%"; }), 1U);
        QCOMPARE(found([](EventQuery& q) { q.text = "sure_thing"; }), 1U);
        QCOMPARE(found([](EventQuery& q) { q.text = "sure%thing"; }), 0U);  // no wildcards
        QCOMPARE(found([](EventQuery& q) { q.text = "%"; }), 1U);
    }
    void a_text_is_found_in_the_order_of_the_list_whatever_the_clock_did() {
        std::mt19937 random(9);  // NOLINT: the same each time
        for (int i = 0; i < 400; ++i) {
            std::vector<domain::Event> events(1 + random() % 3, m_fix->event("b" + std::to_string(random() % 2), ""));
            for (domain::Event& event : events) event.text = random() % 5 == 0 ? "A rare Thing" : "usual";
            m_fix->put(events);
            // Long silences, several in one millisecond, and a clock that is set back.
            m_fix->clock.advance(random() % 50 == 0 ? 3h : std::chrono::milliseconds(random() % 3));
            if (random() % 40 == 0) m_fix->clock.jumpWall(-20min);
        }
        EventQuery all;
        all.limit = 10'000;
        auto reader = m_fix->reader();
        const auto whole = reader.events(all);
        std::vector<domain::EventId> expected;
        for (const StoredEvent& event : whole->events) {
            if (event.text == "A rare Thing" && event.breaker.value == "b1") expected.push_back(event.id);
        }
        QVERIFY(expected.size() > 20);
        for (const std::size_t limit : {1U, 7U, 1000U}) {
            EventQuery query;
            query.text = "rare thing";
            query.breaker.value = "b1";
            query.limit = limit;
            std::vector<domain::EventId> seen;
            for (bool more = true; more;) {
                const auto page = reader.events(query);
                QVERIFY2(page.has_value(), page ? "" : page.error().text().c_str());
                QVERIFY(!page->events.empty() && page->events.size() <= limit);
                for (const StoredEvent& event : page->events) seen.push_back(event.id);
                query.before = page->events.back().id;
                more = page->more;
            }
            QVERIFY(seen == expected);
        }
    }
    void a_text_is_where_it_is_at_all_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("needle");
        QTest::addColumn<bool>("isIn");
        QTest::newRow("begin") << "abcde"
                               << "AB" << true;
        QTest::newRow("end") << "abcde"
                             << "de" << true;
        QTest::newRow("whole") << "abc"
                               << "abc" << true;
        QTest::newRow("repeated begin") << "aabaabaaa"
                                        << "aabaaa" << true;
        QTest::newRow("one letter") << "xyz"
                                    << "Z" << true;
        QTest::newRow("nothing") << "xyz"
                                 << "" << true;
        QTest::newRow("longer than the text") << "ab"
                                              << "abc" << false;
        QTest::newRow("other letters") << "abcabd"
                                       << "abe" << false;
        QTest::newRow("beyond ASCII to the letter")
            << QStringLiteral("\u00c4rger") << QStringLiteral("\u00e4rger") << false;
        QTest::newRow("longer than a byte counts")
            << QString(300, u'a') + QString(400, u'b') << QString(200, u'a') + QString(400, u'b') << true;
    }
    void a_text_is_where_it_is_at_all() {
        QFETCH(const QString, text);
        QFETCH(const QString, needle);
        QFETCH(const bool, isIn);
        QCOMPARE(Needle(needle.toStdString()).isIn(text.toStdString()), isIn);
    }
    void f10_sql_in_names_and_texts_stays_text() {
        const std::string evil = "x'); DROP TABLE event;--";
        m_fix->put({m_fix->event(evil, "%' OR 1=1 --")});
        EventQuery query;
        query.breaker.value = evil;
        query.text = "%' OR 1=1";
        QCOMPARE(m_fix->reader().events(query)->events.size(), 1U);
    }
    void a_stream_goes_on_after_an_id_oldest_first() {
        const auto frame = m_fix->put({m_fix->event("a", "1"), m_fix->event("a", "2"), m_fix->event("a", "3")});
        const auto page = m_fix->reader().eventsAfter(frame->events[0].id, 1);
        QVERIFY(page->events.at(0).id == frame->events[1].id);
        QVERIFY(page->more);
        QVERIFY(m_fix->reader().lastEvent() == frame->events[2].id);
    }
    void breakers_and_actors_are_listed() {
        domain::Event one = m_fix->event("b", "1");
        one.actor = "zoe";
        domain::Event two = m_fix->event("a", "2");
        two.actor = "ann";
        m_fix->put({one, two, two, m_fix->event("a", "3")});
        QVERIFY(m_fix->reader().breakers() == (std::vector{domain::BreakerId("a"), domain::BreakerId("b")}));
        QVERIFY(m_fix->reader().actors() == (std::vector<std::string>{"ann", "zoe"}));
    }
    void a_band_shows_the_states_and_when_nothing_is_known() {
        const base::WallTime begin = m_fix->clock.wallNow();
        m_fix->put({}, {JournalFixture::snapshot("orders")});
        m_fix->clock.advance(10s);
        m_fix->put({m_fix->move("orders", State::closed, State::open)}, {JournalFixture::snapshot("orders")});
        m_fix->clock.advance(5s);
        m_fix->put({m_fix->move("orders", State::open, State::halfOpen)});
        m_fix->journal->stop();
        m_fix->clock.advance(1min);  // the program is off
        m_fix->start();
        m_fix->put({}, {JournalFixture::snapshot("orders", State::closed)});
        m_fix->clock.advance(20s);
        m_fix->put({});
        auto reader = m_fix->reader();
        const auto bands = reader.bands({{begin - 1s, base::WallTime::max()}, {}, {}});
        QCOMPARE(bands->size(), 1U);
        const std::vector<StateSpan> expected{{begin - 1s, begin, State::unknown},
                                              {begin, begin + 10s, State::closed},
                                              {begin + 10s, begin + 15s, State::open},
                                              {begin + 15s, begin + 75s, State::unknown},
                                              {begin + 75s, begin + 95s, State::closed}};
        QVERIFY(bands->at(0).spans == expected);
        // Within the span nothing moved: what went before tells.
        const auto within = reader.bands({{begin + 12s, begin + 14s}, {domain::BreakerId("orders")}, {}});
        QVERIFY(within->at(0).spans == (std::vector<StateSpan>{{begin + 12s, begin + 14s, State::open}}));
        const auto before = reader.bands({{begin + 5s, begin + 8s}, {domain::BreakerId("orders")}, {}});
        QVERIFY(before->at(0).spans == (std::vector<StateSpan>{{begin + 5s, begin + 8s, State::closed}}));
    }
    void what_is_too_short_to_be_seen_is_shown_as_the_worst_of_it() {
        const base::WallTime begin = m_fix->clock.wallNow();
        m_fix->put({}, {JournalFixture::snapshot("orders")});
        m_fix->clock.advance(10s);
        for (int i = 0; i < 100; ++i) {
            m_fix->put({m_fix->move("orders", State::closed, State::open)});
            m_fix->clock.advance(20ms);
            m_fix->put({m_fix->move("orders", State::open, State::closed)});
            m_fix->clock.advance(20ms);
        }
        m_fix->clock.advance(10s);
        m_fix->put({});
        const auto bands = m_fix->reader().bands({{begin, base::WallTime::max()}, {}, 1s});
        const auto& spans = bands->at(0).spans;
        QVERIFY2(spans.size() <= 7, std::to_string(spans.size()).c_str());
        QVERIFY(spans.front().state == State::closed && spans.at(1).state == State::open);
        for (std::size_t i = 1; i < spans.size(); ++i) QVERIFY(spans[i].from == spans[i - 1].to);
    }
    void what_lasts_is_not_shown_as_the_short_state_before_it() {
        const base::WallTime begin = m_fix->clock.wallNow();
        m_fix->put({}, {JournalFixture::snapshot("orders")});
        m_fix->clock.advance(10s);
        m_fix->put({m_fix->move("orders", State::closed, State::open)});
        m_fix->clock.advance(5s);
        m_fix->put({m_fix->move("orders", State::open, State::halfOpen)});
        m_fix->clock.advance(20ms);
        m_fix->put({m_fix->move("orders", State::halfOpen, State::closed)});
        m_fix->clock.advance(60s);
        m_fix->put({});
        const auto bands = m_fix->reader().bands({{begin, base::WallTime::max()}, {}, 1s});
        const std::vector<StateSpan> expected{{begin, begin + 10s, State::closed},
                                              {begin + 10s, begin + 15s, State::open},
                                              {begin + 15s, begin + 16s, State::halfOpen},
                                              {begin + 16s, begin + 75s + 20ms, State::closed}};
        QVERIFY(bands->at(0).spans == expected);
    }

private:
    std::unique_ptr<JournalFixture> m_fix;
};

FUSEBOX_TEST(EventSearchTest)
#include "event_search_test.moc"
