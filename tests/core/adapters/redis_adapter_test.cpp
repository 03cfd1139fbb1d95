// Redis's protocol against scripted servers on loopback.
#include "timed_call.h"

#include <fusebox/adapters/redis_adapter.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/scripted_peer.h>
#include <fusebox/support/test_case.h>

#include <latch>

using namespace fusebox;
using namespace fusebox::adapters;
using domain::CodeSystem;
using support::FullPeer;
using support::PeerConnection;
using support::ScriptedPeer;

namespace {

const base::SteadyClock kClock;
const std::string kPing = "*1\r\n$4\r\nPING\r\n";

RedisSettings to(std::uint16_t port, CallLimits limits = limitsOf(8000, 10'000)) {
    RedisSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.limits = limits;
    return settings;
}

std::unique_ptr<DataAdapter> made(RedisSettings settings) {
    return RedisAdapter::create(std::move(settings), kClock).value();
}

// Answers every PING alike.
ScriptedPeer::Talk always(std::string bytes) {
    return [bytes = std::move(bytes)](PeerConnection& peer) {
        while (!peer.readUntil(kPing).empty()) peer.write(bytes);
    };
}

}  // namespace

class RedisAdapterTest : public QObject {
    Q_OBJECT

private slots:
    void a_ping_keeps_its_connection_for_the_next();
    void a_connection_that_the_server_closed_meanwhile_is_replaced();
    void after_a_timeout_no_kept_connection_is_trusted();
    void user_and_password_come_first();
    void error_replies_carry_their_first_word_data();
    void error_replies_carry_their_first_word();
    void any_kind_of_reply_can_be_expected_data();
    void any_kind_of_reply_can_be_expected();
    void an_unexpected_reply_is_told();
    void a_peer_that_is_no_redis_is_told();
    void huge_replies_are_refused_without_cost_data();
    void huge_replies_are_refused_without_cost();
    void refused_closed_and_reset_connections_are_told_apart();
    void hanging_and_dripping_servers_end_by_their_timeout();
    void a_stop_request_ends_the_call_soon();
    void the_password_stays_out_of_errors();
    void wrong_settings_are_refused();
};

void RedisAdapterTest::a_ping_keeps_its_connection_for_the_next() {
    const ScriptedPeer peer(always("+PONG\r\n"));
    const auto adapter = made(to(peer.port()));
    const auto first = adapter->call({});
    QVERIFY(first.has_value());
    QCOMPARE(text(first->summary), "PONG");
    QVERIFY(!first->reusedConnection);
    QVERIFY(adapter->call({})->reusedConnection);
    QCOMPARE(peer.connections(), 1);
    adapter->resetConnections();
    QVERIFY(!adapter->call({})->reusedConnection);
    QCOMPARE(peer.connections(), 2);
}

void RedisAdapterTest::a_connection_that_the_server_closed_meanwhile_is_replaced() {
    std::atomic<int> closed{0};
    const ScriptedPeer peer([&](PeerConnection& connection) {
        connection.readUntil(kPing);
        connection.write("+PONG\r\n");
        connection.reset();
        ++closed;
    });
    const auto adapter = made(to(peer.port()));
    for (int i = 1; i <= 3; ++i) {
        const auto result = adapter->call({});
        QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
        QTRY_COMPARE(closed, i);
    }
}

void RedisAdapterTest::after_a_timeout_no_kept_connection_is_trusted() {
    std::latch both(2);
    std::atomic<int> asked{0};
    const ScriptedPeer peer([&](PeerConnection& connection) {
        connection.readUntil(kPing);
        if (++asked <= 2) both.arrive_and_wait();
        connection.write("+PONG\r\n");
        connection.hang();
    });
    RedisSettings settings = to(peer.port());
    settings.limits = limitsOf(1500, 1500);
    const auto adapter = made(settings);
    auto other = std::async(std::launch::async, [&] { return adapter->call({}); });
    QVERIFY(adapter->call({}).has_value());
    QVERIFY(other.get().has_value());
    COMPARE_ERROR(adapter->call({}), "CallTimeout", CodeSystem::posix, "ETIMEDOUT");
    QVERIFY(adapter->call({}).has_value());
    QCOMPARE(peer.connections(), 3);
}

void RedisAdapterTest::user_and_password_come_first() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        const std::string login = connection.readUntil("hunter2\r\n");
        connection.write(login == "*3\r\n$4\r\nAUTH\r\n$3\r\nann\r\n$7\r\nhunter2\r\n" ? "+OK\r\n" : "-ERR what\r\n");
        connection.readUntil(kPing);
        connection.write("+PONG\r\n");
    });
    RedisSettings settings = to(peer.port());
    settings.user = "ann";
    settings.password = "hunter2";
    const auto result = made(settings)->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
}

void RedisAdapterTest::error_replies_carry_their_first_word_data() {
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("noauth") << QByteArray("NOAUTH Authentication required.") << QByteArray("AuthenticationFailed")
                            << QByteArray("NOAUTH");
    QTest::newRow("loading") << QByteArray("LOADING Redis is loading the dataset in memory") << QByteArray("RedisError")
                             << QByteArray("LOADING");
    QTest::newRow("readonly") << QByteArray("READONLY You can't write against a read only replica.")
                              << QByteArray("RedisError") << QByteArray("READONLY");
    QTest::newRow("oom") << QByteArray("OOM command not allowed when used memory > 'maxmemory'.")
                         << QByteArray("RedisError") << QByteArray("OOM");
    QTest::newRow("moved") << QByteArray("MOVED 3999 127.0.0.1:6381") << QByteArray("RedisError")
                           << QByteArray("MOVED");
}

void RedisAdapterTest::error_replies_carry_their_first_word() {
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, code);
    const ScriptedPeer peer(always("-" + reply.toStdString() + "\r\n"));
    const auto result = made(to(peer.port()))->call({});
    COMPARE_ERROR(result, type.toStdString(), CodeSystem::redis, code.toStdString());
    QCOMPARE(text(result.error().message), QString(reply));
}

void RedisAdapterTest::any_kind_of_reply_can_be_expected_data() {
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("status") << QByteArray("+PONG\r\n") << QByteArray("PONG");
    QTest::newRow("text") << QByteArray("$5\r\nhello\r\n") << QByteArray("hello");
    QTest::newRow("integer") << QByteArray(":42\r\n") << QByteArray("42");
    QTest::newRow("nil") << QByteArray("$-1\r\n") << QByteArray("(nil)");
    QTest::newRow("array") << QByteArray("*3\r\n:1\r\n$1\r\na\r\n*1\r\n+b\r\n") << QByteArray("(4 elements)");
}

void RedisAdapterTest::any_kind_of_reply_can_be_expected() {
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, expected);
    const ScriptedPeer peer(always(reply.toStdString()));
    RedisSettings settings = to(peer.port());
    settings.expectedReply = expected.toStdString();
    const auto result = made(settings)->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
}

void RedisAdapterTest::an_unexpected_reply_is_told() {
    const ScriptedPeer peer(always("+NOPE\r\n"));
    RedisSettings settings = to(peer.port());
    settings.expectedReply = "PONG";
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "UnexpectedAnswer", CodeSystem::none, "");
    QCOMPARE(text(result.error().message), "PING answered 'NOPE'; expected 'PONG'");
}

void RedisAdapterTest::a_peer_that_is_no_redis_is_told() {
    const ScriptedPeer peer(always("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const auto result = made(to(peer.port()))->call({});
    COMPARE_ERROR(result, "ProtocolError", CodeSystem::none, "");
    QVERIFY2(text(result.error().message).startsWith("the answer is no Redis protocol: "),
             result.error().message.c_str());
}

void RedisAdapterTest::huge_replies_are_refused_without_cost_data() {
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("text") << QByteArray("$100000000\r\n");
    QTest::newRow("array") << QByteArray("*2147483647\r\n$100000000\r\n");
    QTest::newRow("nested") << QByteArray("*2147483647\r\n*2147483647\r\n*2147483647\r\n$100000000\r\n");
}

void RedisAdapterTest::huge_replies_are_refused_without_cost() {
    QFETCH(QByteArray, start);
    const ScriptedPeer peer(always(start.toStdString() + std::string(3 << 20, 'x')));
    RedisSettings settings = to(peer.port());
    const auto result = made(settings)->call({});
    QVERIFY(!result.has_value());
    QVERIFY2(result.error().type == "AnswerTooLarge" || result.error().type == "ProtocolError",
             result.error().text().c_str());
}

void RedisAdapterTest::refused_closed_and_reset_connections_are_told_apart() {
    COMPARE_ERROR(made(to(support::freePort()))->call({}), "ConnectionRefused", CodeSystem::posix, "ECONNREFUSED");
    const ScriptedPeer closing([](PeerConnection& connection) { connection.readUntil(kPing); });
    COMPARE_ERROR(made(to(closing.port()))->call({}), "ConnectionClosed", CodeSystem::none, "");
    const ScriptedPeer resetting([](PeerConnection& connection) {
        connection.readUntil(kPing);
        connection.reset();
    });
    COMPARE_ERROR(made(to(resetting.port()))->call({}), "ConnectionReset", CodeSystem::posix, "ECONNRESET");
}

void RedisAdapterTest::hanging_and_dripping_servers_end_by_their_timeout() {
    const FullPeer full;
    const auto unconnected = timedCall(*made(to(full.port(), limitsOf(300, 400))));
    COMPARE_ERROR(unconnected.result, "ConnectTimeout", CodeSystem::posix, "ETIMEDOUT");
    VERIFY_BETWEEN(unconnected, 300, 2000);
    for (const bool drips : {false, true}) {
        const ScriptedPeer peer([&](PeerConnection& connection) { drips ? connection.drip("+") : connection.hang(); });
        const auto call = timedCall(*made(to(peer.port(), limitsOf(300, 400))));
        COMPARE_ERROR(call.result, "CallTimeout", CodeSystem::posix, "ETIMEDOUT");
        VERIFY_BETWEEN(call, 400, 2000);
    }
}

void RedisAdapterTest::a_stop_request_ends_the_call_soon() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.hang(); });
    RedisSettings settings = to(peer.port());
    settings.limits = limitsOf(30'000, 30'000);
    const auto adapter = made(settings);
    const auto call = stoppedCall(*adapter, [&] { return peer.connections() == 1; });
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void RedisAdapterTest::the_password_stays_out_of_errors() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        connection.readUntil("hunter2\r\n");
        connection.write("-WRONGPASS hunter2 is no password\r\n");
    });
    RedisSettings settings = to(peer.port());
    settings.password = "hunter2";
    const auto adapter = made(settings);
    const auto result = adapter->call({});
    COMPARE_ERROR(result, "AuthenticationFailed", CodeSystem::redis, "WRONGPASS");
    QCOMPARE(text(result.error().message), "WRONGPASS *** is no password");
    QVERIFY(!text(adapter->target()).contains("hunter2"));
}

void RedisAdapterTest::wrong_settings_are_refused() {
    const auto whereOf = [](const RedisSettings& settings) {
        const auto result = RedisAdapter::create(settings, kClock);
        return result ? QString("accepted") : text(result.error().where);
    };
    RedisSettings settings = to(1);
    settings.command.clear();
    QCOMPARE(whereOf(settings), "command");
    settings = to(1);
    settings.user = "ann";
    QCOMPARE(whereOf(settings), "user");
    settings = to(0);
    QCOMPARE(whereOf(settings), "port");
}

FUSEBOX_TEST(RedisAdapterTest)
#include "redis_adapter_test.moc"
