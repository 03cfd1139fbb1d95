// The DNS against a scripted name server on loopback.
#include "timed_call.h"

#include <fusebox/adapters/dns_adapter.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/scripted_peer.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::adapters;
using domain::CodeSystem;
using support::ScriptedNameServer;

namespace {

const base::SteadyClock kClock;

// The query's question answered with this code and, if it is 0, with these records (RFC 1035, section 4.1).
std::string reply(const std::string& query, char code, const std::vector<std::string>& addresses = {}) {
    constexpr std::size_t kHead = 12;
    const std::size_t nameEnd = query.find('\0', kHead);
    const std::string question = query.substr(kHead, nameEnd + 5 - kHead);
    std::string answer = query.substr(0, 2);
    answer += std::string("\x81", 1) + static_cast<char>('\x80' | code);
    answer += std::string("\0\1\0", 3) + static_cast<char>(addresses.size()) + std::string("\0\0\0\0", 4) + question;
    for (const std::string& address : addresses) {
        const bool v4 = address.size() == 4;
        answer += std::string("\xc0\x0c\0", 3) + static_cast<char>(v4 ? 1 : 28) + std::string("\0\1\0\0\0\x3c\0", 7);
        answer += static_cast<char>(address.size()) + address;
    }
    return answer;
}

DnsSettings at(std::uint16_t port, CallLimits limits = limitsOf(8000, 10'000)) {
    DnsSettings settings;
    settings.name = "db.example.test";
    settings.server = "127.0.0.1";
    settings.serverPort = port;
    settings.limits = limits;
    return settings;
}

std::unique_ptr<DataAdapter> made(DnsSettings settings) {
    return DnsAdapter::create(std::move(settings), kClock).value();
}

const std::string kTen("\x0a\0\0\x07", 4);
const std::string kOther("\x0a\0\0\x08", 4);

}  // namespace

class DnsAdapterTest : public QObject {
    Q_OBJECT

private slots:
    void a_name_has_its_addresses();
    void an_aaaa_record_is_asked_for_as_such();
    void an_address_can_be_expected();
    void the_servers_word_is_the_code_data();
    void the_servers_word_is_the_code();
    void a_silent_server_ends_by_the_total_timeout();
    void a_lost_query_is_asked_again();
    void a_server_that_is_not_there_is_told();
    void a_stop_request_ends_the_call_soon();
    void wrong_settings_are_refused();
};

void DnsAdapterTest::a_name_has_its_addresses() {
    const ScriptedNameServer server([](const std::string& query) { return reply(query, 0, {kTen, kOther}); });
    const auto adapter = made(at(server.port()));
    const auto result = adapter->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
    QCOMPARE(text(result->summary), "10.0.0.7, 10.0.0.8");
    QCOMPARE(text(adapter->target()), QString("A db.example.test at 127.0.0.1:%1").arg(server.port()));
}

void DnsAdapterTest::an_aaaa_record_is_asked_for_as_such() {
    const ScriptedNameServer server([](const std::string& query) {
        const bool asksForAaaa = query.find(std::string("\0\x1c\0\1", 4)) != std::string::npos;
        return asksForAaaa ? reply(query, 0, {std::string(15, '\0') + "\1"}) : reply(query, 0);
    });
    DnsSettings settings = at(server.port());
    settings.record = DnsSettings::Record::aaaa;
    settings.expectedAddress = "0:0:0:0:0:0:0:1";
    const auto result = made(settings)->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
    QCOMPARE(text(result->summary), "::1");
}

void DnsAdapterTest::an_address_can_be_expected() {
    const ScriptedNameServer server([](const std::string& query) { return reply(query, 0, {kTen}); });
    DnsSettings settings = at(server.port());
    settings.expectedAddress = "10.0.0.7";
    QVERIFY(made(settings)->call({}).has_value());
    settings.expectedAddress = "10.0.0.9";
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "UnexpectedAnswer", CodeSystem::none, "");
    QCOMPARE(text(result.error().message), "db.example.test is 10.0.0.7; expected 10.0.0.9");
}

void DnsAdapterTest::the_servers_word_is_the_code_data() {
    QTest::addColumn<int>("answer");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("nodata") << 0 << QByteArray("NameNotFound") << QByteArray("NODATA");
    QTest::newRow("formerr") << 1 << QByteArray("NameServerFailed") << QByteArray("FORMERR");
    QTest::newRow("servfail") << 2 << QByteArray("NameServerFailed") << QByteArray("SERVFAIL");
    QTest::newRow("nxdomain") << 3 << QByteArray("NameNotFound") << QByteArray("NXDOMAIN");
    QTest::newRow("notimp") << 4 << QByteArray("NameServerFailed") << QByteArray("NOTIMP");
    QTest::newRow("refused") << 5 << QByteArray("NameServerRefused") << QByteArray("REFUSED");
}

void DnsAdapterTest::the_servers_word_is_the_code() {
    QFETCH(int, answer);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, code);
    const ScriptedNameServer server([&](const std::string& query) { return reply(query, static_cast<char>(answer)); });
    COMPARE_ERROR(made(at(server.port()))->call({}), type.toStdString(), CodeSystem::dns, code.toStdString());
}

void DnsAdapterTest::a_silent_server_ends_by_the_total_timeout() {
    const ScriptedNameServer server([](const std::string&) { return std::string(); });
    const auto call = timedCall(*made(at(server.port(), limitsOf(300, 400))));
    COMPARE_ERROR(call.result, "NameLookupTimeout", CodeSystem::dns, "TIMEOUT");
    VERIFY_BETWEEN(call, 200, 2000);
}

void DnsAdapterTest::a_lost_query_is_asked_again() {
    int asked = 0;
    const ScriptedNameServer server(
        [&](const std::string& query) { return ++asked == 1 ? std::string() : reply(query, 0, {kTen}); });
    const auto result = made(at(server.port(), limitsOf(2000, 2000)))->call({});
    QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
}

void DnsAdapterTest::a_server_that_is_not_there_is_told() {
    const auto call = timedCall(*made(at(support::freePort())));
    COMPARE_ERROR(call.result, "NameServerUnreachable", CodeSystem::dns, "CONNREFUSED");
    VERIFY_BETWEEN(call, 0, 2000);
}

void DnsAdapterTest::a_stop_request_ends_the_call_soon() {
    std::atomic<bool> asked = false;
    const ScriptedNameServer server([&](const std::string&) {
        asked = true;
        return std::string();
    });
    DnsSettings settings = at(server.port());
    settings.limits = limitsOf(30'000, 30'000);
    const auto adapter = made(settings);
    const auto call = stoppedCall(*adapter, [&] { return asked.load(); });
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void DnsAdapterTest::wrong_settings_are_refused() {
    const auto whereOf = [](const DnsSettings& settings) {
        const auto result = DnsAdapter::create(settings, kClock);
        return result ? QString("accepted") : text(result.error().where);
    };
    DnsSettings settings = at(53);
    QCOMPARE(whereOf(settings), "accepted");
    settings.name = "127.0.0.1";
    QCOMPARE(whereOf(settings), "name");
    settings = at(53);
    settings.server = "ns.example.test";
    QCOMPARE(whereOf(settings), "server");
    settings = at(53);
    settings.expectedAddress = "::1";
    QCOMPARE(whereOf(settings), "expected_address");
}

FUSEBOX_TEST(DnsAdapterTest)
#include "dns_adapter_test.moc"
