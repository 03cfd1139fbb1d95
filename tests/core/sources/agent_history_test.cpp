// An agent's own past, asked over its API: what is asked, what is made of the answers, and what goes wrong.
#include "agent_peer.h"

#include <fusebox/sources/agent_history.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <map>
#include <mutex>

using namespace fusebox;
using namespace std::chrono_literals;
using sources::AgentHistory;
using story::Asked;
using story::PeerConnection;
using story::ScriptedPeer;

namespace {

/// An agent that gives the same answer to each question, and keeps the questions.
class Agent {
public:
    explicit Agent(std::string answer, std::string status = "200 OK")
        : m_peer(story::serving(
              [this, answer = std::move(answer), status = std::move(status)](const Asked& asked, PeerConnection& to) {
                  {
                      const std::lock_guard lock(m_mutex);
                      m_questions.push_back(asked.head.substr(4, asked.head.find(" HTTP") - 4));
                  }
                  to.write(story::answer(status, answer));
              })) {}

    std::unique_ptr<AgentHistory> history() const {
        sources::AgentAddress address;
        address.url = "http://127.0.0.1:" + std::to_string(m_peer.port());
        address.token = "canary-token-4711";
        return AgentHistory::create(address, {1ms}).value();
    }
    std::vector<std::string> questions() const {
        const std::lock_guard lock(m_mutex);
        return m_questions;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_questions;
    ScriptedPeer m_peer;
};

std::string eventJson(std::uint64_t id) {
    return R"({"id":)" + std::to_string(id) +
           R"(,"kind":"hold placed","level":"warning","at_unix_ms":5000,"breaker":"orders","actor":"ann","text":"held"})";
}

constexpr base::WallTime kFrom{std::chrono::seconds(1)};
constexpr base::WallTime kTo{std::chrono::seconds(9)};

}  // namespace

class AgentHistoryTest : public QObject {
    Q_OBJECT
private slots:
    void events_are_asked_for_with_all_that_restricts_them() {
        const Agent agent(R"({"events":[)" + eventJson(7) + R"(],"more":false})");
        journal::EventQuery query;
        query.span = {kFrom, kTo};
        query.breaker = domain::BreakerId("a/b c");
        query.actor = "ann";
        query.kinds = {domain::EventKind::holdPlaced, domain::EventKind::errorPattern};
        query.level = domain::Level::warning;
        query.text = "50 % & more";
        query.before = domain::EventId(99);
        query.limit = 20;
        const auto page = agent.history()->events(query);
        QVERIFY2(page.has_value(), page ? "" : page.error().text().c_str());
        QCOMPARE(agent.questions(),
                 std::vector<std::string>{"/api/v1/journal?from_unix_ms=1000&to_unix_ms=9000&limit=20&breaker=a%2Fb%20c"
                                          "&actor=ann&kind=hold%20placed%2Cerror%20pattern&level=warning"
                                          "&text=50%20%25%20%26%20more&before=99"});
        QCOMPARE(page->events.size(), std::size_t{1});
        QVERIFY(!page->more);
        const journal::StoredEvent& event = page->events.front();
        QCOMPARE(event.id.value, std::uint64_t{7});
        QVERIFY(event.kind == domain::EventKind::holdPlaced && event.level == domain::Level::warning);
        QCOMPARE(event.at, base::WallTime(5s));
        QCOMPARE(event.breaker.value, std::string("orders"));
        QCOMPARE(event.actor, std::string("ann"));
        QVERIFY(event.json.find(R"("kind":"hold placed")") != std::string::npos);
    }

    void more_than_a_page_is_asked_for_page_by_page() {
        const Agent agent(R"({"events":[)" + eventJson(8) + "," + eventJson(7) + R"(],"more":true})");
        journal::EventQuery query;
        query.limit = 3;
        const auto page = agent.history()->events(query);
        QVERIFY(page.has_value());
        QVERIFY(page->more);
        QCOMPARE(agent.questions(),
                 (std::vector<std::string>{"/api/v1/journal?limit=3", "/api/v1/journal?limit=1&before=7"}));
    }

    void bands_follow_each_other_without_gaps() {
        const Agent agent(R"({"bands":[{"breaker":"orders","from_unix_ms":1000,"spans":[
            {"to_unix_ms":3000,"state":"OPEN"},{"to_unix_ms":9000,"state":"of a later version"}]}]})");
        const auto bands = agent.history()->bands({{kFrom, kTo}, {domain::BreakerId("orders")}, 2500us});
        QVERIFY2(bands.has_value(), bands ? "" : bands.error().text().c_str());
        QCOMPARE(
            agent.questions(),
            std::vector<std::string>{"/api/v1/bands?from_unix_ms=1000&to_unix_ms=9000&resolution_ms=3&breaker=orders"});
        const std::vector<journal::StateSpan> expected{{kFrom, base::WallTime(3s), domain::State::open},
                                                       {base::WallTime(3s), kTo, domain::State::unknown}};
        QVERIFY(bands->front().spans == expected);
    }

    void bands_that_would_be_too_long_are_asked_for_coarser() {
        const Agent agent(R"({"error":{"code":"invalid_input","what":"too long","where":"resolution_ms"}})",
                          "400 Bad Request");
        const auto bands = agent.history()->bands({{kFrom, kTo}, {}, 2s});
        QVERIFY(!bands);
        QCOMPARE(agent.questions(),
                 (std::vector<std::string>{"/api/v1/bands?from_unix_ms=1000&to_unix_ms=9000&resolution_ms=2000",
                                           "/api/v1/bands?from_unix_ms=1000&to_unix_ms=9000&resolution_ms=20000"}));
    }

    void metrics_keep_what_is_not_known_apart_from_zero() {
        const Agent agent(R"({"points":[{"at_unix_ms":1000,"span_ms":10000,"success":9,"failure":1,"ignored":0,
            "cancelled":0,"rejected":2,"slow":3,"calls_per_second":1,"failure_rate":0.1,
            "latency":{"samples":10,"p95_ms":12.5,"relative_error":0.01},"state":"CLOSED"},
            {"at_unix_ms":11000,"span_ms":10000,"success":0,"failure":0,"ignored":0,"cancelled":0,"rejected":0,
            "slow":0,"calls_per_second":0,"latency":{"samples":0,"relative_error":0},"state":"OPEN"}]})");
        const auto points = agent.history()->rollups({domain::BreakerId("orders"), {kFrom, kTo}, 300});
        QVERIFY2(points.has_value(), points ? "" : points.error().text().c_str());
        QCOMPARE(agent.questions(), std::vector<std::string>{
                                        "/api/v1/rollups?from_unix_ms=1000&to_unix_ms=9000&breaker=orders&points=300"});
        QCOMPARE(points->size(), std::size_t{2});
        QCOMPARE(points->front().failureRate.value(), 0.1);
        QVERIFY(points->front().latency.p95 == base::Duration(12'500us));
        QVERIFY(!points->back().failureRate && !points->back().latency.p95);
        QVERIFY(points->back().state == domain::State::open);
    }

    void names_are_those_of_the_agent() {
        const Agent agent(R"({"breakers":["a","b"],"actors":["ann"]})");
        const auto names = agent.history()->names();
        QVERIFY(names.has_value());
        QCOMPARE(names->breakers.size(), std::size_t{2});
        QCOMPARE(names->actors, std::vector<std::string>{"ann"});
    }

    void what_goes_wrong_is_told_data() {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("told");
        QTest::newRow("older agent") << "404 Not Found"
                                     << "{}"
                                     << "older than this one";
        QTest::newRow("no journal") << "503 Service Unavailable"
                                    << "{}"
                                    << "keeps no journal";
        QTest::newRow("token") << "401 Unauthorized"
                               << "{}"
                               << "token: ";
        QTest::newRow("no JSON") << "200 OK"
                                 << "{"
                                 << "JSON";
        QTest::newRow("other types") << "200 OK"
                                     << R"({"breakers":7,"actors":[]})"
                                     << "cannot be read";
        QTest::newRow("too deep") << "200 OK" << QString(1000, u'[') << "deep";
    }
    void what_goes_wrong_is_told() {
        QFETCH(const QString, status);
        QFETCH(const QString, body);
        QFETCH(const QString, told);
        const Agent agent(body.toStdString(), status.toStdString());
        const auto names = agent.history()->names();
        QVERIFY(!names);
        const QString text = QString::fromStdString(names.error().text());
        QVERIFY2(text.contains(told), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("canary")));
    }

    void who_asks_too_often_asks_again_a_little_later() {
        const Agent agent("{}", "429 Too Many Requests");
        QVERIFY(!agent.history()->names());
        QCOMPARE(agent.questions().size(), static_cast<std::size_t>(AgentHistory::kMostTries));
    }

    void who_gives_up_waits_for_nobody() {
        const Agent agent("{}");
        const auto history = agent.history();
        history->giveUp();
        QVERIFY(!history->names());
        QVERIFY(agent.questions().empty());
    }
};

FUSEBOX_TEST(AgentHistoryTest)

#include "agent_history_test.moc"
