// Asking an agent: what is sent, and at which step it goes wrong. Attacks D2, D5, D9, D12.
#include "agent_peer.h"
#include "agent_story.h"

#include <fusebox/sources/agent_about.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <mutex>
#include <thread>

using namespace fusebox;
using namespace std::chrono_literals;
using sources::AgentClient;
using sources::AgentStep;
using story::Asked;
using story::PeerConnection;
using story::ScriptedPeer;

namespace {

std::unique_ptr<AgentClient> clientOf(const std::string& url, AgentClient::Options options = {2s, 3s, 2s}) {
    sources::AgentAddress address;
    address.url = url;
    address.token = "canary-token-4711";
    return AgentClient::create(address, options).value();
}

std::string urlOf(const ScriptedPeer& peer) {
    return "http://127.0.0.1:" + std::to_string(peer.port());
}

ScriptedPeer::Talk always(const std::string& bytes) {
    return story::serving([bytes](const Asked&, PeerConnection& peer) { peer.write(bytes); });
}

void compareStep(const sources::AgentTrouble& trouble, AgentStep step) {
    QVERIFY2(trouble.step == step, trouble.text().c_str());
    QVERIFY(trouble.text().find("canary") == std::string::npos);
}

void introducesWrongly(const ScriptedPeer& peer, AgentStep step) {
    const auto about = sources::introduce(*clientOf(urlOf(peer)));
    QVERIFY(!about);
    compareStep(about.error(), step);
}

}  // namespace

class AgentClientTest : public QObject {
    Q_OBJECT

private slots:
    void an_agent_introduces_itself() {
        std::mutex mutex;
        Asked seen;
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            const std::lock_guard lock(mutex);
            seen = asked;
            to.write(story::answer("200 OK", story::about()));
        }));
        const auto about = sources::introduce(*clientOf(urlOf(peer)));
        QVERIFY2(about.has_value(), about ? "" : about.error().text().c_str());
        QCOMPARE(about->agent, std::string("shop"));
        QCOMPARE(about->role, std::string("operator"));
        const std::lock_guard lock(mutex);
        QVERIFY(seen.is("GET /api/v1/about HTTP/1.1\r\n"));
        QCOMPARE(seen.field("Authorization"), std::string("Bearer canary-token-4711"));
        QCOMPARE(seen.field("Accept-Encoding"), std::string());
        QCOMPARE(seen.field("Cookie"), std::string());
    }

    void each_step_has_its_own_trouble() {
        const auto nobody = sources::introduce(*clientOf("http://127.0.0.1:" + std::to_string(support::freePort())));
        compareStep(nobody.error(), AgentStep::tcp);
        const auto name = sources::introduce(*clientOf("https://no-such-host.invalid"));
        compareStep(name.error(), AgentStep::name);
        introducesWrongly(ScriptedPeer(always(story::answer("401 Unauthorized", "{}"))), AgentStep::token);
        introducesWrongly(ScriptedPeer(always(story::answer("404 Not Found", "nothing", "text/plain"))),
                          AgentStep::http);
        introducesWrongly(ScriptedPeer(always(story::answer("200 OK", story::about(1, "b", 1, "viewer", 7)))),
                          AgentStep::version);
        introducesWrongly(ScriptedPeer(always("SSH-2.0-OpenSSH_9.2\r\n")), AgentStep::http);
        introducesWrongly(ScriptedPeer([](PeerConnection& to) { to.hang(); }), AgentStep::http);
    }

    // Attack D5: an HTML login page with status 200.
    void a_page_is_no_agent() {
        introducesWrongly(ScriptedPeer(always(story::answer("200 OK", "<html>Log in</html>", "text/html"))),
                          AgentStep::http);
        introducesWrongly(ScriptedPeer(always(story::answer("200 OK", "<html>Log in</html>"))), AgentStep::http);
        introducesWrongly(ScriptedPeer(always(story::answer("200 OK", "{\"agent\":5}"))), AgentStep::http);
    }

    // Attack D2.
    void a_redirect_is_shown_and_not_followed() {
        const ScriptedPeer other(always(story::answer("200 OK", story::about())));
        const std::string to = urlOf(other) + "/api/v1/about?key=1";
        const ScriptedPeer peer(always(story::answer("302 Found", "", "text/plain", "Location: " + to + "\r\n")));
        const auto about = sources::introduce(*clientOf(urlOf(peer)));
        QVERIFY(!about);
        QVERIFY(about.error().text().find(urlOf(other)) != std::string::npos);
        QVERIFY(about.error().text().find("key=1") == std::string::npos);
        QCOMPARE(other.connections(), 0);
    }

    // Attack D9: compressed without being asked, cookies, Refresh.
    void compressed_bodies_are_refused_and_cookies_are_not_kept() {
        introducesWrongly(
            ScriptedPeer(always(story::answer("200 OK", "bomb", "application/json", "Content-Encoding: gzip\r\n"))),
            AgentStep::http);
        introducesWrongly(
            ScriptedPeer(always(story::answer("200 OK", "bomb", "application/json", "Content-Encoding: br\r\n"))),
            AgentStep::http);
        std::mutex mutex;
        std::string cookies;
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            const std::lock_guard lock(mutex);
            cookies += asked.field("Cookie");
            to.write(story::answer("200 OK", story::about(), "application/json",
                                   "Set-Cookie: a=b\r\nRefresh: 0; url=/x\r\n"));
        }));
        const auto client = clientOf(urlOf(peer));
        QVERIFY(sources::introduce(*client).has_value());
        QVERIFY(sources::introduce(*client).has_value());
        const std::lock_guard lock(mutex);
        QCOMPARE(cookies, std::string());
    }

    void endless_heads_and_bodies_are_cut() {
        const ScriptedPeer head([](PeerConnection& to) {
            (void)story::ask(to);
            to.write("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 2000; ++i) to.write("X-More: " + std::string(1000, 'h') + "\r\n");
        });
        introducesWrongly(head, AgentStep::http);
        const ScriptedPeer body([](PeerConnection& to) {
            (void)story::ask(to);
            to.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
            const std::string piece(1U << 20U, ' ');
            for (int i = 0; i < 64; ++i) to.write(piece);
        });
        const std::int64_t before = story::residentBytes();
        introducesWrongly(body, AgentStep::http);
        QVERIFY(story::residentBytes() - before < (50 << 20));
    }

    // Attack D12: a server that speaks HTTP/2 alone, and one that offers to change to it.
    void only_http_1_is_spoken() {
        introducesWrongly(
            ScriptedPeer([](PeerConnection& to) {
                (void)story::ask(to);
                to.write(std::string("\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x64\0\4\0\0\xff\xff\0\5\0\0\x40\0", 27));
                to.hang();
            }),
            AgentStep::http);
        std::mutex mutex;
        std::string upgrade;
        const ScriptedPeer peer(story::serving([&](const Asked& asked, PeerConnection& to) {
            const std::lock_guard lock(mutex);
            upgrade += asked.field("Upgrade") + asked.field("HTTP2-Settings");
            to.write(story::answer("200 OK", story::about(), "application/json",
                                   "Upgrade: h2c\r\nAlt-Svc: h3=\":443\"\r\n"));
        }));
        QVERIFY(sources::introduce(*clientOf(urlOf(peer))).has_value());
        const std::lock_guard lock(mutex);
        QCOMPARE(upgrade, std::string());
    }

    void an_objection_is_told_in_the_agents_words() {
        const ScriptedPeer peer(always(story::answer(
            "409 Conflict", R"({"error":{"code":"refused","what":"Look again.","where":"seen_revision"}})")));
        const auto answer = clientOf(urlOf(peer))->request("POST", "/api/v1/commands", "{}");
        QVERIFY(answer.has_value());
        QCOMPARE(answer->status, 409);
        QCOMPARE(answer->objection().trouble.text(), std::string("seen_revision: Look again."));
    }

    void a_stream_is_followed_and_says_why_it_ended() {
        std::mutex mutex;
        std::string lastId;
        const ScriptedPeer peer([&](PeerConnection& to) {
            const Asked asked = story::ask(to);
            {
                const std::lock_guard lock(mutex);
                lastId = asked.field("Last-Event-ID");
            }
            to.write(story::kStreamHead + story::message("event", story::event(8), 8) +
                     story::message("event", story::event(9), 9));
        });
        std::vector<std::string> ids;
        const auto end = clientOf(urlOf(peer))->follow("/api/v1/events", 7, [&](sources::SseEvent&& event) {
            ids.push_back(event.id.value_or(""));
            return true;
        });
        compareStep(end, AgentStep::stream);
        QCOMPARE(ids, (std::vector<std::string>{"8", "9"}));
        const std::lock_guard lock(mutex);
        QCOMPARE(lastId, std::string("7"));
    }

    void a_silent_stream_ends_and_a_stop_ends_it_at_once() {
        const ScriptedPeer peer([](PeerConnection& to) {
            (void)story::ask(to);
            to.write(story::kStreamHead + story::message("beat", story::beat()));
            to.hang();
        });
        const auto client = clientOf(urlOf(peer));
        const auto end = client->follow("/api/v1/events", std::nullopt, [](sources::SseEvent&&) { return true; });
        compareStep(end, AgentStep::stream);
        QCOMPARE(end.trouble.code, base::TroubleCode::timedOut);
        std::stop_source stop;
        const auto stopped = client->follow(
            "/api/v1/events", std::nullopt,
            [&](sources::SseEvent&&) {
                stop.request_stop();
                return true;
            },
            stop.get_token());
        QCOMPARE(stopped.trouble.code, base::TroubleCode::refused);
    }
};

FUSEBOX_TEST(AgentClientTest)

#include "agent_client_test.moc"
