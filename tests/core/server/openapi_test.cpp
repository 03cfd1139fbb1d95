#include "no_history.h"
#include "server_bench.h"

#include <fusebox/server/routes.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

json description() {
    std::ifstream file(FUSEBOX_RESOURCES "/openapi.json");
    return json::parse(file);
}

/// What lies behind {"$ref": "#/..."}.
const json& resolved(const json& document, const json& value) {
    if (!value.contains("$ref")) return value;
    return resolved(document, document.at(json::json_pointer(value.at("$ref").get<std::string>().substr(1))));
}

class EmptyHistory final : public NoHistory {
public:
    base::Result<journal::EventPage> events(const journal::EventQuery& query) override {
        lastQuery = query;
        return journal::EventPage();
    }
    base::Result<std::vector<journal::RollupPoint>> rollups(const journal::RollupQuery&) override {
        return std::vector<journal::RollupPoint>(1);
    }
    base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) override {
        const base::WallTime middle = query.span.from + (query.span.to - query.span.from) / 2;
        return std::vector<journal::Band>{
            {domain::BreakerId("orders"),
             {{query.span.from, middle, domain::State::open}, {middle, query.span.to, domain::State::closed}}}};
    }
    base::Result<server::PastNames> names() override {
        return server::PastNames{{domain::BreakerId("orders")}, {"ann"}};
    }
    journal::EventQuery lastQuery;
};

/// Asks the server for everything that the description promises.
class Walk {
public:
    Walk() : m_bench([this](auto& options) { options.history = m_history; }) {
        m_bench.tell();
        while (m_bench.get("/readyz").status != 200) {
        }
    }

    void ask(const std::string& path, const std::string& pattern, std::string_view token = kAnn) {
        note(pattern, "get", m_bench.get(path, token));
    }
    void order(std::string_view token, const std::string& body,
               std::string_view fields = "Content-Type: application/json\r\n") {
        peers::HttpPeer peer(m_bench.port());
        peer.send(peers::post(m_bench.port(), "/api/v1/commands", token, body, fields));
        while (!peer.isClosed(5ms)) m_bench.tell();
        note("/api/v1/commands", "post", peer.answer());
    }
    void stream(const std::string& path) {
        peers::HttpPeer peer(m_bench.port());
        peer.send(peers::get(m_bench.port(), path, kVic));
        peer.waitFor("\r\n\r\n");
        const std::string head = peer.take();
        peers::Answer answer;
        answer.status = head.find(" 200 ") == std::string::npos ? 0 : 200;
        answer.head = head;
        note(path, "get", answer);
    }
    void note(const std::string& pattern, const std::string& method, const peers::Answer& answer) {
        seen[pattern + " " + method][std::to_string(answer.status)] = answer;
    }

    std::map<std::string, std::map<std::string, peers::Answer>> seen;
    ServerBench& bench() { return m_bench; }

private:
    std::shared_ptr<EmptyHistory> m_history = std::make_shared<EmptyHistory>();
    ServerBench m_bench;
};

void walkGets(Walk& walk) {
    const std::string journal = "/api/v1/journal";
    const std::string rollups = "/api/v1/rollups";
    const std::string bands = "/api/v1/bands";
    for (const server::Route& route : server::routes()) {
        if (route.allow != "POST" && !route.isOpen) walk.ask(std::string(route.path), std::string(route.path), "");
    }
    for (const char* path : {"/api/v1/about", "/api/v1/breakers", "/api/v1/patterns", "/api/v1/recovery", "/metrics",
                             "/healthz", "/readyz"}) {
        walk.ask(path, path);
    }
    walk.ask("/api/v1/breakers/orders", "/api/v1/breakers/{id}");
    walk.ask("/api/v1/breakers/nobody", "/api/v1/breakers/{id}");
    walk.ask("/api/v1/breakers/orders/dossiers/7", "/api/v1/breakers/{id}/dossiers/{n}");
    walk.ask("/api/v1/breakers/orders/dossiers/x", "/api/v1/breakers/{id}/dossiers/{n}");
    walk.ask("/api/v1/commands/c1", "/api/v1/commands/{id}");
    walk.ask("/api/v1/commands/c9", "/api/v1/commands/{id}");
    walk.ask(journal + "?kind=transition,hold%20placed&limit=5&text=a+b", journal);
    walk.ask(journal + "?kind=nonsense", journal);
    walk.ask(rollups + "?breaker=orders&from_unix_ms=0&to_unix_ms=1000", rollups);
    walk.ask(rollups + "?breaker=orders", rollups);
    walk.ask("/api/v1/journal/names", "/api/v1/journal/names");
    walk.ask(bands + "?breaker=orders&from_unix_ms=0&to_unix_ms=1000&resolution_ms=250", bands);
    walk.ask(bands + "?from_unix_ms=7", bands);
    walk.stream("/api/v1/events");
    walk.stream("/hystrix.stream");
    walk.ask("/api/v1/events?with=x", "/api/v1/events");
}

void walkCommands(Walk& walk) {
    walk.order(kAnn, R"({"id":"c1","kind":"trip","breaker":"orders","reason":"deploying the fix"})");
    walk.order(kAnn, R"({"id":"c2","kind":"trip","breaker":"nobody","reason":"deploying the fix"})");
    walk.order(kVic, R"({"id":"c3","kind":"trip","breaker":"orders","reason":"deploying the fix"})");
    walk.order("", "{}");
    walk.order(kAnn, "{");
    walk.order(kAnn, "{}", "Content-Type: text/plain\r\n");
    walk.order(kAnn, std::string(70'000, ' '));
    const std::string host = "Host: 127.0.0.1:" + std::to_string(walk.bench().port()) + "\r\n";
    walk.note("/api/v1/commands", "post", walk.bench().ask("POST /api/v1/commands HTTP/1.1\r\n" + host + "\r\n"));
}

/// What needs a server that has no room, no journal or no frame.
void walkPoor(Walk& walk) {
    const ServerBench poor([](auto& options) {
        options.limits.streams = 0;
        options.limits.waitingCommands = 0;
    });
    for (const std::string path : {"/api/v1/events", "/hystrix.stream", "/readyz", "/api/v1/journal",
                                   "/api/v1/journal/names", "/api/v1/rollups", "/api/v1/bands"}) {
        walk.note(path, "get", poor.get(path));
    }
    walk.note("/api/v1/commands", "post",
              poor.ask(peers::post(poor.port(), "/api/v1/commands", kAnn,
                                   R"({"id":"c1","kind":"reset","breaker":"orders"})")));
}

}  // namespace

class OpenApiTest : public QObject {
    Q_OBJECT
private slots:
    void the_description_has_all_resources_with_their_methods_and_no_others() {
        const json document = description();
        std::map<std::string, std::string> described;
        for (const auto& [path, operations] : document.at("paths").items()) {
            for (const auto& [method, operation] : operations.items()) described[path] += method;
        }
        std::map<std::string, std::string> known;
        for (const server::Route& route : server::routes()) {
            known[std::string(route.path)] = route.allow == "POST" ? "post" : "get";
            const json& operation = document.at("paths").at(std::string(route.path)).begin().value();
            QVERIFY2(operation.contains("security") == route.isOpen, route.path.data());
        }
        QVERIFY(described == known);
    }

    void every_status_that_is_described_is_answered_and_no_other() {
        Walk walk;
        walkCommands(walk);
        walkGets(walk);
        walkPoor(walk);
        const json document = description();
        for (const auto& [path, operations] : document.at("paths").items()) {
            for (const auto& [method, operation] : operations.items()) {
                std::set<std::string> described;
                for (const auto& [status, response] : operation.at("responses").items()) described.insert(status);
                described.erase("default");
                described.erase("202");  // see the test of a command that takes long
                std::set<std::string> answered;
                for (const auto& [status, answer] : walk.seen[path + " " + method]) answered.insert(status);
                if (described != answered) {
                    QFAIL((path + ": " + json(described).dump() + " but " + json(answered).dump()).c_str());
                }
            }
        }
    }

    void answers_have_the_type_and_the_members_that_are_described() {
        Walk walk;
        walkCommands(walk);
        walkGets(walk);
        walkPoor(walk);
        const json document = description();
        for (const auto& [path, operations] : document.at("paths").items()) {
            for (const auto& [method, operation] : operations.items()) {
                for (const auto& [status, answer] : walk.seen[path + " " + method]) {
                    const json& response = resolved(document, operation.at("responses").at(status));
                    const std::string type = response.at("content").begin().key();
                    QVERIFY2(answer.header("Content-Type").starts_with(type), path.c_str());
                    if (type != "application/json") continue;
                    const json body = json::parse(answer.body);
                    const json& schema = resolved(document, response.at("content").at(type).at("schema"));
                    for (const json& member : schema.value("required", json::array())) {
                        QVERIFY2(body.contains(member.get<std::string>()), (path + " " + member.dump()).c_str());
                    }
                }
            }
        }
    }
};

FUSEBOX_TEST(OpenApiTest)
#include "openapi_test.moc"
