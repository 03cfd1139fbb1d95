#include "server_bench.h"

#include <fusebox/server/command_desk.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <QElapsedTimer>

#include <algorithm>
#include <memory>

using namespace std::chrono_literals;
using domain::Role;
using nlohmann::json;
using server::TokenBook;
using server::TokenEntry;

// Tokens, by the rows of section B of the list of attacks.

namespace {

const base::WallTime kNow(1'700'000'000s);

std::string commandText(const std::string& id, const std::string& more = {}) {
    return R"({"id":")" + id + R"(","kind":"trip","breaker":"orders","reason":"deploying the fix")" + more + "}";
}

/// The answer to a command, while frames go on.
peers::Answer order(ServerBench& bench, const std::string& token, const std::string& body) {
    peers::HttpPeer peer(bench.port());
    peer.send(peers::post(bench.port(), "/api/v1/commands", token, body));
    while (!peer.isClosed(5ms)) bench.tell();
    return peer.answer();
}

/// A stream that has begun.
std::unique_ptr<peers::HttpPeer> streamOf(const ServerBench& bench, std::string_view path, const std::string& token) {
    auto peer = std::make_unique<peers::HttpPeer>(bench.port());
    peer->send(peers::get(bench.port(), path, token));
    peer->waitFor("\r\n\r\n");
    return peer;
}

}  // namespace

class AttacksTokenTest : public QObject {
    Q_OBJECT
private slots:
    void b1_nothing_but_the_whole_token_opens() {
        const ServerBench bench;
        const auto with = [&](const std::string& value) {
            return bench.get("/api/v1/about", "", "Authorization: " + value + "\r\n").status;
        };
        QCOMPARE(bench.get("/api/v1/about", "").status, 401);
        std::string upper = kAnn;
        std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return c == 'a' ? 'A' : c; });
        for (const std::string& value :
             {std::string(), std::string("Bearer"), std::string("Bearer "), "Bearer " + kAnn + "x", "Bearer x" + kAnn,
              "Bearer " + kAnn.substr(1), "Bearer " + upper, kAnn, "Basic " + kAnn, "bearer" + kAnn,
              "Bearer " + kAnn + " x", "Bearer " + std::string(2000, 'x'), "Bearer " + TokenBook::hashOf(kAnn)}) {
            const int status = with(value);
            QVERIFY2(status == 401 || status == 429, value.c_str());
        }
        QCOMPARE(with("Bearer " + std::string(1'000'000, 'x')), 431);
        QCOMPARE(with("Bearer " + kAnn), 200);
        QCOMPARE(bench.get("/api/v1/about", "").header("WWW-Authenticate"), std::string("Bearer"));
    }

    void b1_how_long_a_look_takes_does_not_tell_how_much_was_right() {
        const std::string right(43, 'k');
        std::vector<TokenEntry> entries{{"ann", Role::admin, TokenBook::hashOf(right), {}, {}}};
        const TokenBook book = TokenBook::make(entries).value();
        std::string nearly = right;
        nearly.back() = 'x';
        const std::string wrong(43, 'x');
        const auto median = [&](const std::string& token) {
            std::vector<qint64> times;
            for (int i = 0; i < 20'000; ++i) {
                QElapsedTimer timer;
                timer.start();
                const bool isKnown = book.match(token, kNow).has_value();
                times.push_back(timer.nsecsElapsed() + (isKnown ? 1'000'000 : 0));
            }
            std::nth_element(times.begin(), times.begin() + 10'000, times.end());
            return times[10'000];
        };
        QVERIFY(std::abs(median(nearly) - median(wrong)) < 1'000);
    }

    void b2_guessing_is_slowed_down_and_hurts_nobody_else() {
        ServerBench bench;
        const auto guess = [&](int i) { return bench.get("/api/v1/about", "wrong-token-" + std::to_string(i)).status; };
        for (int i = 0; i < 20; ++i) QCOMPARE(guess(i), 401);
        for (int i = 20; i < 40; ++i) QCOMPARE(guess(i), 429);
        QCOMPARE(bench.get("/api/v1/about").status, 200);
        peers::HttpPeer other(bench.port(), "127.0.0.9");
        other.send(peers::get(bench.port(), "/api/v1/about", "wrong-token"));
        QCOMPARE(other.answer().status, 401);
        bench.clock().advance(2s);
        QCOMPARE(guess(40), 401);
    }

    void b3_a_viewer_commands_nothing() {
        ServerBench bench;
        const peers::Answer answer = order(bench, kVic, commandText("c1"));
        QCOMPARE(answer.status, 403);
        QCOMPARE(json::parse(answer.body).at("error").at("code").get<std::string>(), std::string("forbidden"));
        QCOMPARE(bench.target().applied().size(), 0U);
    }

    void b4_a_token_counts_in_its_time_only() {
        const std::string hash = TokenBook::hashOf("t");
        const TokenBook book = TokenBook::make({{"ann", Role::viewer, hash, kNow, kNow + 10s}}).value();
        QVERIFY(!book.match("t", kNow - 1ms));
        QVERIFY(book.match("t", kNow).has_value());
        QVERIFY(book.match("t", kNow + 9999ms).has_value());
        QVERIFY(!book.match("t", kNow + 10s));
    }

    void b4_new_tokens_count_at_once_and_old_ones_no_more() {
        ServerBench bench;
        QVERIFY(bench.server()
                    .setTokens({{"joe", Role::viewer, TokenBook::hashOf("joe-token-01234567"), {}, {}}})
                    .has_value());
        QCOMPARE(bench.get("/api/v1/about", kAnn).status, 401);
        const peers::Answer answer = bench.get("/api/v1/about", "joe-token-01234567");
        QCOMPARE(json::parse(answer.body).at("actor").get<std::string>(), std::string("joe"));
        QVERIFY(!bench.server().setTokens({{"joe", Role::viewer, "no hash", {}, {}}}).has_value());
        QCOMPARE(bench.get("/api/v1/about", "joe-token-01234567").status, 200);
    }

    void b4_streams_end_with_their_token_and_others_go_on() {
        ServerBench bench;
        const auto ann = streamOf(bench, "/api/v1/events", kAnn);
        const auto dashboard = streamOf(bench, "/hystrix.stream", kAnn);
        const auto eve = streamOf(bench, "/api/v1/events", kEve);
        Follower vic(bench);
        (void)vic.next({"hello"});
        QVERIFY(bench.server()
                    .setTokens({{"vic", Role::viewer, TokenBook::hashOf(kVic), {}, {}},
                                {"eve", Role::viewer, TokenBook::hashOf(kEve), {}, {}}})
                    .has_value());
        bench.tell({ServerBench::event("secret")});
        QVERIFY(ann->isClosed());
        QVERIFY(ann->take().find("secret") == std::string::npos);
        QVERIFY(dashboard->isClosed());
        QVERIFY(eve->isClosed());  // her role is another one now
        QVERIFY(vic.next({"event"}).data.find("secret") != std::string::npos);
    }

    void b4_streams_end_when_the_time_of_their_token_is_over() {
        ServerBench bench([](auto& options) { options.tokens[0].expires = kNow + 10s; });
        const auto ann = streamOf(bench, "/api/v1/events", kAnn);
        Follower vic(bench);
        (void)vic.next({"hello"});
        bench.clock().advance(9s);
        QVERIFY(!ann->isClosed(200ms));
        bench.clock().advance(1s);
        QVERIFY(ann->isClosed());
        bench.tell({ServerBench::event("later")});
        QVERIFY(vic.next({"event"}).id.has_value());
    }

    void a_malformed_list_of_tokens_is_refused_with_its_owner() {
        const std::string hash = TokenBook::hashOf("t");
        for (const TokenEntry& entry : {TokenEntry{"ann", Role::admin, hash.substr(1), {}, {}},
                                        TokenEntry{"ann", Role::admin, hash.substr(1) + "g", {}, {}},
                                        TokenEntry{"ann", Role::admin, "+" + hash.substr(1), {}, {}},
                                        TokenEntry{"", Role::admin, hash, {}, {}}}) {
            QVERIFY(!TokenBook::make({entry}).has_value());
        }
        const auto twice = TokenBook::make({{"ann", Role::admin, hash, {}, {}}, {"bob", Role::admin, hash, {}, {}}});
        QVERIFY(!twice.has_value());
        QCOMPARE(twice.error().where, std::string("token \"bob\""));
    }

    void the_hash_is_the_one_of_the_standard() {
        QCOMPARE(TokenBook::hashOf("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void b6_a_command_that_is_sent_again_has_no_second_effect() {
        ServerBench bench;
        const peers::Answer first = order(bench, kAnn, commandText("c1"));
        QCOMPARE(first.status, 200);
        const peers::Answer again = order(bench, kAnn, commandText("c1"));
        QCOMPARE(again.status, 200);
        QVERIFY(json::parse(again.body).at("status") == json::parse(first.body).at("status"));
        QCOMPARE(bench.target().applied().size(), 1U);
        // The id of someone else's command is not a way to see or repeat it.
        QCOMPARE(order(bench, kEve, commandText("c1")).status, 409);
        QCOMPARE(bench.target().applied().size(), 1U);
    }

    void b6_two_commands_with_one_id_have_an_answer_each() {
        ServerBench bench;
        peers::HttpPeer ann(bench.port());
        ann.send(peers::post(bench.port(), "/api/v1/commands", kAnn, commandText("c1")));
        QTRY_COMPARE(bench.target().applied().size(), 1U);
        peers::HttpPeer again(bench.port());
        again.send(peers::post(bench.port(), "/api/v1/commands", kAnn, commandText("c1")));
        peers::HttpPeer eve(bench.port());
        eve.send(peers::post(bench.port(), "/api/v1/commands", kEve, commandText("c1")));
        peers::HttpPeer changed(bench.port());
        changed.send(peers::post(bench.port(), "/api/v1/commands", kAnn,
                                 R"({"id":"c1","kind":"reset","breaker":"orders","reason":"deploying the fix"})"));
        // All of them wait when the first report comes.
        QTRY_VERIFY(bench.get("/metrics").body.find("fusebox_http_waiting_commands 4\n") != std::string::npos);
        while (!eve.isClosed(5ms) || !changed.isClosed(5ms) || !ann.isClosed(5ms) || !again.isClosed(5ms)) bench.tell();
        QCOMPARE(ann.answer().status, 200);
        QCOMPARE(again.answer().status, 200);
        QCOMPARE(eve.answer().status, 409);
        QCOMPARE(changed.answer().status, 409);
        QCOMPARE(bench.target().applied().size(), 1U);
    }

    void a_command_that_is_refused_as_too_many_wait_leaves_nothing_behind() {
        base::ManualClock clock;
        command::Gate gate(clock);
        server::Limits limits;
        limits.waitingCommands = 1;
        server::CommandDesk desk(clock, gate, limits);  // its clerk stands still: it was not started
        const auto take = [&](const std::string& id) {
            server::Request request;
            request.body = commandText(id);
            request.grant.actor = "ann";
            desk.take(std::make_shared<server::Exchange>(nullptr, request));
        };
        take("c1");
        QCOMPARE(desk.waiting(), 1U);
        clock.advance(limits.commandTime);
        desk.look();
        QCOMPARE(desk.waiting(), 0U);
        take("c2");
        QCOMPARE(desk.waiting(), 0U);
    }

    void b11_beyond_this_machine_it_needs_a_certificate_and_tokens() {
        const ServerBench bench([](auto& options) { options.address = "0.0.0.0"; });
        QVERIFY(!bench.started().has_value());
        QVERIFY(bench.started().error().code == base::TroubleCode::refused);
        const ServerBench six([](auto& options) { options.address = "::"; });
        QVERIFY(!six.started().has_value());
        const ServerBench bad([](auto& options) { options.address = "localhost"; });
        QVERIFY(bad.started().error().code == base::TroubleCode::invalidInput);
    }

    // B13, A21, A22, A23: what a command must be is checked before anything is done.
    void b13_a_command_that_makes_no_sense_is_refused() {
        ServerBench bench;
        std::string deep;
        for (int i = 0; i < 20'000; ++i) deep += "[";
        const std::string bom = "\xef\xbb\xbf";
        for (const std::string& body :
             {std::string(), std::string("[]"), std::string("null"), std::string("{"), deep, commandText("c1") + "x",
              bom + commandText("c1"), commandText("c1", R"(,"id":"c2")"), commandText("c1", R"(,"__proto__":{})"),
              commandText("c1", R"(,"duration_ms":1e999)"), commandText("c1", R"(,"duration_ms":NaN)"),
              commandText("c1", R"(,"duration_ms":"1")"), commandText("c1", R"(,"seen_revision":-1)"),
              commandText("c1", R"(,"reason":"\ud800")"), std::string("{\"id\":5,\"kind\":\"trip\"}")}) {
            const peers::Answer answer = order(bench, kAnn, body);
            QVERIFY2(answer.status == 400, (std::to_string(answer.status) + " for " + body.substr(0, 200)).c_str());
        }
        for (const std::string& id :
             {std::string(), std::string(300, 'x'), std::string("a\\nb"), std::string("a\\u202eb")}) {
            const int status = order(bench, kAnn, commandText(id)).status;
            QVERIFY2(status == 400 || status == 409, id.c_str());
        }
        QCOMPARE(bench.target().applied().size(), 0U);
    }

    void a25_a_token_in_the_url_is_refused_and_advice_is_given() {
        const ServerBench bench;
        for (const std::string& query :
             {"?token=" + kAnn, "?access_token=" + kAnn, std::string("?a=b&token=x"), "?%74oken=" + kAnn}) {
            const peers::Answer answer = bench.get("/api/v1/about" + query, "");
            QCOMPARE(answer.status, 400);
            QCOMPARE(json::parse(answer.body).at("error").at("code").get<std::string>(), std::string("token_in_url"));
            QVERIFY(answer.body.find(kAnn) == std::string::npos);
        }
        QCOMPARE(bench.get("/api/v1/about?token=" + kAnn).status, 400);
    }
};

FUSEBOX_TEST(AttacksTokenTest)
#include "attacks_token_test.moc"
