// A command to an agent whose outcome nobody knows, sent again. Rule R22.
#include "agent_peer.h"
#include "agent_story.h"
#include "watched_agent.h"

#include <fusebox/support/test_case.h>

#include <atomic>
#include <mutex>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandStatus;
using domain::State;
using story::Asked;
using story::message;
using story::PeerConnection;
using story::ScriptedPeer;
using story::streamTo;
using story::Watched;

class AgentRetryTest : public QObject {
    Q_OBJECT
private slots:
    // The agent knows the command by its id, so that the second try has no second effect.
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
        std::atomic<bool> isUnknown{false};
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
            while (!isUnknown && to.waitWhileConnected(50ms)) {
                // Nothing is told until nobody waits for the answer any more.
            }
        }));
        Watched watched(peer.port());
        QVERIFY(watched.waitForBreaker(State::closed));
        QCOMPARE(watched.trip("c1").status, CommandStatus::unknown);
        isUnknown = true;
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
};

FUSEBOX_TEST(AgentRetryTest)

#include "agent_retry_test.moc"
