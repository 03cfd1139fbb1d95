// HTTP against scripted servers on loopback: statuses, bodies, deadlines, reuse, secrets.
#include "timed_call.h"

#include <fusebox/adapters/http_adapter.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/scripted_peer.h>
#include <fusebox/support/test_case.h>

#include <mutex>

using namespace fusebox;
using namespace fusebox::adapters;
using domain::CodeSystem;
using support::FullPeer;
using support::PeerConnection;
using support::ScriptedPeer;
using namespace std::string_literals;

namespace {

const base::SteadyClock kClock;

std::string answer(const std::string& status, const std::string& body, const std::string& headers = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
           body;
}

// Answers every request of a connection alike.
ScriptedPeer::Talk always(std::string bytes) {
    return [bytes = std::move(bytes)](PeerConnection& peer) {
        while (!peer.readUntil("\r\n\r\n").empty()) peer.write(bytes);
    };
}

HttpSettings to(std::uint16_t port, const std::string& path = "/") {
    HttpSettings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(port) + path;
    settings.limits = limitsOf(8000, 10'000);
    return settings;
}

std::unique_ptr<DataAdapter> made(HttpSettings settings) {
    return HttpAdapter::create(std::move(settings), kClock).value();
}

}  // namespace

class HttpAdapterTest : public QObject {
    Q_OBJECT

private slots:
    void a_good_answer_keeps_its_connection_for_the_next_call();
    void reset_drops_the_kept_connections();
    void a_connection_that_the_server_closed_meanwhile_is_not_an_error();
    void an_unwanted_status_carries_reason_body_and_retry_after();
    void the_status_may_be_expected_to_be_any();
    void a_redirect_is_an_answer_and_is_not_followed();
    void redirects_are_followed_when_allowed();
    void a_body_without_the_wanted_words_is_a_failure();
    void method_headers_body_and_login_are_sent();
    void a_refused_connection_names_errno_as_its_cause();
    void a_name_is_looked_up_in_the_hosts_file();
    void a_server_that_speaks_no_tls_is_a_tls_failure();
    void a_connection_closed_without_an_answer_is_told();
    void a_server_that_never_accepts_ends_by_the_connect_timeout();
    void a_server_that_never_answers_ends_by_the_total_timeout();
    void dripping_headers_and_bodies_end_by_the_total_timeout_data();
    void dripping_headers_and_bodies_end_by_the_total_timeout();
    void a_stop_request_ends_the_call_soon();
    void a_large_body_is_read_up_to_its_limit();
    void a_megabyte_of_error_and_bytes_that_are_no_text_are_tamed();
    void secrets_stay_out_of_target_and_errors();
    void wrong_settings_are_refused_with_what_is_allowed_data();
    void wrong_settings_are_refused_with_what_is_allowed();
    void many_threads_may_call_at_once();
};

void HttpAdapterTest::a_good_answer_keeps_its_connection_for_the_next_call() {
    const ScriptedPeer peer(always(answer("200 OK", "fine")));
    const auto adapter = made(to(peer.port(), "/health"));
    const auto first = adapter->call({});
    QVERIFY(first.has_value());
    QCOMPARE(text(first->summary), "200 OK");
    QCOMPARE(first->bytes, 4U);
    QVERIFY(!first->reusedConnection);
    const auto second = adapter->call({});
    QVERIFY(second.has_value());
    QVERIFY(second->reusedConnection);
    QCOMPARE(peer.connections(), 1);
    QCOMPARE(text(adapter->target()), QString("http://127.0.0.1:%1/health").arg(peer.port()));
}

void HttpAdapterTest::reset_drops_the_kept_connections() {
    const ScriptedPeer peer(always(answer("200 OK", "fine")));
    const auto adapter = made(to(peer.port()));
    QVERIFY(adapter->call({}).has_value());
    adapter->resetConnections();
    const auto second = adapter->call({});
    QVERIFY(second.has_value());
    QVERIFY(!second->reusedConnection);
    QCOMPARE(peer.connections(), 2);
}

void HttpAdapterTest::a_connection_that_the_server_closed_meanwhile_is_not_an_error() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        connection.readUntil("\r\n\r\n");
        connection.write(answer("200 OK", "fine"));
    });
    const auto adapter = made(to(peer.port()));
    for (int i = 0; i < 5; ++i) {
        const auto result = adapter->call({});
        QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
    }
}

void HttpAdapterTest::an_unwanted_status_carries_reason_body_and_retry_after() {
    const ScriptedPeer peer(always(answer("503 Service Unavailable", "all workers busy\n", "Retry-After: 7\r\n")));
    const auto result = made(to(peer.port()))->call({});
    COMPARE_ERROR(result, "HttpError", CodeSystem::http, "503");
    QCOMPARE(text(result.error().message), "503 Service Unavailable: all workers busy");
    QVERIFY(result.error().retryAfter == std::chrono::seconds(7));
    QCOMPARE(text(result.error().context.component), "http");
    QCOMPARE(text(result.error().context.operation), QString("GET http://127.0.0.1:%1/").arg(peer.port()));
}

void HttpAdapterTest::the_status_may_be_expected_to_be_any() {
    const ScriptedPeer peer(always(answer("404 Not Found", "")));
    HttpSettings settings = to(peer.port());
    settings.expectedStatus = {{200, 204}, {404, 404}};
    QVERIFY(made(settings)->call({}).has_value());
}

void HttpAdapterTest::a_redirect_is_an_answer_and_is_not_followed() {
    const ScriptedPeer peer(always(answer("302 Found", "", "Location: http://example.invalid/login?token=abc\r\n")));
    const auto result = made(to(peer.port()))->call({});
    COMPARE_ERROR(result, "UnexpectedStatus", CodeSystem::http, "302");
    QCOMPARE(text(result.error().message), "302 Found (expected 200-299) to http://example.invalid/login");
}

void HttpAdapterTest::redirects_are_followed_when_allowed() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        for (std::string head; !(head = connection.readUntil("\r\n\r\n")).empty();) {
            const bool isTarget = head.starts_with("GET /there ");
            connection.write(isTarget ? answer("200 OK", "here I am")
                                      : answer("302 Found", "", "Location: /there\r\n"));
        }
    });
    HttpSettings settings = to(peer.port());
    settings.mostRedirects = 1;
    settings.bodyContains = "here I am";
    QVERIFY(made(settings)->call({}).has_value());
}

void HttpAdapterTest::a_body_without_the_wanted_words_is_a_failure() {
    const ScriptedPeer peer(always(answer("200 OK", "status: degraded")));
    HttpSettings settings = to(peer.port());
    settings.bodyContains = "ok";
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "BodyMismatch", CodeSystem::http, "200");
    QCOMPARE(text(result.error().message), "body does not contain 'ok'; it begins: status: degraded");
}

void HttpAdapterTest::method_headers_body_and_login_are_sent() {
    std::mutex mutex;
    std::string head;
    std::string body;
    const ScriptedPeer peer([&](PeerConnection& connection) {
        const std::string heardHead = connection.readUntil("\r\n\r\n");
        const std::string heardBody = connection.readUntil("}");
        connection.write(answer("201 Created", ""));
        const std::scoped_lock lock(mutex);
        head = heardHead;
        body = heardBody;
    });
    HttpSettings settings = to(peer.port(), "/orders?dry=1");
    settings.method = "PUT";
    settings.body = R"({"id":1})";
    settings.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
    settings.user = "ann";
    settings.password = "secret";
    QVERIFY(made(settings)->call({}).has_value());
    QTRY_VERIFY(([&] {
        const std::scoped_lock lock(mutex);
        return !head.empty();
    })());
    const std::scoped_lock lock(mutex);
    QVERIFY2(text(head).startsWith("PUT /orders?dry=1 HTTP/1.1\r\n"), head.c_str());
    QVERIFY2(text(head).contains("Authorization: Basic YW5uOnNlY3JldA==\r\n"), head.c_str());
    QVERIFY2(text(head).contains("Content-Type: application/json\r\n"), head.c_str());
    QVERIFY2(text(head).contains("X-Empty:\r\n"), head.c_str());
    QCOMPARE(text(body), R"({"id":1})");
}

void HttpAdapterTest::a_refused_connection_names_errno_as_its_cause() {
    const auto result = made(to(support::freePort()))->call({});
    COMPARE_ERROR(result, "ConnectionRefused", CodeSystem::curl, "7");
    QVERIFY(result.error().cause != nullptr);
    QCOMPARE(text(result.error().cause->code), "ECONNREFUSED");
}

void HttpAdapterTest::a_name_is_looked_up_in_the_hosts_file() {
    const ScriptedPeer peer(always(answer("200 OK", "fine")));
    HttpSettings settings = to(peer.port());
    settings.url = "http://localhost:" + std::to_string(peer.port()) + "/";
    const auto result = made(settings)->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
}

void HttpAdapterTest::a_server_that_speaks_no_tls_is_a_tls_failure() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.write("220 ready\r\n"); });
    HttpSettings settings = to(peer.port());
    settings.url = "https://127.0.0.1:" + std::to_string(peer.port()) + "/";
    COMPARE_ERROR(made(settings)->call({}), "TlsFailed", CodeSystem::curl, "35");
}

void HttpAdapterTest::a_connection_closed_without_an_answer_is_told() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.readUntil("\r\n\r\n"); });
    COMPARE_ERROR(made(to(peer.port()))->call({}), "ConnectionClosed", CodeSystem::curl, "52");
}

void HttpAdapterTest::a_server_that_never_accepts_ends_by_the_connect_timeout() {
    const FullPeer peer;
    HttpSettings settings = to(peer.port());
    settings.limits = limitsOf(200, 3000);
    const auto call = timedCall(*made(settings));
    COMPARE_ERROR(call.result, "ConnectTimeout", CodeSystem::curl, "28");
    QVERIFY2(text(call.result.error().message).startsWith("connect timeout of 200 ms ended the call after "),
             call.result.error().message.c_str());
    VERIFY_BETWEEN(call, 190, 2000);
}

void HttpAdapterTest::a_server_that_never_answers_ends_by_the_total_timeout() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.hang(); });
    HttpSettings settings = to(peer.port());
    settings.limits = limitsOf(600, 600);
    const auto call = timedCall(*made(settings));
    COMPARE_ERROR(call.result, "CallTimeout", CodeSystem::curl, "28");
    QVERIFY2(text(call.result.error().message).startsWith("total timeout of 600 ms ended the call after "),
             call.result.error().message.c_str());
    VERIFY_BETWEEN(call, 590, 2500);
}

void HttpAdapterTest::dripping_headers_and_bodies_end_by_the_total_timeout_data() {
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("status line") << QByteArray("HTTP/1.1 ");
    QTest::newRow("header") << QByteArray("HTTP/1.1 200 OK\r\nX-Slow: ");
    QTest::newRow("body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
}

void HttpAdapterTest::dripping_headers_and_bodies_end_by_the_total_timeout() {
    QFETCH(QByteArray, start);
    const ScriptedPeer peer([&](PeerConnection& connection) {
        connection.readUntil("\r\n\r\n");
        connection.write(start.toStdString());
        connection.drip("2");
    });
    HttpSettings settings = to(peer.port());
    settings.limits = limitsOf(600, 600);
    const auto call = timedCall(*made(settings));
    COMPARE_ERROR(call.result, "CallTimeout", CodeSystem::curl, "28");
    VERIFY_BETWEEN(call, 590, 2500);
}

void HttpAdapterTest::a_stop_request_ends_the_call_soon() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.hang(); });
    HttpSettings settings = to(peer.port());
    settings.limits = limitsOf(30'000, 30'000);
    const auto adapter = made(settings);
    const auto call = stoppedCall(*adapter, [&] { return peer.connections() == 1; });
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void HttpAdapterTest::a_large_body_is_read_up_to_its_limit() {
    const ScriptedPeer peer(always(answer("200 OK", std::string(3 << 20, 'x') + "ok")));
    const auto result = made(to(peer.port()))->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
    QCOMPARE(result->bytes, 1U << 20);
    HttpSettings settings = to(peer.port());
    settings.bodyContains = "ok";
    const auto unmatched = made(settings)->call({});
    COMPARE_ERROR(unmatched, "BodyMismatch", CodeSystem::http, "200");
    QVERIFY(
        text(unmatched.error().message).startsWith("body does not contain 'ok' in its first 1 MiB; it begins: xxx"));
}

void HttpAdapterTest::a_megabyte_of_error_and_bytes_that_are_no_text_are_tamed() {
    std::string body;
    while (body.size() < 1'000'000) body += "\xff\xc3\x28 caf\xc3\xa9 \xed\xa0\x80 \0 \xf0\x9f\x98\x80"s;
    const ScriptedPeer peer(always(answer("500 Internal Server Error", body)));
    const auto result = made(to(peer.port()))->call({});
    COMPARE_ERROR(result, "HttpError", CodeSystem::http, "500");
    QVERIFY(result.error().message.size() <= 64 * 1024);
    QVERIFY(result.error().message.size() > 60 * 1024);
    QVERIFY(isValidUtf8(result.error().message));
}

void HttpAdapterTest::secrets_stay_out_of_target_and_errors() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        const std::string head = connection.readUntil("\r\n\r\n");
        connection.write(answer("401 Unauthorized", "you sent " + head));
    });
    HttpSettings settings = to(peer.port(), "/a?api_key=querysecret");
    settings.headers = {{"X-Key", "headersecret"}, {"Accept", "text/plain"}};
    settings.bearerToken = "tokensecret";
    const auto adapter = made(settings);
    const auto result = adapter->call({});
    COMPARE_ERROR(result, "HttpError", CodeSystem::http, "401");
    const QString whole = text(result.error().text() + result.error().context.operation + adapter->target());
    QVERIFY2(!whole.contains("headersecret") && !whole.contains("tokensecret"), qPrintable(whole));
    QVERIFY(whole.contains("X-Key: ***"));
    QVERIFY(whole.contains("Accept: text/plain"));
    QVERIFY(!text(adapter->target()).contains("querysecret"));
    QVERIFY(!whole.contains("querysecret"));
}

void HttpAdapterTest::wrong_settings_are_refused_with_what_is_allowed_data() {
    QTest::addColumn<std::function<void(HttpSettings&)>>("spoil");
    QTest::addColumn<QString>("where");
    using Spoil = std::function<void(HttpSettings&)>;
    QTest::newRow("no url") << Spoil([](HttpSettings& s) { s.url.clear(); }) << "url";
    QTest::newRow("scheme") << Spoil([](HttpSettings& s) { s.url = "ftp://127.0.0.1/"; }) << "url";
    QTest::newRow("file") << Spoil([](HttpSettings& s) { s.url = "file:///etc/passwd"; }) << "url";
    QTest::newRow("user in url") << Spoil([](HttpSettings& s) { s.url = "http://u:p@127.0.0.1/"; }) << "url";
    QTest::newRow("port") << Spoil([](HttpSettings& s) { s.url = "http://127.0.0.1:99999/"; }) << "url";
    QTest::newRow("newline") << Spoil([](HttpSettings& s) { s.url = "http://127.0.0.1/\r\nX: y"; }) << "url";
    QTest::newRow("method") << Spoil([](HttpSettings& s) { s.method = "GET /"; }) << "method";
    QTest::newRow("header name") << Spoil([](HttpSettings& s) { s.headers = {{"A b", "c"}}; }) << "headers";
    QTest::newRow("header value") << Spoil([](HttpSettings& s) { s.headers = {{"A", "b\r\nC: d"}}; }) << "headers";
    QTest::newRow("no status") << Spoil([](HttpSettings& s) { s.expectedStatus.clear(); }) << "expected_status";
    QTest::newRow("status") << Spoil([](HttpSettings& s) { s.expectedStatus = {{299, 200}}; }) << "expected_status";
    QTest::newRow("ca file") << Spoil([](HttpSettings& s) { s.caFile = "/no/such/file"; }) << "ca_file";
    QTest::newRow("connect") << Spoil([](HttpSettings& s) { s.limits = limitsOf(0, 1); }) << "connect_timeout";
    QTest::newRow("total") << Spoil([](HttpSettings& s) { s.limits = limitsOf(1, -5); }) << "total_timeout";
}

void HttpAdapterTest::wrong_settings_are_refused_with_what_is_allowed() {
    QFETCH(std::function<void(HttpSettings&)>, spoil);
    QFETCH(QString, where);
    HttpSettings settings = to(80);
    spoil(settings);
    const auto result = HttpAdapter::create(settings, kClock);
    QVERIFY(!result.has_value());
    QCOMPARE(text(result.error().where), where);
    QVERIFY(text(result.error().what).startsWith(where + " "));
    QVERIFY(!text(result.error().text()).contains("u:p"));
}

void HttpAdapterTest::many_threads_may_call_at_once() {
    const ScriptedPeer peer(always(answer("200 OK", "fine")));
    const auto adapter = made(to(peer.port()));
    std::atomic<int> good{0};
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 8; ++i) {
            callers.emplace_back([&] {
                for (int n = 0; n < 20; ++n) good += adapter->call({}).has_value() ? 1 : 0;
            });
        }
        adapter->resetConnections();
    }
    QCOMPARE(good, 160);
}

FUSEBOX_TEST(HttpAdapterTest)
#include "http_adapter_test.moc"
