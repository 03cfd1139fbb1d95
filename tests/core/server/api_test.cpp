#include "server_bench.h"

#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <atomic>

using nlohmann::json;

namespace {

const std::string kTrip = R"({"id":"c1","kind":"trip","breaker":"orders","reason":"deploying the fix"})";

}  // namespace

class ApiTest : public QObject {
    Q_OBJECT
private slots:
    void it_introduces_itself_with_what_the_token_may() {
        const ServerBench bench;
        QVERIFY2(bench.started().has_value(), bench.started() ? "" : bench.started().error().text().c_str());
        const peers::Answer answer = bench.get("/api/v1/about");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("Content-Type"), std::string("application/json; charset=utf-8"));
        const json about = json::parse(answer.body);
        QCOMPARE(about.at("agent").get<std::string>(), std::string("berlin"));
        QCOMPARE(about.at("version").get<std::string>(), std::string("1.2.3"));
        QCOMPARE(about.at("api").get<int>(), 1);
        QCOMPARE(about.at("role").get<std::string>(), std::string("operator"));
        QCOMPARE(about.at("actor").get<std::string>(), std::string("ann"));
        QVERIFY(!about.at("boot").get<std::string>().empty() && !about.at("lab").get<bool>());
        QVERIFY(answer.closed);
    }

    void breakers_come_all_together_or_one_with_its_detail() {
        ServerBench bench;
        bench.tell();
        QTRY_VERIFY(json::parse(bench.get("/api/v1/breakers").body).at("breakers").size() == 1);
        const json one = json::parse(bench.get("/api/v1/breakers/orders").body);
        QCOMPARE(one.at("snapshot").at("id").get<std::string>(), std::string("orders"));
        QCOMPARE(one.at("detail").at("dossiers").at(0).get<int>(), 7);
        const json dossier = json::parse(bench.get("/api/v1/breakers/orders/dossiers/7").body);
        QCOMPARE(dossier.at("transition").at("sequence").get<int>(), 7);
        QCOMPARE(bench.get("/api/v1/breakers/orders/dossiers/8").status, 404);
        QCOMPARE(bench.get("/api/v1/breakers/nobody").status, 404);
    }

    void patterns_and_recovery_are_there_also_when_there_is_nothing_to_tell() {
        ServerBench bench;
        bench.tell();
        QCOMPARE(json::parse(bench.get("/api/v1/patterns").body).at("patterns").size(), 0U);
        QCOMPARE(json::parse(bench.get("/api/v1/recovery").body).at("history").size(), 0U);
    }

    void it_is_alive_for_everyone_and_ready_once_the_breakers_were_looked_at() {
        ServerBench bench;
        QCOMPARE(bench.get("/healthz", "").status, 200);
        QCOMPARE(bench.get("/readyz", "").status, 503);
        bench.tell();
        QTRY_COMPARE(bench.get("/readyz", "").status, 200);
        bench.clock().advance(std::chrono::seconds(4));
        QCOMPARE(bench.get("/readyz", "").status, 503);
    }

    void it_is_not_ready_while_the_journal_cannot_be_written() {
        std::atomic<journal::JournalStanding> standing = journal::JournalStanding::writing;
        ServerBench bench([&](auto& options) {
            options.journalHealth = [&]() -> std::optional<journal::JournalHealth> {
                journal::JournalHealth health;
                health.standing = standing;
                health.file = "/home/ann/journal.db";
                health.text = "The journal /home/ann/journal.db does not write.";
                return health;
            };
        });
        bench.tell();
        QTRY_COMPARE(bench.get("/readyz", "").status, 200);
        standing = journal::JournalStanding::fresh;
        QCOMPARE(bench.get("/readyz", "").status, 200);
        for (const auto bad : {journal::JournalStanding::waiting, journal::JournalStanding::off}) {
            standing = bad;
            const peers::Answer answer = bench.get("/readyz", "");
            QCOMPARE(answer.status, 503);
            QVERIFY(answer.body.find("/home") == std::string::npos);
        }
    }

    void why_the_program_is_not_ready_is_told_to_bearers_of_a_token_alone() {
        ServerBench bench([](auto& options) { options.unready = [] { return "The lab on 10.0.0.7 starts."; }; });
        bench.tell();
        QTRY_VERIFY(bench.get("/readyz").body.find("10.0.0.7") != std::string::npos);
        QCOMPARE(bench.get("/readyz", "").status, 503);
        QVERIFY(bench.get("/readyz", "").body.find("10.0.0.7") == std::string::npos);
    }

    void a_command_is_carried_out_for_the_owner_of_the_token() {
        ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send(peers::post(bench.port(), "/api/v1/commands", kAnn,
                              R"({"id":"c1","kind":"trip","breaker":"orders","reason":"deploying the fix",
                                  "actor":"mallory","role":"admin","origin":"console"})"));
        QTRY_COMPARE(bench.target().applied().size(), 1U);
        // The event about it comes right after, on the gate's thread.
        while (!peer.isClosed(std::chrono::milliseconds(5))) bench.tell();
        const peers::Answer answer = peer.answer();
        QCOMPARE(answer.status, 200);
        const json report = json::parse(answer.body);
        QCOMPARE(report.at("status").get<std::string>(), std::string("applied"));
        QCOMPARE(report.at("actor").get<std::string>(), std::string("ann"));
        const domain::Command applied = bench.target().applied().at(0);
        QCOMPARE(applied.actor, std::string("ann"));
        QVERIFY(applied.role == domain::Role::operatorRole);
        QVERIFY(applied.origin.starts_with("http 127.0.0.1:"));
        const json again = json::parse(bench.get("/api/v1/commands/c1").body);
        QCOMPARE(again.at("status").get<std::string>(), std::string("applied"));
        QCOMPARE(bench.get("/api/v1/commands/c2").status, 404);
    }

    void a_command_is_answered_after_a_while_also_when_the_event_does_not_come() {
        ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send(peers::post(bench.port(), "/api/v1/commands", kAnn, kTrip));
        QTRY_COMPARE(bench.target().applied().size(), 1U);
        bench.clock().advance(std::chrono::seconds(5));
        const int status = peer.answer().status;
        QVERIFY(status == 200 || status == 202);
    }

    void a_refused_command_says_why() {
        ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send(peers::post(bench.port(), "/api/v1/commands", kAnn,
                              R"({"id":"c1","kind":"trip","breaker":"nobody","reason":"deploying the fix"})"));
        while (!peer.isClosed(std::chrono::milliseconds(5))) bench.tell();
        const peers::Answer answer = peer.answer();
        QCOMPARE(answer.status, 409);
        const json body = json::parse(answer.body);
        QCOMPARE(body.at("error").at("code").get<std::string>(), std::string("refused"));
        QCOMPARE(body.at("error").at("what").get<std::string>(), std::string("No breaker has this name."));
        QCOMPARE(body.at("report").at("status").get<std::string>(), std::string("refused"));
    }

    void a_malformed_command_is_refused_with_the_place() {
        const ServerBench bench;
        const peers::Answer answer = bench.ask(
            peers::post(bench.port(), "/api/v1/commands", kAnn, R"({"id":"c1","kind":"explode","breaker":"orders"})"));
        QCOMPARE(answer.status, 400);
        QCOMPARE(json::parse(answer.body).at("error").at("where").get<std::string>(), std::string("kind"));
    }

    void stopping_answers_what_waits_and_ends_all_streams() {
        ServerBench bench;
        Follower follower(bench, "?with=snapshots");
        QCOMPARE(follower.next({"hello"}).event, std::string("hello"));
        bench.server().stop();
        QVERIFY(follower.peer().isClosed());
        QVERIFY(!peers::HttpPeer(bench.port()).isConnected());
    }
};

FUSEBOX_TEST(ApiTest)
#include "api_test.moc"
