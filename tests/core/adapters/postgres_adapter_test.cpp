// PostgreSQL where no server is needed: settings, peers that refuse, hang, drip or speak something else, libpq's texts.
#include "timed_call.h"

#include <fusebox/adapters/postgres_adapter.h>
#include <fusebox/adapters/postgres_failure.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/scripted_peer.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::adapters;
using domain::CodeSystem;
using support::FullPeer;
using support::PeerConnection;
using support::ScriptedPeer;

namespace {

const base::SteadyClock kClock;

PostgresSettings to(std::uint16_t port, CallLimits limits = limitsOf(8000, 10'000)) {
    PostgresSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.database = "orders";
    settings.user = "ann";
    settings.password = "hunter2";
    settings.tlsMode = "disable";
    settings.limits = limits;
    return settings;
}

std::unique_ptr<DataAdapter> made(PostgresSettings settings) {
    return PostgresAdapter::create(std::move(settings), kClock).value();
}

// What a server says to a login that needs no password: AuthenticationOk, BackendKeyData, ReadyForQuery.
const std::string kWelcome("R\0\0\0\x08\0\0\0\0K\0\0\0\x0c\0\0\0\1\0\0\0\2Z\0\0\0\5I", 28);
// One column, one row, "SELECT 1", ReadyForQuery.
const std::string kOneRow(
    "T\0\0\0\x1a\0\1n\0\0\0\0\0\0\0\0\0\0\x17\0\4\xff\xff\xff\xff\0\0"
    "D\0\0\0\x0b\0\1\0\0\0\1"
    "1C\0\0\0\x0dSELECT 1\0Z\0\0\0\5I",
    59);

}  // namespace

class PostgresAdapterTest : public QObject {
    Q_OBJECT

private slots:
    void a_query_keeps_its_connection_for_the_next();
    void refused_and_closed_connections_are_told_apart();
    void a_missing_unix_socket_is_named_by_errno();
    void a_server_that_never_accepts_or_never_welcomes_ends_by_the_connect_timeout();
    void a_server_that_never_answers_the_query_ends_by_the_total_timeout();
    void a_stop_request_ends_the_call_soon();
    void a_peer_that_is_no_postgres_is_told();
    void sqlstates_are_found_in_the_texts_of_a_login();
    void target_and_errors_hold_no_password();
    void wrong_settings_are_refused();
};

void PostgresAdapterTest::a_query_keeps_its_connection_for_the_next() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        connection.readUntil("ann");
        connection.write(kWelcome);
        while (!connection.readUntil("SELECT 1").empty()) connection.write(kOneRow);
    });
    const auto adapter = made(to(peer.port()));
    const auto first = adapter->call({});
    QVERIFY2(first.has_value(), first ? "" : first.error().text().c_str());
    QCOMPARE(text(first->summary), "1 row");
    QVERIFY(adapter->call({})->reusedConnection);
    adapter->resetConnections();
    QVERIFY(!adapter->call({})->reusedConnection);
    QCOMPARE(peer.connections(), 2);
}

void PostgresAdapterTest::refused_and_closed_connections_are_told_apart() {
    COMPARE_ERROR(made(to(support::freePort()))->call({}), "ConnectionRefused", CodeSystem::posix, "ECONNREFUSED");
    const ScriptedPeer peer([](PeerConnection& connection) { connection.readUntil("orders"); });
    COMPARE_ERROR(made(to(peer.port()))->call({}), "ConnectionClosed", CodeSystem::none, "");
}

void PostgresAdapterTest::a_missing_unix_socket_is_named_by_errno() {
    PostgresSettings settings = to(5432);
    settings.host = "/no/such/folder";
    COMPARE_ERROR(made(settings)->call({}), "NotFound", CodeSystem::posix, "ENOENT");
}

void PostgresAdapterTest::a_server_that_never_accepts_or_never_welcomes_ends_by_the_connect_timeout() {
    const FullPeer full;
    const auto unconnected = timedCall(*made(to(full.port(), limitsOf(300, 400))));
    COMPARE_ERROR(unconnected.result, "ConnectTimeout", CodeSystem::posix, "ETIMEDOUT");
    VERIFY_BETWEEN(unconnected, 300, 2000);
    for (const bool drips : {false, true}) {
        const ScriptedPeer peer([&](PeerConnection& connection) {
            // An error message of a kilobyte, byte by byte.
            if (drips) {
                connection.write(std::string("E\0\0\4\0", 5));
                connection.drip("M");
            } else {
                connection.hang();
            }
        });
        const auto call = timedCall(*made(to(peer.port(), limitsOf(300, 400))));
        COMPARE_ERROR(call.result, "ConnectTimeout", CodeSystem::posix, "ETIMEDOUT");
        QVERIFY2(text(call.result.error().message).contains("waiting for the server to accept the login"),
                 call.result.error().message.c_str());
        VERIFY_BETWEEN(call, 300, 2000);
    }
}

void PostgresAdapterTest::a_server_that_never_answers_the_query_ends_by_the_total_timeout() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        connection.readUntil("ann");
        connection.write(kWelcome);
        connection.hang();
    });
    const auto call = timedCall(*made(to(peer.port(), limitsOf(1000, 1000))));
    COMPARE_ERROR(call.result, "CallTimeout", CodeSystem::posix, "ETIMEDOUT");
    VERIFY_BETWEEN(call, 1000, 2600);
}

void PostgresAdapterTest::a_stop_request_ends_the_call_soon() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.hang(); });
    PostgresSettings settings = to(peer.port());
    settings.limits = limitsOf(30'000, 30'000);
    const auto adapter = made(settings);
    const auto call = stoppedCall(*adapter, [&] { return peer.connections() == 1; });
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void PostgresAdapterTest::a_peer_that_is_no_postgres_is_told() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.hang();
    });
    const auto result = made(to(peer.port()))->call({});
    COMPARE_ERROR(result, "ConnectionFailed", CodeSystem::none, "");
    QVERIFY2(text(result.error().message).contains("expected authentication request"), result.error().message.c_str());
}

void PostgresAdapterTest::sqlstates_are_found_in_the_texts_of_a_login() {
    const auto error = postgresLinkFailure(
        "connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  28P01: password authentication failed for "
        "user "
        "\"ann\"\nLOCATION:  auth_failed, auth.c:335\n");
    QCOMPARE(text(error.type), "AuthenticationFailed");
    QCOMPARE(text(error.code), "28P01");
    QCOMPARE(text(error.message),
             "connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  password authentication failed for user "
             "\"ann\"");
    const auto twice =
        postgresLinkFailure("to x failed: FATAL:  28000: no entry\nto x failed: FATAL:  28000: no entry\n");
    QCOMPARE(text(twice.text()), "AuthenticationFailed: to x failed: FATAL:  no entry [sqlstate 28000]");
    QCOMPARE(text(postgresLinkFailure("SSL SYSCALL error: EOF detected\n").type), "ConnectionClosed");
    QCOMPARE(text(postgresLinkFailure("FATAL:  57P03: the database system is starting up\n").type), "ServerStarting");
    QCOMPARE(text(postgresLinkFailure("server does not support SSL, but SSL was required\n").type), "TlsFailed");
    QCOMPARE(text(postgresLinkFailure("could not send data to server: Broken pipe\n").code), "EPIPE");
    QCOMPARE(text(postgresLinkFailure("").type), "ConnectionFailed");
}

void PostgresAdapterTest::target_and_errors_hold_no_password() {
    const auto adapter = made(to(support::freePort()));
    QVERIFY(text(adapter->target()).startsWith("postgres://ann@127.0.0.1:"));
    const auto result = adapter->call({});
    QVERIFY(!text(adapter->target() + result.error().text() + result.error().context.operation).contains("hunter2"));
}

void PostgresAdapterTest::wrong_settings_are_refused() {
    const auto whereOf = [](const PostgresSettings& settings) {
        const auto result = PostgresAdapter::create(settings, kClock);
        return result ? QString("accepted") : text(result.error().where);
    };
    PostgresSettings settings = to(1);
    QCOMPARE(whereOf(settings), "accepted");
    settings.tlsMode = "sometimes";
    QCOMPARE(whereOf(settings), "tls_mode");
    settings = to(1);
    settings.host = "a,b";
    QCOMPARE(whereOf(settings), "host");
    settings = to(1);
    settings.database.clear();
    QCOMPARE(whereOf(settings), "database");
    settings = to(1);
    settings.user = "a\nb";
    QCOMPARE(whereOf(settings), "user");
}

FUSEBOX_TEST(PostgresAdapterTest)
#include "postgres_adapter_test.moc"
