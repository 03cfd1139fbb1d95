#include "server_bench.h"

#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

using namespace std::chrono_literals;
using nlohmann::json;

// Bad requests, by the rows of the list of attacks that the server withstands (README.md).

namespace {

std::string host(const ServerBench& bench) {
    return "Host: 127.0.0.1:" + std::to_string(bench.port()) + "\r\n";
}

std::string about(const ServerBench& bench, const std::string& fields = {}) {
    return "GET /api/v1/about HTTP/1.1\r\n" + host(bench) + "Authorization: Bearer " + kAnn + "\r\n" + fields + "\r\n";
}

/// Resident memory of this process, in KiB.
long residentKiB() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    }
    return 0;
}

std::string codeOf(const peers::Answer& answer) {
    return json::parse(answer.body).at("error").at("code").get<std::string>();
}

}  // namespace

class AttacksRequestTest : public QObject {
    Q_OBJECT
private slots:
    void a1_endless_headers_end_at_16_KiB_and_cost_no_memory() {
        const ServerBench bench;
        (void)bench.get("/healthz", "");
        const long before = residentKiB();
        const std::string line = "X-Fill: " + std::string(1000, 'x') + "\r\n";
        peers::HttpPeer many(bench.port());
        many.send("GET /api/v1/about HTTP/1.1\r\n" + host(bench));
        for (int i = 0; i < 10'000 && many.send(line); ++i) {
        }
        QCOMPARE(many.answer().status, 431);
        peers::HttpPeer one(bench.port());
        one.send("GET /api/v1/about HTTP/1.1\r\n" + host(bench) + "X-Fill: ");
        one.send(std::string(1'000'000, 'x'));
        QCOMPARE(one.answer().status, 431);
        QVERIFY2(residentKiB() - before < 4096, "the memory grew");
        QCOMPARE(bench.ask(about(bench, "X-Fill: " + std::string(15'000, 'x') + "\r\n")).status, 200);
        QCOMPARE(bench.ask(about(bench, "X-Fill: " + std::string(16'500, 'x') + "\r\n")).status, 431);
    }

    void a1_too_many_header_fields_are_refused() {
        const ServerBench bench;
        std::string fields;
        for (int i = 0; i < 100; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
        QCOMPARE(bench.ask(about(bench, fields)).status, 431);
    }

    // A body in chunks has no length that could be checked: it is refused before its first byte.
    void a2_a_body_in_chunks_is_refused_at_once() {
        const ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send("POST /api/v1/commands HTTP/1.1\r\n" + host(bench) +
                  "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n");
        for (int i = 0; i < 1000 && peer.send("400\r\n" + std::string(1024, 'x') + "\r\n"); ++i) {
        }
        QCOMPARE(peer.answer().status, 411);
    }

    void a2_a_body_beyond_64_KiB_is_refused_before_it_comes() {
        const ServerBench bench;
        const std::string body(64 * 1024 + 1, ' ');
        QCOMPARE(bench.ask(peers::post(bench.port(), "/api/v1/commands", kAnn, body)).status, 413);
    }

    void a3_a_content_length_must_be_a_number_and_nothing_else() {
        const ServerBench bench;
        for (const char* length : {"1e20", "-5", "+5", "0x10", "5, 5", "", "5 5", "99999999999999999999", "5."}) {
            const peers::Answer answer = bench.ask("POST /api/v1/commands HTTP/1.1\r\n" + host(bench) +
                                                   "Content-Length: " + length + "\r\n\r\n{}{}{}{}");
            QVERIFY2(answer.status == 400 && answer.closed, length);
        }
    }

    void a4_a_length_said_in_two_ways_is_refused_and_what_follows_is_never_read() {
        const ServerBench bench;
        const std::string smuggled = about(bench);
        for (const char* fields :
             {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
              "Content-Length: 5\r\nContent-Length: 5\r\n", "content-length: 5\r\nCONTENT-LENGTH: 5\r\n",
              "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: chunked, identity\r\n",
              "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"}) {
            const peers::Answer answer = bench.ask("POST /api/v1/commands HTTP/1.1\r\n" + host(bench) +
                                                   std::string(fields) + "\r\n0\r\n\r\n" + smuggled);
            QVERIFY2(answer.status == 400 && answer.closed, fields);
            QVERIFY2(answer.body.find("HTTP/1.1") == std::string::npos, fields);
        }
    }

    void a4_a_second_request_on_a_connection_is_never_answered() {
        const ServerBench bench;
        const peers::Answer answer = bench.ask(about(bench) + about(bench));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("Connection"), std::string("close"));
        QVERIFY(answer.body.find("HTTP/1.1") == std::string::npos);
    }

    void a5_what_is_no_line_of_a_header_is_refused() {
        const ServerBench bench;
        for (const std::string& fields :
             {std::string("X: a\nY: b\r\n"), std::string("X: a\rY: b\r\n"), std::string("X: a\0b\r\n", 9),
              std::string("X : a\r\n"), std::string("X: a\r\n folded\r\n"), std::string("X: a\r\n\tfolded\r\n"),
              std::string(": a\r\n"), std::string("no colon\r\n"), std::string("X: a\x1b[2Jb\r\n"),
              std::string("\x01X: a\r\n")}) {
            QCOMPARE(bench.ask(about(bench, fields)).status, 400);
        }
        QCOMPARE(bench.ask("GET /api/v1/about HTTP/1.1\n" + host(bench) + "\n").status, 400);
        QCOMPARE(bench.ask("\r\n" + about(bench)).status, 400);
    }

    void a6_only_plain_requests_of_this_server_are_understood() {
        const ServerBench bench;
        const std::string rest = "\r\n" + host(bench) + "Authorization: Bearer " + kAnn + "\r\n\r\n";
        QCOMPARE(bench.ask("GET /" + std::string(9000, 'a') + " HTTP/1.1" + rest).status, 414);
        QCOMPARE(bench.ask("GET /" + std::string(5000, 'a') + " HTTP/1.1" + rest).status, 414);
        QCOMPARE(bench.ask(std::string(1024, 'M') + " / HTTP/1.1" + rest).status, 501);
        QCOMPARE(bench.ask("GET /api/v1/about HTTP/9.9" + rest).status, 505);
        QCOMPARE(bench.ask("GET /api/v1/about HTTP/2.0" + rest).status, 505);
        QCOMPARE(bench.ask("GET http://127.0.0.1/api/v1/about HTTP/1.1" + rest).status, 400);
        QCOMPARE(bench.ask("GET http://evil.example/ HTTP/1.1" + rest).status, 400);
        QCOMPARE(bench.ask("CONNECT evil.example:443 HTTP/1.1" + rest).status, 501);
        QCOMPARE(bench.ask("TRACE / HTTP/1.1" + rest).status, 501);
        QCOMPARE(bench.ask("OPTIONS * HTTP/1.1" + rest).status, 400);
        QCOMPARE(bench.ask("get /api/v1/about HTTP/1.1" + rest).status, 501);
        QCOMPARE(bench.ask("GET  /api/v1/about HTTP/1.1" + rest).status, 400);
        QCOMPARE(bench.ask("GET /api/v1/about" + rest).status, 400);
        QCOMPARE(bench.ask("GET /api/v1/about HTTP/1.1 " + rest).status, 400);
        QCOMPARE(bench.ask("GET /api/v1/about#x HTTP/1.1" + rest).status, 404);
        QCOMPARE(bench.ask("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").status, 400);
    }

    void a6_a_GET_with_a_body_is_refused() {
        const ServerBench bench;
        QCOMPARE(bench.ask(about(bench, "Content-Length: 5\r\n") + "hello").status, 400);
    }

    void a7_a_head_that_drips_in_is_given_five_seconds() {
        ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send("GET /api/v1/about HTTP/1.1\r\n");
        bench.clock().advance(4s);
        QVERIFY(!peer.isClosed(100ms));
        peer.send("Host: x\r\n");
        // Its time began when it was seen at the door, which may have been late.
        for (int i = 0; i < 5 && !peer.isClosed(100ms); ++i) bench.clock().advance(1s);
        QCOMPARE(peer.answer().status, 408);
    }

    void a7_a_body_that_drips_in_is_given_ten_seconds() {
        ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send("POST /api/v1/commands HTTP/1.1\r\n" + host(bench) + "Authorization: Bearer " + kAnn +
                  "\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{");
        QVERIFY(!peer.isClosed(100ms));
        bench.clock().advance(9s);
        peer.send(" ");
        QVERIFY(!peer.isClosed(100ms));
        for (int i = 0; i < 10 && !peer.isClosed(100ms); ++i) bench.clock().advance(1s);
        QVERIFY(peer.isClosed());
        QCOMPARE(bench.target().applied().size(), 0U);
    }

    void a9_requests_beyond_the_budget_of_a_peer_are_refused() {
        ServerBench bench([](auto& options) {
            options.limits.requestsPerSecond = 10;
            options.limits.requestBurst = 20;
        });
        for (int i = 0; i < 20; ++i) QCOMPARE(bench.get("/nothing", "").status, 401);
        const peers::Answer refused = bench.get("/nothing", "");
        QCOMPARE(refused.status, 429);
        QVERIFY(!refused.header("Retry-After").empty());
        // Whoever has a token does not pay for the others.
        QCOMPARE(bench.get("/api/v1/about").status, 200);
        bench.clock().advance(100ms);
        QCOMPARE(bench.get("/nothing", "").status, 401);
        QCOMPARE(bench.get("/nothing", "").status, 429);
    }

    void a10_no_path_leads_to_a_file() {
        const ServerBench bench;
        for (const char* path : {"/api/v1/breakers/..%2f..%2fetc/passwd",
                                 "/api/v1/breakers/..%2f..%2fetc%2fpasswd",
                                 "/api/v1/breakers/%2e%2e",
                                 "/api/v1/breakers/%00",
                                 "//api/v1/about",
                                 "/api/v1//about",
                                 "/api/v1/breakers/%c0%af",
                                 "/api/v1/breakers/x;x=1",
                                 "/api/v1/about;x=1",
                                 "/../../etc/passwd",
                                 "/api/v1/../v1/about",
                                 "/api/v1/breakers/%",
                                 "/api/v1/breakers/%4",
                                 "/api/v1/breakers/",
                                 "/",
                                 "/api/v1/breakers/%0a",
                                 "/api/v1/breakers/%2F",
                                 "/etc/passwd",
                                 "/index.html",
                                 "/favicon.ico"}) {
            QVERIFY2(bench.get(path).status == 404, path);
        }
    }

    void a11_the_way_a_path_is_written_opens_nothing() {
        const ServerBench bench;
        for (const char* path : {"/api/v1/breakers/x/force.js", "/api/v1/breakers.css", "/api/v1/about/",
                                 "/API/v1/about", "/api/v1/breakers/orders.js", "/healthz/", "/healthz.js",
                                 "/healthz/../api/v1/about", "/healthz%2f..%2fapi"}) {
            QVERIFY2(bench.get(path, "").status == 401, path);
            QVERIFY2(bench.get(path).status == 404, path);
        }
        QCOMPARE(bench.get("/api/v1/breakers?a.css", "").status, 401);
    }

    void a12_a_method_that_is_not_for_a_resource_is_refused_and_the_right_ones_are_named() {
        const ServerBench bench;
        const auto with = [&](const char* method, const char* path) {
            return bench.ask(std::string(method) + " " + path + " HTTP/1.1\r\n" + host(bench) +
                             "Authorization: Bearer " + kEve + "\r\n" +
                             (std::string(method) == "POST" ? "Content-Length: 0\r\n" : "") + "\r\n");
        };
        for (const char* method : {"GET", "HEAD", "PUT", "PATCH", "DELETE"}) {
            const peers::Answer answer = with(method, "/api/v1/commands");
            QVERIFY2(answer.status == 405, method);
            QCOMPARE(answer.header("Allow"), std::string("POST"));
        }
        QCOMPARE(with("POST", "/api/v1/breakers").header("Allow"), std::string("GET, HEAD"));
        QCOMPARE(with("HEAD", "/api/v1/events").status, 405);
        const peers::Answer head = with("HEAD", "/api/v1/about");
        QCOMPARE(head.status, 200);
        QVERIFY(head.body.empty());
    }

    void a13_a_method_in_another_place_is_ignored() {
        const ServerBench bench;
        const peers::Answer answer =
            bench.ask(about(bench, "X-HTTP-Method-Override: POST\r\nX-HTTP-Method: DELETE\r\n"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(bench.get("/api/v1/commands?_method=POST").status, 405);
    }

    void a14_a_name_that_is_not_ours_is_refused_before_anything_else() {
        const ServerBench bench([](auto& options) { options.names = {"ops.example", "proxy.example:443"}; });
        const auto called = [&](const std::string& fields) {
            return bench.ask("GET /api/v1/about HTTP/1.1\r\n" + fields + "Authorization: Bearer " + kAnn + "\r\n\r\n")
                .status;
        };
        const std::string port = std::to_string(bench.port());
        QCOMPARE(called("Host: evil.com\r\n"), 421);
        QCOMPARE(called("Host: evil.com:" + port + "\r\n"), 421);
        QCOMPARE(called("Host: 127.0.0.1\r\n"), 421);
        QCOMPARE(called("Host: 127.0.0.1:1\r\n"), 421);
        QCOMPARE(called("Host: 127.0.0.1.evil.com:" + port + "\r\n"), 421);
        QCOMPARE(called("Host: user@127.0.0.1:" + port + "\r\n"), 421);
        QCOMPARE(called("Host: \r\n"), 421);
        QCOMPARE(called(""), 400);
        QCOMPARE(called(host(bench) + host(bench)), 400);
        for (const std::string name : {"127.0.0.1", "localhost", "LocalHost", "[::1]", "ops.example"}) {
            QCOMPARE(called("Host: " + name + ":" + port + "\r\n"), 200);
        }
        QCOMPARE(called("Host: proxy.example:443\r\n"), 200);
        QCOMPARE(called("Host: proxy.example:" + port + "\r\n"), 421);
        QCOMPARE(bench.ask("GET /healthz HTTP/1.1\r\nHost: evil.com\r\n\r\n").status, 421);
    }

    void a15_a_page_of_someone_else_may_not_call() {
        const ServerBench bench([](auto& options) { options.origins = {"https://ops.example"}; });
        for (const char* origin :
             {"https://evil.example", "null", "http://127.0.0.1", "https://ops.example.evil", ""}) {
            QVERIFY2(bench.ask(about(bench, "Origin: " + std::string(origin) + "\r\n")).status == 403, origin);
        }
        const std::string own = "Origin: http://127.0.0.1:" + std::to_string(bench.port()) + "\r\n";
        QCOMPARE(bench.ask(about(bench, own)).status, 200);
        QCOMPARE(bench.ask(about(bench, "Origin: https://ops.example\r\n")).status, 200);
    }

    void a15_a_form_is_no_command() {
        const ServerBench bench;
        for (const std::string type :
             {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp",
              "text/json", "", "application/json; charset=utf-16"}) {
            const peers::Answer answer =
                bench.ask(peers::post(bench.port(), "/api/v1/commands", kAnn, "{}", "Content-Type: " + type + "\r\n"));
            QVERIFY2(answer.status == 415, type.c_str());
        }
        QCOMPARE(bench.ask(peers::post(bench.port(), "/api/v1/commands", kAnn, "{}", "")).status, 415);
        QCOMPARE(bench.target().applied().size(), 0U);
    }

    void a16_no_page_is_ever_allowed_to_ask_across() {
        const ServerBench bench;
        const peers::Answer answer = bench.ask("OPTIONS /api/v1/commands HTTP/1.1\r\n" + host(bench) +
                                               "Access-Control-Request-Method: POST\r\n\r\n");
        QCOMPARE(answer.status, 405);
        QCOMPARE(answer.header("Allow"), std::string("POST"));
        QVERIFY(answer.head.find("Access-Control") == std::string::npos);
        QVERIFY(bench.ask(about(bench)).head.find("Access-Control") == std::string::npos);
    }

    void a17_a_request_that_a_browser_calls_cross_site_is_refused() {
        const ServerBench bench;
        QCOMPARE(bench.ask(about(bench, "Sec-Fetch-Site: cross-site\r\n")).status, 403);
        QCOMPARE(bench.ask(about(bench, "Sec-Fetch-Site: same-site\r\n")).status, 403);
        QCOMPARE(bench.ask(about(bench, "Sec-Fetch-Site: same-origin\r\n")).status, 200);
        QCOMPARE(bench.ask(about(bench, "Sec-Fetch-Site: none\r\n")).status, 200);
    }

    void a18_an_upgrade_is_ignored() {
        const ServerBench bench;
        QCOMPARE(bench.ask(about(bench, "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n")).status, 200);
        QCOMPARE(bench.ask(about(bench, "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n")).status, 200);
        QVERIFY(bench.ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status >= 400);
    }

    void a19_whom_a_request_claims_to_come_from_does_not_matter() {
        ServerBench bench;
        peers::HttpPeer peer(bench.port());
        peer.send(
            peers::post(bench.port(), "/api/v1/commands", kAnn,
                        R"({"id":"c1","kind":"trip","breaker":"orders","reason":"deploying the fix"})",
                        "Content-Type: application/json\r\nX-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\n"
                        "REMOTE_ADDR: 10.0.0.1\r\nX-Real-IP: 10.0.0.1\r\n"));
        QTRY_COMPARE(bench.target().applied().size(), 1U);
        QVERIFY(bench.target().applied().at(0).origin.starts_with("http 127.0.0.1:"));
    }

    void a20_a_packed_body_is_refused() {
        const ServerBench bench;
        for (const std::string encoding : {"gzip", "br", "deflate", "zstd", "gzip, gzip"}) {
            const std::string fields = "Content-Type: application/json\r\nContent-Encoding: " + encoding + "\r\n";
            QCOMPARE(bench.ask(peers::post(bench.port(), "/api/v1/commands", kAnn, "\x1f\x8b", fields)).status, 415);
        }
    }

    void a28_no_answer_repeats_what_was_asked_and_none_is_a_page() {
        const ServerBench bench;
        for (const char* path :
             {"/<script>alert(1)</script>", "/api/v1/breakers/%3Cscript%3E", "/api/v1/events?%3Cscript%3E=1"}) {
            const peers::Answer answer = bench.get(path);
            QVERIFY2(answer.status >= 400 && answer.body.find("script") == std::string::npos, answer.body.c_str());
        }
        for (const peers::Answer& answer : {bench.get("/nothing"), bench.ask(about(bench)), bench.get("/healthz", ""),
                                            bench.ask("GET / HTTP/9.9\r\n\r\n"), bench.ask("x\r\n\r\n")}) {
            QCOMPARE(answer.header("X-Content-Type-Options"), std::string("nosniff"));
            QCOMPARE(answer.header("Content-Security-Policy"),
                     std::string("default-src 'none'; frame-ancestors 'none'"));
            QCOMPARE(answer.header("Cache-Control"), std::string("no-store"));
        }
        QCOMPARE(codeOf(bench.get("/nothing")), std::string("not_found"));
    }

    void a29_there_is_no_back_door() {
        const ServerBench bench;
        for (const char* path : {"/debug", "/quit", "/env", "/heapdump", "/actuator", "/quitquitquit", "/shutdown",
                                 "/api/v1/shutdown", "/api/v1/fetch?url=http://169.254.169.254/", "/metrics/x"}) {
            QVERIFY2(bench.get(path, kEve).status == 404, path);
        }
    }
};

FUSEBOX_TEST(AttacksRequestTest)
#include "attacks_request_test.moc"
