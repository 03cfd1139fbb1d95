// An agent as a source and a target, against one that is played on loopback: its whole life, and hostile ones.
#include "agent_peer.h"
#include "agent_story.h"

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
using story::ScriptedPeer;

namespace {

const base::SteadyClock kClock;

AgentSource::Options quick() {
    AgentSource::Options options;
    options.answer = 1s;
    options.board.staleAfter = 400ms;
    options.link.silence = 2s;
    options.link.connect = 1s;
    options.link.errandPause = 1ms;
    options.link.backoff = {20ms, 200ms, 10s};
    return options;
}

class Watched {
public:
    explicit Watched(std::uint16_t port, AgentSource::Options options = quick()) {
        sources::AgentAddress address;
        address.name = "A";
        address.url = "http://127.0.0.1:" + std::to_string(port);
        address.token = "canary-token-4711";
        source = AgentSource::create(address, kClock, std::make_shared<sources::ConnectBudget>(1000), options).value();
        source->start();
    }
    /// True as soon as it holds for what a frame would show.
    bool waitFor(const std::function<bool(const collector::Gathered&)>& holds) {
        return QTest::qWaitFor(
            [&] {
                last = collector::Gathered();
                source->gather(last);
                events.insert(events.end(), last.events.begin(), last.events.end());
                return holds(last);
            },
            8000);
    }
    bool waitForState(SourceState state) {
        return waitFor([&](const auto& gathered) { return gathered.sources.front().state == state; });
    }
    bool waitForBreaker(State state) {
        return waitFor([&](const auto& gathered) {
            return !gathered.snapshots.empty() && gathered.snapshots.front().state == state;
        });
    }
    std::size_t eventsSaying(const std::string& text) const {
        return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const auto& event) {
            return event.text.find(text) != std::string::npos;
        }));
    }
    domain::CommandReport trip(const std::string& id) {
        domain::Command command;
        command.id = domain::CommandId(id);
        command.breaker = domain::BreakerId("A/orders");
        command.actor = "ann";
        command.reason = "a test of it";
        return source->apply(command);
    }

    std::shared_ptr<AgentSource> source;
    collector::Gathered last;
    std::vector<domain::Event> events;
};

/// Says hello and what it has, then beats.
void streamTo(PeerConnection& peer, const std::string& more = {}, std::uint64_t lastEvent = 100) {
    peer.write(story::kStreamHead + message("hello", story::about(lastEvent)) +
               message("snapshots", story::snapshots({story::breaker("orders")})) + more);
    while (peer.waitWhileConnected(50ms)) peer.write(": beat\n\n" + message("beat", story::beat()));
}

/// A peer whose stream says these bytes after a good beginning.
ScriptedPeer::Talk after(const std::function<void(PeerConnection&)>& talk) {
    return [talk](PeerConnection& peer) {
        (void)story::ask(peer);
        peer.write(story::kStreamHead + message("hello", story::about()) +
                   message("snapshots", story::snapshots({story::breaker("orders")})));
        talk(peer);
    };
}

void turnsBad(ScriptedPeer::Talk talk) {
    const ScriptedPeer peer(std::move(talk));
    const std::int64_t before = story::residentBytes();
    Watched watched(peer.port());
    QVERIFY2(watched.waitForState(SourceState::bad), watched.last.sources.front().why.c_str());
    QVERIFY(!watched.last.sources.front().why.empty());
    QVERIFY(watched.last.sources.front().why.find("canary") == std::string::npos);
    for (const auto& snapshot : watched.last.snapshots) QCOMPARE(snapshot.state, State::stale);
    QVERIFY2(story::residentBytes() - before < (50 << 20), "it took more than 50 MB");
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

    // Rule R22: the agent knows the command by its id, so that the second try has no second effect.
    void an_unknown_command_that_is_sent_again_gets_the_agents_first_answer() {
        std::mutex mutex;
        std::vector<std::string> bodies;
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?")) return streamTo(to);
            if (!asked.is("POST /api/v1/commands ")) return to.write(story::answer("404 Not Found", "{}"));
            std::size_t tries = 0;
            {
                const std::lock_guard lock(mutex);
                bodies.push_back(asked.body);
                tries = bodies.size();
            }
            if (tries == 1) return to.hang();
            to.write(story::answer("200 OK", story::report("c1", "applied")));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QVERIFY(watched.source->knowsIds());
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        QCOMPARE(watched.trip("c1").status, CommandStatus::applied);
        const std::lock_guard lock(mutex);
        QCOMPARE(bodies.size(), std::size_t{2});
        QCOMPARE(bodies[0], bodies[1]);
    }

    // The first try may have been carried out, whatever keeps the second from the agent.
    void a_second_try_that_does_not_get_through_says_nothing_of_the_first() {
        std::atomic<int> tries{0};
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            if (asked.is("GET /api/v1/events?")) return streamTo(to);
            if (!asked.is("POST /api/v1/commands ")) return to.write(story::answer("404 Not Found", "{}"));
            if (++tries == 1) return to.hang();
            if (tries == 2) {
                return to.write(story::answer("429 Too Many Requests", R"({"error":{"code":"x","what":"Too fast."}})"));
            }
            if (tries == 3) return to.write(story::answer("401 Unauthorized", "{}"));
            // The agent's own word on this command ends the doubt, also where it is a refusal.
            to.write(story::answer("409 Conflict", R"({"error":{"code":"refused","what":"bob was first."},"report":)" +
                                                       story::report("c1", "refused") + "}"));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        const auto tooFast = watched.trip("c1");
        QCOMPARE(tooFast.status, CommandStatus::unknown);
        QVERIFY2(tooFast.message.find("Too fast.") != std::string::npos, tooFast.message.c_str());
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        const auto refused = watched.trip("c1");
        QCOMPARE(refused.status, CommandStatus::refused);
        QCOMPARE(refused.message, std::string("done"));
    }

    void a_second_try_while_the_agent_is_away_stays_unknown() {
        std::atomic<bool> isAway{false};
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            if (isAway || !asked.is("GET /api/v1/events?")) return to.hang();
            to.write(story::kStreamHead + message("hello", story::about()) +
                     message("snapshots", story::snapshots({story::breaker("orders")})));
            while (!isAway && to.waitWhileConnected(50ms)) to.write(message("beat", story::beat()));
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        isAway = true;
        QVERIFY(watched.waitForBreaker(State::stale));
        const auto again = watched.trip("c1");
        QCOMPARE(again.status, CommandStatus::unknown);
        QVERIFY2(again.message.find("still not known") != std::string::npos, again.message.c_str());
        QCOMPARE(watched.trip("c2").status, CommandStatus::refused);  // this one was never sent
    }

    // The answer was lost with the connection; what happened meanwhile is told after it is there again.
    void an_unknown_command_is_resolved_by_the_events_that_are_told_after_a_break() {
        std::atomic<int> streams{0};
        std::atomic<bool> isSent{false};
        std::atomic<int> posts{0};
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            if (asked.is("POST /api/v1/commands ")) {
                ++posts;
                isSent = true;
                return to.hang();
            }
            if (!asked.is("GET /api/v1/events?")) return to.hang();  // a question is not answered either
            if (++streams > 1) return streamTo(to, message("event", story::commandEvent(101, "c1", "applied"), 101));
            to.write(story::kStreamHead + message("hello", story::about(100)) +
                     message("snapshots", story::snapshots({story::breaker("orders")})));
            while (!isSent && to.waitWhileConnected(50ms)) to.write(message("beat", story::beat()));
            QTest::qWait(1200);  // until nobody waits for the answer any more
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        const auto isResolved = [](const domain::Event& event) {
            const auto* report = std::get_if<domain::CommandReport>(&event.body);
            return report != nullptr && report->command.id.value == "c1" && report->status == CommandStatus::applied;
        };
        QVERIFY(watched.waitFor(
            [&](const auto&) { return std::any_of(watched.events.begin(), watched.events.end(), isResolved); }));
        // It is known now: nothing is sent again.
        QCOMPARE(watched.trip("c1").status, CommandStatus::applied);
        QCOMPARE(posts.load(), 1);
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
        const base::Time began = kClock.now();
        watched.source->stop();
        QVERIFY(kClock.now() - began < 1s);
    }
};

FUSEBOX_TEST(AgentSourceTest)

#include "agent_source_test.moc"
