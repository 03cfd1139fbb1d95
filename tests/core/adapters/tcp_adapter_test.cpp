// TCP against scripted servers on loopback.
#include "timed_call.h"

#include <fusebox/adapters/tcp_adapter.h>
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

TcpSettings to(std::uint16_t port, CallLimits limits = limitsOf(8000, 10'000)) {
    return {"127.0.0.1", port, {}, {}, limits};
}

std::unique_ptr<DataAdapter> made(TcpSettings settings) {
    return TcpAdapter::create(std::move(settings), kClock).value();
}

}  // namespace

class TcpAdapterTest : public QObject {
    Q_OBJECT

private slots:
    void connecting_is_enough_when_no_banner_is_asked_for();
    void the_banner_may_come_in_pieces();
    void a_line_is_said_before_the_banner_is_awaited();
    void a_wrong_banner_says_what_was_heard_instead();
    void a_refused_connection_is_named_by_errno();
    void a_reset_is_named_by_errno();
    void a_server_that_never_accepts_ends_by_the_connect_timeout();
    void a_silent_or_dripping_server_ends_by_the_total_timeout();
    void the_shorter_of_both_timeouts_is_named();
    void a_stop_request_ends_the_call_soon();
    void a_stop_request_before_the_call_is_heard();
    void a_babbling_server_is_heard_up_to_a_limit();
    void wrong_settings_are_refused();
};

void TcpAdapterTest::connecting_is_enough_when_no_banner_is_asked_for() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.hang(); });
    const auto adapter = made(to(peer.port()));
    const auto result = adapter->call({});
    QVERIFY(result.has_value());
    QCOMPARE(text(result->summary), QString("connected to 127.0.0.1:%1").arg(peer.port()));
    QCOMPARE(text(adapter->target()), QString("tcp://127.0.0.1:%1").arg(peer.port()));
    TcpSettings byName = to(peer.port());
    byName.host = "localhost";
    QVERIFY(made(byName)->call({}).has_value());
}

void TcpAdapterTest::the_banner_may_come_in_pieces() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.drip("220 mail ready\r\n"); });
    TcpSettings settings = to(peer.port());
    settings.banner = "mail ready";
    const auto result = made(settings)->call({});
    QVERIFY(result.has_value());
    QCOMPARE(text(result->summary), "220 mail ready");
}

void TcpAdapterTest::a_line_is_said_before_the_banner_is_awaited() {
    const ScriptedPeer peer(
        [](PeerConnection& connection) { connection.write("you said " + connection.readUntil("\r\n")); });
    TcpSettings settings = to(peer.port());
    settings.sendLine = "version";
    settings.banner = "you said version";
    QVERIFY(made(settings)->call({}).has_value());
}

void TcpAdapterTest::a_wrong_banner_says_what_was_heard_instead() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.write("554 go away\r\n"); });
    TcpSettings settings = to(peer.port());
    settings.banner = "220";
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "UnexpectedAnswer", CodeSystem::none, "");
    QCOMPARE(text(result.error().message),
             QString("127.0.0.1:%1 did not say '220' (before it closed); it said: 554 go away").arg(peer.port()));
}

void TcpAdapterTest::a_refused_connection_is_named_by_errno() {
    const std::uint16_t port = support::freePort();
    const auto result = made(to(port))->call({});
    COMPARE_ERROR(result, "ConnectionRefused", CodeSystem::posix, "ECONNREFUSED");
    QCOMPARE(text(result.error().message), QString("connecting to 127.0.0.1:%1: Connection refused").arg(port));
    QCOMPARE(text(result.error().context.component), "tcp");
}

void TcpAdapterTest::a_reset_is_named_by_errno() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.reset(); });
    TcpSettings settings = to(peer.port());
    settings.banner = "220";
    COMPARE_ERROR(made(settings)->call({}), "ConnectionReset", CodeSystem::posix, "ECONNRESET");
}

void TcpAdapterTest::a_server_that_never_accepts_ends_by_the_connect_timeout() {
    const FullPeer peer;
    const auto call = timedCall(*made(to(peer.port(), limitsOf(300, 400))));
    COMPARE_ERROR(call.result, "ConnectTimeout", CodeSystem::posix, "ETIMEDOUT");
    VERIFY_BETWEEN(call, 300, 2000);
}

void TcpAdapterTest::a_silent_or_dripping_server_ends_by_the_total_timeout() {
    for (const bool drips : {false, true}) {
        const ScriptedPeer peer([&](PeerConnection& connection) { drips ? connection.drip("x") : connection.hang(); });
        TcpSettings settings = to(peer.port(), limitsOf(300, 400));
        settings.banner = "220";
        const auto call = timedCall(*made(settings));
        COMPARE_ERROR(call.result, "CallTimeout", CodeSystem::posix, "ETIMEDOUT");
        VERIFY_BETWEEN(call, 400, 2000);
    }
}

void TcpAdapterTest::the_shorter_of_both_timeouts_is_named() {
    const FullPeer peer;
    TcpSettings settings = to(peer.port());
    settings.limits = limitsOf(5000, 100);
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "ConnectTimeout", CodeSystem::posix, "ETIMEDOUT");
    QVERIFY2(text(result.error().message).startsWith("total timeout of 100 ms ended the call after "),
             result.error().message.c_str());
}

void TcpAdapterTest::a_stop_request_ends_the_call_soon() {
    const ScriptedPeer peer([](PeerConnection& connection) { connection.drip("x"); });
    TcpSettings settings = to(peer.port());
    settings.banner = "220";
    settings.limits = limitsOf(30'000, 30'000);
    const auto adapter = made(settings);
    const auto call = stoppedCall(*adapter, [&] { return peer.connections() == 1; });
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void TcpAdapterTest::a_stop_request_before_the_call_is_heard() {
    const FullPeer peer;
    std::stop_source source;
    source.request_stop();
    const auto call = timedCall(*made(to(peer.port())), source.get_token());
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void TcpAdapterTest::a_babbling_server_is_heard_up_to_a_limit() {
    const ScriptedPeer peer([](PeerConnection& connection) {
        connection.write(std::string(1 << 20, '\xfe'));
        connection.hang();
    });
    TcpSettings settings = to(peer.port());
    settings.banner = "220";
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "UnexpectedAnswer", CodeSystem::none, "");
    QVERIFY(result.error().message.size() <= 64 * 1024);
    QVERIFY(isValidUtf8(result.error().message));
}

void TcpAdapterTest::wrong_settings_are_refused() {
    const auto whereOf = [](const TcpSettings& settings) {
        const auto result = TcpAdapter::create(settings, kClock);
        return result ? QString("accepted") : text(result.error().where);
    };
    TcpSettings settings = to(80);
    QCOMPARE(whereOf(settings), "accepted");
    settings.port = 0;
    QCOMPARE(whereOf(settings), "port");
    settings = to(80);
    for (const char* host : {"", "a b", "a/b", "line\nbreak", "caf\xc3\xa9"}) {
        settings.host = host;
        QCOMPARE(whereOf(settings), "host");
    }
    settings = to(80);
    settings.sendLine = "two\nlines";
    QCOMPARE(whereOf(settings), "send_line");
    settings = to(80);
    settings.limits = limitsOf(1, 4'000'000);
    QCOMPARE(whereOf(settings), "total_timeout");
}

FUSEBOX_TEST(TcpAdapterTest)
#include "tcp_adapter_test.moc"
