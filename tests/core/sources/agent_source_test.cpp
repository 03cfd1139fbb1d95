// An agent as a source and a target, against one that is played on loopback: its whole life, and hostile ones.
#include "agent_peer.h"
#include "agent_story.h"
#include "watched_agent.h"

#include <fusebox/sources/agent_source.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <atomic>
#include <mutex>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandStatus;
using domain::SourceState;
using domain::State;
using sources::AgentSource;
using story::Asked;
using story::message;
using story::PeerConnection;
using story::quick;
using story::ScriptedPeer;
using story::streamTo;
using story::Watched;

namespace {

/// A peer whose stream says these bytes after a good beginning.
ScriptedPeer::Talk after(const std::function<void(PeerConnection&)>& talk) {
    return [talk](PeerConnection& peer) {
        (void)story::ask(peer);
        peer.write(story::kStreamHead + message("hello", story::about()) +
                   message("snapshots", story::snapshots({story::breaker("orders")})));
        talk(peer);
    };
}

// ThreadSanitizer keeps four words beside each word that the program touches.
#if defined(__SANITIZE_THREAD__)
constexpr std::int64_t kMost = 5 * (50LL << 20);
#else
constexpr std::int64_t kMost = 50LL << 20;
#endif

void turnsBad(ScriptedPeer::Talk talk) {
    const ScriptedPeer peer(std::move(talk));
    const std::int64_t before = story::residentBytes();
    Watched watched(peer.port());
    QVERIFY2(watched.waitForState(SourceState::bad), watched.last.sources.front().why.c_str());
    QVERIFY(!watched.last.sources.front().why.empty());
    QVERIFY(watched.last.sources.front().why.find("canary") == std::string::npos);
    for (const auto& snapshot : watched.last.snapshots) QCOMPARE(snapshot.state, State::stale);
    QVERIFY2(story::residentBytes() - before < kMost, "it took more than 50 MB");
}

}  // namespace

class AgentSourceTest : public QObject {
    Q_OBJECT

private slots:
    void breakers_of_an_agent_are_shown_and_its_events_told() {
        const ScriptedPeer peer(story::serving([](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?"))
                streamTo(to, message("event", story::event(101, "orders tripped"), 101));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.last.snapshots.front().identity->id.value, std::string("A/orders"));
        QVERIFY(watched.waitFor([&](const auto&) { return watched.eventsSaying("orders tripped") == 1; }));
        QVERIFY(watched.source->owns(domain::BreakerId("A/orders")));
        QVERIFY(!watched.source->owns(domain::BreakerId("orders")));
    }

    // Requirement T12: resumed exactly, with a gap told where there is one.
    void a_broken_connection_goes_on_after_the_last_event() {
        std::mutex mutex;
        std::vector<std::string> resumed;
        const ScriptedPeer peer([&](PeerConnection& to) {
            const Asked asked = story::ask(to);
            std::size_t turn = 0;
            {
                const std::lock_guard lock(mutex);
                resumed.push_back(asked.field("Last-Event-ID"));
                turn = resumed.size();
            }
            if (turn == 1) {
                to.write(story::kStreamHead + message("hello", story::about(100)) +
                         message("event", story::event(101, "first"), 101) +
                         "id: 102\nevent: event\ndata: {\"id\":102,\"ki");
                return;
            }
            streamTo(to, message("event", story::event(102, "second"), 102) +
                             message("gap", R"({"from":103,"to":104,"why":"too slow"})") +
                             message("event", story::event(105, "third"), 105));
        });
        Watched watched(peer.port());
        QVERIFY(watched.waitFor([&](const auto&) { return watched.eventsSaying("third") == 1; }));
        QCOMPARE(watched.eventsSaying("first"), std::size_t{1});
        QCOMPARE(watched.eventsSaying("second"), std::size_t{1});
        QCOMPARE(watched.eventsSaying("103 to 104 are missing"), std::size_t{1});
        QCOMPARE(watched.last.sources.front().gaps, std::uint64_t{1});
        const std::lock_guard lock(mutex);
        QCOMPARE(resumed, (std::vector<std::string>{"", "101"}));
    }

    // Rule R21: and a command to it is refused at once instead of hanging.
    void a_silent_agent_is_stale_and_takes_no_commands() {
        const ScriptedPeer peer(after([](PeerConnection& to) { to.hang(); }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QVERIFY(watched.waitForBreaker(State::stale));
        QCOMPARE(watched.last.sources.front().state, SourceState::stale);
        const auto report = watched.trip("c1");
        QCOMPARE(report.status, CommandStatus::refused);
        QVERIFY(report.message.find("said nothing") != std::string::npos);
        QVERIFY(watched.waitForState(SourceState::reconnecting));
    }

    void a_command_is_carried_to_the_agent_and_its_answer_back() {
        std::mutex mutex;
        std::string body;
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?")) return streamTo(to);
            const std::lock_guard lock(mutex);
            body = asked.body;
            to.write(story::answer("200 OK", story::report("c1", "applied")));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        const auto report = watched.trip("c1");
        QCOMPARE(report.status, CommandStatus::applied);
        QCOMPARE(report.command.breaker.value, std::string("A/orders"));
        const std::lock_guard lock(mutex);
        QVERIFY(body.find("\"breaker\":\"orders\"") != std::string::npos);
        QVERIFY(body.find("\"id\":\"c1\"") != std::string::npos);
    }

    void a_refusal_is_told_in_the_agents_words() {
        const ScriptedPeer peer(story::serving([](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?")) return streamTo(to);
            to.write(
                story::answer("403 Forbidden", R"({"error":{"code":"refused","what":"A viewer may not do this."}})"));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        const auto report = watched.trip("c1");
        QCOMPARE(report.status, CommandStatus::refused);
        QCOMPARE(report.message, std::string("A viewer may not do this."));
    }

    // Rule R22.
    void a_command_without_an_answer_is_unknown_until_the_agent_is_asked() {
        std::atomic<int> questions{0};
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?")) return streamTo(to);
            if (asked.is("POST /api/v1/commands ")) return to.hang();
            if (!asked.is("GET /api/v1/commands/c1 ")) return;
            const bool isDone = ++questions > 1;
            to.write(story::answer("200 OK", story::report("c1", isDone ? "applied" : "pending")));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        QVERIFY(watched.waitFor([&](const auto&) { return watched.eventsSaying("trip of A/orders applied") == 1; }));
        QVERIFY(questions.load() >= 2);
    }

    void an_own_command_is_not_told_twice_and_those_of_others_are() {
        const ScriptedPeer peer(story::serving([](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?")) return streamTo(to);
            to.write(story::answer("200 OK", story::report("c1", "applied")));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.trip("c1").status, CommandStatus::applied);
        QCOMPARE(watched.eventsSaying("trip"), std::size_t{0});
    }

    void an_agent_that_is_not_there_is_said_to_be_so_and_the_program_goes_on() {
        Watched watched(support::freePort());
        QVERIFY(watched.waitFor([](const auto& gathered) { return !gathered.sources.front().why.empty(); }));
        QCOMPARE(watched.last.sources.front().state, SourceState::connecting);
        QVERIFY(watched.last.sources.front().why.find("TCP") == 0);
    }

    void a_wrong_token_is_bad_and_says_so() {
        turnsBad(story::serving(
            [](const Asked&, PeerConnection& to) { to.write(story::answer("401 Unauthorized", "{}")); }));
    }

    // Attack D5 and requirement T20: half a JSON, a page with status 200, a line of 1 GB, a body without end.
    void half_a_json_is_bad() {
        turnsBad(after([](PeerConnection& to) { to.write(message("snapshots", "{\"breakers\":[{\"snap")); }));
    }

    void a_page_with_status_200_is_bad() {
        turnsBad(story::serving([](const Asked&, PeerConnection& to) {
            to.write(story::answer("200 OK", "<html>Log in</html>", "text/html"));
        }));
    }

    void a_line_of_a_gigabyte_is_bad() {
        turnsBad(after([](PeerConnection& to) {
            const std::string piece(1U << 20U, 'x');
            for (int i = 0; i < 1024 && to.waitWhileConnected(0ms); ++i) to.write(piece);
        }));
    }

    void an_event_without_end_is_bad() {
        turnsBad(after([](PeerConnection& to) {
            const std::string piece = "data: " + std::string(100'000, 'y') + "\n";
            for (int i = 0; i < 10'000 && to.waitWhileConnected(0ms); ++i) to.write(piece);
        }));
    }

    void a_page_without_end_is_bad() {
        turnsBad([](PeerConnection& to) {
            (void)story::ask(to);
            to.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            const std::string piece(1U << 20U, '<');
            for (int i = 0; i < 1024 && to.waitWhileConnected(0ms); ++i) to.write(piece);
        });
    }

    void json_of_100_000_levels_is_bad() {
        turnsBad(after([](PeerConnection& to) { to.write(message("snapshots", std::string(100'000, '['))); }));
    }

    void millions_of_tiny_values_are_bad() {
        turnsBad(after([](PeerConnection& to) {
            std::string many = "{\"breakers\":[";
            while (many.size() < (4U << 20U) - 100) many += "{},";
            to.write(message("snapshots", many + "{}]}"));
        }));
    }

    void wrong_types_are_bad() {
        turnsBad(after([](PeerConnection& to) {
            to.write(message("event", R"({"id":"x","kind":[],"level":{},"at_unix_ms":-1})"));
        }));
    }

    void another_version_is_bad() {
        turnsBad([](PeerConnection& to) {
            (void)story::ask(to);
            to.write(story::kStreamHead + message("hello", story::about(1, "b", 1, "viewer", 9)));
            to.hang();
        });
    }

    // Attack D9: 10 KB that become 10 GB.
    void a_compressed_stream_is_bad() {
        turnsBad([](PeerConnection& to) {
            (void)story::ask(to);
            to.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b");
            to.hang();
        });
    }

    void a_redirect_is_bad() {
        turnsBad(story::serving([](const Asked&, PeerConnection& to) {
            to.write(story::answer("302 Found", "", "text/plain", "Location: http://127.0.0.1:1/\r\n"));
        }));
    }

    // Requirement T20: a slow drip. It looks alive to TCP, but nothing whole comes.
    void a_slow_drip_grows_stale_and_is_left() {
        std::atomic<int> connections{0};
        const ScriptedPeer peer(after([&](PeerConnection& to) {
            ++connections;
            to.drip("data: this never ends ");
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QVERIFY(watched.waitForBreaker(State::stale));
        QVERIFY(watched.waitFor([&](const auto&) { return connections > 1; }));
    }

    void stopping_takes_a_moment_whatever_the_agent_does() {
        const ScriptedPeer peer([](PeerConnection& to) { to.hang(); });
        Watched watched(peer.port());
        QVERIFY(QTest::qWaitFor([&] { return peer.connections() > 0; }, 5000));
        const base::Time began = story::kClock.now();
        watched.source->stop();
        QVERIFY(story::kClock.now() - began < 1s);
    }
};

FUSEBOX_TEST(AgentSourceTest)

#include "agent_source_test.moc"
