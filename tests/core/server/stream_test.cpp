#include "no_history.h"
#include "server_bench.h"

#include <fusebox/server/history.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <atomic>

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

std::string lastEventId(std::uint64_t id) {
    return "Last-Event-ID: " + std::to_string(id) + "\r\n";
}

/// A journal that has the events with these numbers.
class PlainHistory final : public NoHistory {
public:
    PlainHistory(std::uint64_t first, std::uint64_t last) : m_first(first), m_last(last) {}

    base::Result<std::vector<server::PastEvent>> eventsAfter(domain::EventId after, std::size_t most) override {
        std::vector<server::PastEvent> events;
        for (std::uint64_t id = std::max(m_first, after.value + 1); id <= m_last && events.size() < most; ++id) {
            events.push_back({id, R"({"id":)" + std::to_string(id) + "}"});
        }
        return events;
    }

private:
    const std::uint64_t m_first;
    const std::uint64_t m_last;
};

/// A journal that cannot be read the first times.
class FrailHistory final : public NoHistory {
public:
    FrailHistory(int failures, base::TroubleCode code) : m_failures(failures), m_code(code) {}

    base::Result<std::vector<server::PastEvent>> eventsAfter(domain::EventId after, std::size_t most) override {
        if (++m_asked <= m_failures) return base::trouble(m_code, "The journal cannot be read.");
        return m_plain.eventsAfter(after, most);
    }
    int asked() const { return m_asked; }

private:
    PlainHistory m_plain{100, 1000};
    const int m_failures;
    const base::TroubleCode m_code;
    std::atomic<int> m_asked{0};
};

/// A second that ends with a frame.
void passSecond(ServerBench& bench) {
    bench.clock().advance(1s);
    bench.tell();
}

std::uint64_t textId(const peers::Message& message) {
    return json::parse(message.data).at("id").get<std::uint64_t>();
}

}  // namespace

class StreamTest : public QObject {
    Q_OBJECT
private slots:
    void it_begins_with_an_introduction_and_the_last_event() {
        ServerBench bench;
        Follower follower(bench);
        const json hello = json::parse(follower.next({"hello"}).data);
        QCOMPARE(hello.at("agent").get<std::string>(), std::string("berlin"));
        QCOMPARE(hello.at("role").get<std::string>(), std::string("viewer"));
        QCOMPARE(hello.at("last_event").get<int>(), 1000);
    }

    void events_come_in_order_with_ascending_ids() {
        ServerBench bench;
        Follower follower(bench);
        bench.tell({ServerBench::event("one"), ServerBench::event("two")});
        bench.tell({ServerBench::event("three")});
        for (std::uint64_t id = 1001; id <= 1003; ++id) {
            const peers::Message message = follower.next({"event", "gap"});
            QCOMPARE(message.event, std::string("event"));
            QVERIFY(message.id == id);
            QCOMPARE(textId(message), id);
        }
    }

    void a_stream_goes_on_exactly_after_the_last_event_that_was_seen() {
        ServerBench bench;
        for (int i = 0; i < 5; ++i) bench.tell({ServerBench::event("a"), ServerBench::event("b")});
        Follower ready(bench, "", lastEventId(1000));
        for (int i = 0; i < 10; ++i) (void)ready.next({"event"});
        for (std::uint64_t seen = 1000; seen <= 1010; ++seen) {
            Follower follower(bench, "", lastEventId(seen));
            for (std::uint64_t id = seen + 1; id <= 1010; ++id) {
                const peers::Message message = follower.next({"event", "gap"});
                QCOMPARE(message.event, std::string("event"));
                QVERIFY(message.id == id);
            }
        }
    }

    void events_that_vanished_before_the_stream_leave_a_gap_record() {
        ServerBench bench;
        Follower follower(bench);
        bench.skipEventsTo(1010);
        bench.tell({ServerBench::event("after")});
        const json gap = json::parse(follower.next({"event", "gap"}).data);
        QCOMPARE(gap.at("from").get<int>(), 1001);
        QCOMPARE(gap.at("to").get<int>(), 1010);
        QVERIFY(!gap.at("why").get<std::string>().empty());
        QVERIFY(follower.next({"event", "gap"}).id == 1011U);
    }

    void events_that_were_lost_without_a_number_are_counted() {
        ServerBench bench;
        Follower follower(bench);
        bench.tell({}, 17);
        QCOMPARE(json::parse(follower.next({"event", "gap"}).data).at("lost").get<int>(), 17);
        bench.tell({ServerBench::event("after")});
        QVERIFY(follower.next({"event", "gap"}).id == 1001U);
    }

    void what_is_older_than_the_memory_comes_from_the_journal() {
        ServerBench bench([](auto& options) { options.history = std::make_shared<PlainHistory>(100, 1000); });
        bench.tell({ServerBench::event("new")});
        Follower follower(bench, "", lastEventId(500));
        for (std::uint64_t id = 501; id <= 1001; ++id) {
            const peers::Message message = follower.next({"event", "gap"});
            QCOMPARE(message.event, std::string("event"));
            QVERIFY(message.id == id);
        }
    }

    void what_the_journal_no_longer_has_leaves_a_gap_record() {
        ServerBench bench([](auto& options) { options.history = std::make_shared<PlainHistory>(990, 995); });
        bench.tell({ServerBench::event("new")});
        Follower follower(bench, "", lastEventId(500));
        json gap = json::parse(follower.next({"event", "gap"}).data);
        QVERIFY(gap.at("from") == 501 && gap.at("to") == 989);
        for (std::uint64_t id = 990; id <= 995; ++id) QVERIFY(follower.next({"event", "gap"}).id == id);
        gap = json::parse(follower.next({"event", "gap"}).data);
        QVERIFY(gap.at("from") == 996 && gap.at("to") == 1000);
        QVERIFY(follower.next({"event", "gap"}).id == 1001U);
    }

    void a_journal_that_cannot_be_read_for_a_while_makes_no_gap() {
        const auto history = std::make_shared<FrailHistory>(2, base::TroubleCode::unavailable);
        ServerBench bench([&](auto& options) { options.history = history; });
        bench.tell({ServerBench::event("new")});
        Follower follower(bench, "", lastEventId(500));
        (void)follower.next({"hello"});
        QTRY_VERIFY((passSecond(bench), history->asked() > 2));
        for (std::uint64_t id = 501; id <= 1001; ++id) {
            const peers::Message message = follower.next({"event", "gap"});
            QCOMPARE(message.event, std::string("event"));
            QVERIFY(message.id == id);
        }
    }

    void a_journal_that_stays_unreadable_ends_the_stream_without_a_gap() {
        const auto history = std::make_shared<FrailHistory>(1'000'000, base::TroubleCode::unavailable);
        ServerBench bench([&](auto& options) { options.history = history; });
        bench.tell({ServerBench::event("new")});
        Follower follower(bench, "", lastEventId(500));
        (void)follower.next({"hello"});
        // It is asked with a pause in between, not with each frame.
        QTRY_COMPARE(history->asked(), 1);
        for (int i = 0; i < 20; ++i) bench.tell();
        QVERIFY(!follower.peer().isClosed(200ms));
        QCOMPARE(history->asked(), 1);
        QTRY_VERIFY((passSecond(bench), follower.peer().isClosed(5ms)));
        QVERIFY(follower.next({"event", "gap"}).event.empty());
        QVERIFY(history->asked() <= 20);
    }

    void a_journal_that_is_no_longer_kept_leaves_a_gap_record() {
        const auto history = std::make_shared<FrailHistory>(1'000'000, base::TroubleCode::notFound);
        ServerBench bench([&](auto& options) { options.history = history; });
        bench.tell({ServerBench::event("new")});
        Follower follower(bench, "", lastEventId(500));
        const json gap = json::parse(follower.next({"event", "gap"}).data);
        QVERIFY(gap.at("from") == 501 && gap.at("to") == 1000);
        QVERIFY(follower.next({"event", "gap"}).id == 1001U);
    }

    void without_a_journal_a_restart_leaves_a_gap_record() {
        ServerBench bench;
        bench.tell({ServerBench::event("new")});
        Follower follower(bench, "", lastEventId(500));
        const json gap = json::parse(follower.next({"event", "gap"}).data);
        QVERIFY(gap.at("from") == 501 && gap.at("to") == 1000);
        QVERIFY(follower.next({"event", "gap"}).id == 1001U);
    }

    void an_id_of_the_future_leaves_a_gap_record_and_begins_with_what_comes() {
        ServerBench bench;
        Follower follower(bench, "", lastEventId(5000));
        const json gap = json::parse(follower.next({"event", "gap"}).data);
        QVERIFY(gap.at("from") == 1001 && gap.at("to") == 5000);
        bench.tell({ServerBench::event("new")});
        QVERIFY(follower.next({"event", "gap"}).id == 1001U);
    }

    void a_beat_comes_with_the_frames_once_a_second() {
        ServerBench bench;
        Follower follower(bench);
        (void)follower.next({"hello"});
        const auto expectBeat = [&follower](std::int64_t time) {
            const peers::Message beat = follower.next({"beat", "event"});
            QCOMPARE(beat.event, std::string("beat"));
            QCOMPARE(json::parse(beat.data).at("time_unix_ms").get<std::int64_t>(), time);
            QVERIFY(!beat.id);
        };
        bench.tell();
        expectBeat(1'700'000'000'000);
        bench.clock().advance(900ms);
        bench.tell();
        bench.clock().advance(100ms);
        bench.tell({ServerBench::event("mark")});
        expectBeat(1'700'000'001'000);
        QCOMPARE(follower.next({"beat", "event"}).event, std::string("event"));
    }

    void snapshots_come_whole_first_and_then_as_what_changed() {
        ServerBench bench;
        bench.tell();
        Follower follower(bench, "?with=snapshots&interval_ms=500");
        const json first = json::parse(follower.next({"snapshots"}).data);
        QVERIFY(first.at("full").get<bool>());
        QCOMPARE(first.at("breakers").at(0).at("snapshot").at("id").get<std::string>(), std::string("orders"));
        QVERIFY(first.at("breakers").at(0).contains("detail"));
        bench.clock().advance(500ms);
        bench.tell();
        const json second = json::parse(follower.next({"snapshots"}).data);
        QVERIFY(!second.at("full").get<bool>());
        QCOMPARE(second.at("breakers").size(), 1U);
        QVERIFY(!second.at("breakers").at(0).contains("detail"));
        QCOMPARE(second.at("removed").size(), 0U);
    }

    void within_the_interval_no_snapshots_come() {
        ServerBench bench;
        bench.tell();
        Follower follower(bench, "?with=snapshots&interval_ms=1000");
        (void)follower.next({"snapshots"});
        bench.clock().advance(500ms);
        bench.tell({ServerBench::event("mark")});
        QCOMPARE(follower.next({"snapshots", "event"}).event, std::string("event"));
        bench.clock().advance(500ms);
        bench.tell();
        QCOMPARE(follower.next({"snapshots", "event"}).event, std::string("snapshots"));
    }

    void two_that_follow_the_same_get_the_same() {
        ServerBench bench;
        Follower one(bench);
        Follower two(bench);
        for (int i = 0; i < 20; ++i) bench.tell({ServerBench::event("text " + std::to_string(i))});
        for (int i = 0; i < 20; ++i) QCOMPARE(one.next({"event"}).data, two.next({"event"}).data);
    }

    void a_slow_reader_is_told_what_it_missed_and_holds_up_nobody() {
        ServerBench bench([](auto& options) { options.limits.streamMemory = 256 * 1024; });
        Follower slow(bench, "", "", 16 * 1024);
        (void)slow.next({"hello"});
        Follower quick(bench);
        const std::string text(1000, 'x');
        std::uint64_t next = 1001;
        for (int frame = 0; frame < 40; ++frame) {
            bench.tell(std::vector<domain::Event>(100, ServerBench::event(text)));
            for (int i = 0; i < 100; ++i) QVERIFY(quick.next({"event", "gap"}).id == next++);
        }
        // What fits into the sockets still comes, in order; then the gap, and the end.
        std::uint64_t last = 1000;
        peers::Message message;
        while ((message = slow.next({"event", "gap"})).event == "event") {
            QVERIFY(message.id == last + 1);
            last = *message.id;
        }
        QCOMPARE(message.event, std::string("gap"));
        QVERIFY(json::parse(message.data).at("from") == last + 1);
        QVERIFY(slow.peer().isClosed());
    }

    // C1, C2: no text can end a line of the stream.
    void texts_that_look_like_messages_stay_texts() {
        ServerBench bench;
        Follower follower(bench);
        const std::string evil =
            "x\n\nevent: transition\ndata: {}\r\rid: 5\0\n\xe2\x80\xa8 \xe2\x80\xa9" + std::string("\0", 1);
        bench.tell({ServerBench::event(evil), ServerBench::event("next")});
        const peers::Message message = follower.next({"event", "transition"});
        QVERIFY(message.id == 1001U);
        QCOMPARE(json::parse(message.data).at("text").get<std::string>(), evil);
        QVERIFY(follower.next({"event", "transition"}).id == 1002U);
    }

    // C3
    void a_last_event_id_that_is_none_is_refused() {
        const ServerBench bench;
        for (const char* id : {"-1", "18446744073709551616", "9007199254740992", "abc", "", "1 2", "0x10"}) {
            const std::string field = "Last-Event-ID: " + std::string(id) + "\r\n";
            QCOMPARE(bench.get("/api/v1/events", kVic, field).status, 400);
        }
    }

    void what_is_asked_for_must_be_known() {
        const ServerBench bench;
        for (const char* query : {"?with=everything", "?with=snapshots,,", "?interval_ms=50", "?interval_ms=60001",
                                  "?interval_ms=-1", "?a=b", "?with=snapshots&with=patterns", "?with=%zz"}) {
            QCOMPARE(bench.get("/api/v1/events" + std::string(query), kVic).status, 400);
        }
    }

    void there_are_at_most_so_many_streams() {
        ServerBench bench([](auto& options) { options.limits.streams = 2; });
        Follower one(bench);
        Follower two(bench);
        (void)one.next({"hello"});
        (void)two.next({"hello"});
        QCOMPARE(bench.get("/api/v1/events", kVic).status, 503);
        QCOMPARE(bench.get("/api/v1/about").status, 200);
    }
};

FUSEBOX_TEST(StreamTest)
#include "stream_test.moc"
