#include "client.h"

#include <fusebox/base/clock.h>
#include <fusebox/lab/lab_world.h>
#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace fusebox::lab {
namespace {

using namespace std::chrono_literals;

Faults answering(Answer answer) {
    Faults faults;
    faults.answer = answer;
    return faults;
}

}  // namespace

class LabWorldTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        auto world = LabWorld::create(m_clock);
        QVERIFY2(world, world ? "" : world.error().text().c_str());
        m_world = std::move(*world);
    }
    void cleanup() { m_world.reset(); }

    void each_http_service_answers_a_real_call() {
        for (const ServiceCard& card : m_world->services()) {
            if (card.kind != "http") continue;
            const std::string answer = get(card);
            QVERIFY2(answer.starts_with("HTTP/1.1 200 OK\r\n"), answer.c_str());
            QVERIFY(answer.find(card.goodAnswer) != std::string::npos);
        }
    }

    void a_connection_is_kept_for_further_calls() {
        Client client(card("orders-api").port);
        for (int call = 0; call < 3; ++call) {
            const std::string answer = client.exchange("GET /orders HTTP/1.1\r\nHost: lab\r\n\r\n", "]}");
            QVERIFY(answer.starts_with("HTTP/1.1 200 OK\r\n"));
            QVERIFY(!client.hungUp());
        }
    }

    void a_request_may_arrive_in_pieces_and_two_in_one() {
        Client client(card("orders-api").port);
        QCOMPARE(client.exchange("GET /ord", "}", 20ms), std::string());
        client.exchange("ers HTTP/1.1\r\n\r\nGET /nothing HTTP/1.1\r\n\r\n", "]}");
        const std::string second = client.exchange("", "no such resource");
        QVERIFY2(second.find("404 Not Found") != std::string::npos, second.c_str());
    }

    void nonsense_and_endless_requests_are_cut_off() {
        Client nonsense(card("orders-api").port);
        nonsense.exchange("POST / HTTP/1.1\r\nContent-Length: -7\r\n\r\n", "}");
        QVERIFY(nonsense.hungUp());
        Client endless(card("orders-api").port);
        endless.exchange(std::string(100'000, 'x'), "}");
        QVERIFY(endless.hungUp());
        QVERIFY(get(card("orders-api")).starts_with("HTTP/1.1 200"));
    }

    void the_login_wants_its_token() {
        const ServiceCard accounts = card("accounts-api");
        QVERIFY(httpGet(accounts.port, accounts.path).starts_with("HTTP/1.1 401 "));
        QVERIFY(httpGet(accounts.port, accounts.path, "authorization: Bearer wrong\r\n").starts_with("HTTP/1.1 401 "));
        QVERIFY(get(accounts).starts_with("HTTP/1.1 200 "));
    }

    void the_partner_limits_its_rate() {
        const ServiceCard partner = card("partner-api");
        std::string limited;
        for (int call = 0; call < 60 && limited.empty(); ++call) {
            const std::string answer = get(partner);
            if (answer.starts_with("HTTP/1.1 429 ")) limited = answer;
        }
        QVERIFY2(limited.find("Retry-After: 1\r\n") != std::string::npos, limited.c_str());
    }

    void each_http_fault_shows_at_the_caller() {
        const ServiceCard orders = card("orders-api");
        Faults limited = answering(Answer::rateLimited);
        limited.retryAfter = 7s;
        expectHttp(orders, limited, "HTTP/1.1 429 Too Many Requests");
        QVERIFY(get(orders).find("Retry-After: 7\r\n") != std::string::npos);
        expectHttp(orders, answering(Answer::unauthorized), "HTTP/1.1 401 Unauthorized");
        expectHttp(orders, answering(Answer::wrongBody), "HTTP/1.1 200 OK");
        QVERIFY(get(orders).find(orders.goodAnswer) == std::string::npos);
        Faults failing;
        failing.errorShare = 1;
        expectHttp(orders, failing, "HTTP/1.1 500 Internal Server Error");
        expectHttp(orders, {}, "HTTP/1.1 200 OK");
    }

    void some_errors_are_cut_connections() {
        Faults failing;
        failing.errorShare = 1;
        expectHttp(card("orders-api"), failing, "HTTP/1.1 500 ");
        int cut = 0;
        for (int call = 0; call < 12; ++call) cut += get(card("orders-api")).empty() ? 1 : 0;
        QCOMPARE(cut, 3);
    }

    void added_latency_is_felt() {
        Faults slow;
        slow.latency = 200ms;
        QVERIFY(m_world->setFaults("orders-api", slow));
        const auto took = [this] {
            const base::Time began = m_clock.now();
            return get(card("orders-api")).empty() ? base::Duration::zero() : m_clock.now() - began;
        };
        QTRY_VERIFY(took() >= 99ms);
    }

    void refused_connections_come_back_on_the_same_port() {
        for (const char* name : {"orders-api", "mail-relay", "session-cache"}) {
            const std::uint16_t port = card(name).port;
            Client kept(port);
            QVERIFY(kept.isConnected());
            QVERIFY(m_world->setFaults(name, answering(Answer::refuse)));
            QTRY_COMPARE(Client(port).errorNumber(), ECONNREFUSED);
            kept.exchange("", "never", 2s);
            QVERIFY(kept.hungUp());
            QVERIFY(m_world->setFaults(name, {}));
            QTRY_VERIFY(Client(port).isConnected());
        }
        QVERIFY(get(card("orders-api")).starts_with("HTTP/1.1 200 "));
    }

    void a_hanging_service_accepts_and_stays_silent_until_it_is_healed() {
        const ServiceCard orders = card("orders-api");
        QVERIFY(m_world->setFaults("orders-api", answering(Answer::hang)));
        QTRY_VERIFY(httpGet(orders.port, orders.path, {}, 50ms).empty());
        QVERIFY(Client(orders.port).isConnected());
        QVERIFY(m_world->setFaults("orders-api", {}));
        QTRY_VERIFY(get(orders).starts_with("HTTP/1.1 200 "));
    }

    void the_mail_relay_greets_or_does_what_its_fault_says() {
        const std::uint16_t port = card("mail-relay").port;
        const auto greeting = [port] { return Client(port).exchange("", "\r\n", 200ms); };
        QVERIFY(greeting().starts_with("220 mail-relay"));
        QVERIFY(m_world->setFaults("mail-relay", answering(Answer::rateLimited)));
        QTRY_VERIFY(greeting().starts_with("421 "));
        QVERIFY(m_world->setFaults("mail-relay", answering(Answer::wrongBody)));
        QTRY_VERIFY(greeting().starts_with("SSH-"));
        QVERIFY(m_world->setFaults("mail-relay", answering(Answer::hang)));
        QTRY_VERIFY(greeting().empty());
    }

    void the_cache_speaks_resp() {
        Client client(card("session-cache").port);
        QCOMPARE(client.exchange("*1\r\n$4\r\nPING\r\n", "\r\n"), std::string("+PONG\r\n"));
        QCOMPARE(client.exchange("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\n42\r\n", "\r\n"), std::string("+OK\r\n"));
        QCOMPARE(client.exchange("*2\r\n$3\r\nGET\r\n$1\r\na\r\n", "42\r\n"), std::string("$2\r\n42\r\n"));
        QCOMPARE(client.exchange("*2\r\n$3\r\nGET\r\n$1\r\nb\r\n", "\r\n"), std::string("$-1\r\n"));
        QVERIFY(client.exchange("*1\r\n$5\r\nDANCE\r\n", "\r\n").starts_with("-ERR "));
        client.exchange("*99999999999999999999\r\n", "\r\n");
        QVERIFY(client.hungUp());
    }

    void the_cache_shows_its_faults() {
        const auto ping = [this] {
            return Client(card("session-cache").port).exchange("*1\r\n$4\r\nPING\r\n", "\r\n", 200ms);
        };
        QVERIFY(m_world->setFaults("session-cache", answering(Answer::unauthorized)));
        QTRY_VERIFY(ping().starts_with("-NOAUTH "));
        QVERIFY(m_world->setFaults("session-cache", answering(Answer::wrongBody)));
        QTRY_VERIFY(ping().starts_with("-WRONGTYPE "));
        Faults failing;
        failing.errorShare = 1;
        QVERIFY(m_world->setFaults("session-cache", failing));
        QTRY_VERIFY(ping().starts_with("-LOADING "));
    }

    void the_name_server_answers_and_shows_its_faults() {
        QCOMPARE(askForName(), QString("answer 127.0.0.1"));
        QVERIFY(m_world->setFaults("service-names", answering(Answer::wrongBody)));
        QTRY_COMPARE(askForName(), QString("code 3"));
        QVERIFY(m_world->setFaults("service-names", answering(Answer::unauthorized)));
        QTRY_COMPARE(askForName(), QString("code 5"));
        QVERIFY(m_world->setFaults("service-names", answering(Answer::hang)));
        QTRY_COMPARE(askForName(), QString("silence"));
        QVERIFY(m_world->setFaults("service-names", answering(Answer::refuse)));
        QTRY_COMPARE(askForName(), QString("refused"));
        QVERIFY(m_world->setFaults("service-names", {}));
        QTRY_COMPARE(askForName(), QString("answer 127.0.0.1"));
    }

    void the_ledger_can_be_read_locked_and_lost() {
        QCOMPARE(queryLedger(), SQLITE_ROW);
        QVERIFY(m_world->setFaults("ledger-db", answering(Answer::hang)));
        QTRY_COMPARE(queryLedger(), SQLITE_BUSY);
        QVERIFY(m_world->setFaults("ledger-db", answering(Answer::wrongBody)));
        QTRY_COMPARE(queryLedger(), SQLITE_ERROR);
        QVERIFY(m_world->setFaults("ledger-db", {}));
        QTRY_COMPARE(queryLedger(), SQLITE_ROW);
    }

    void a_share_of_errors_locks_the_ledger_for_a_share_of_the_time() {
        Faults failing;
        failing.errorShare = 0.5;
        QVERIFY(m_world->setFaults("ledger-db", failing));
        QTRY_COMPARE(queryLedger(), SQLITE_BUSY);
        QTRY_COMPARE(queryLedger(), SQLITE_ROW);
        QTRY_COMPARE(queryLedger(), SQLITE_BUSY);
    }

    void a_story_plays_on_the_real_services_and_what_is_set_by_hand_rules() {
        QVERIFY(!m_world->play("no such story"));
        QVERIFY(m_world->play("Login expires"));
        QVERIFY(m_world->setFaults("orders-api", answering(Answer::wrongBody)));
        QTRY_VERIFY_WITH_TIMEOUT(get(card("accounts-api")).starts_with("HTTP/1.1 401 "), 10'000);
        QCOMPARE(m_world->scene()->story, std::string("Login expires"));
        QCOMPARE(m_world->faults("accounts-api").answer, Answer::unauthorized);
        m_world->stopStory();
        QVERIFY(!m_world->scene());
        QTRY_VERIFY(get(card("accounts-api")).starts_with("HTTP/1.1 200 "));
        QCOMPARE(m_world->faults("orders-api").answer, Answer::wrongBody);
        m_world->healAll();
        QCOMPARE(m_world->faults("orders-api"), Faults());
    }

    void what_is_done_is_noted_in_order() {
        QVERIFY(m_world->setFaults("orders-api", answering(Answer::hang)));
        m_world->healAll();
        m_world->healAll();
        const std::vector<LabNote> notes = m_world->drainNotes();
        QCOMPARE(notes.size(), 2U);
        QCOMPARE(notes[0].text, std::string("orders-api hangs, set by hand"));
        QVERIFY(!notes[0].healed);
        QCOMPARE(notes[1].text, std::string("orders-api is healed"));
        QVERIFY(notes[1].healed);
    }

    void unknown_services_are_refused() {
        QCOMPARE(m_world->setFaults("no-such", {}).error().code, base::TroubleCode::notFound);
    }

    void the_end_leaves_no_thread_no_port_and_no_file() {
        const std::size_t during = support::threadCount();
        const ServiceCard orders = card("orders-api");
        const ServiceCard ledger = card("ledger-db");
        m_world->stop();
        QCOMPARE(support::threadCount(), during - 1);
        QCOMPARE(Client(orders.port).errorNumber(), ECONNREFUSED);
        QVERIFY(!std::filesystem::exists(ledger.path));
    }

private:
    ServiceCard card(const std::string& name) const {
        const auto& cards = m_world->services();
        const auto found =
            std::find_if(cards.begin(), cards.end(), [&](const ServiceCard& card) { return card.name == name; });
        return found == cards.end() ? ServiceCard() : *found;
    }

    std::string get(const ServiceCard& card) const {
        return httpGet(card.port, card.path, card.token.empty() ? "" : "Authorization: Bearer " + card.token + "\r\n");
    }

    void expectHttp(const ServiceCard& card, const Faults& faults, const char* beginning) {
        QVERIFY(m_world->setFaults(card.name, faults));
        std::string answer;
        const auto arrived = [&] { return (answer = get(card)).starts_with(beginning); };
        QVERIFY2(QTest::qWaitFor(arrived), answer.c_str());
    }

    QString askForName() const {
        using namespace std::string_literals;
        const std::string packet =
            exchangeDatagram(card("service-names").port, "\x12\x34\1\0\0\1\0\0\0\0\0\0\6orders\3lab\4test\0\0\1\0\1"s);
        if (packet.size() < 12) return QString::fromStdString(packet);
        const int code = packet[3] & 0x0F;
        if (code != 0 || packet[7] != 1) return QString("code %1").arg(code);
        QStringList bytes;
        for (const char byte : packet.substr(packet.size() - 4))
            bytes << QString::number(static_cast<unsigned char>(byte));
        return "answer " + bytes.join('.');
    }

    int queryLedger() const {
        const ServiceCard ledger = card("ledger-db");
        sqlite3* database = nullptr;
        sqlite3_stmt* statement = nullptr;
        sqlite3_open_v2(ledger.path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
        int code = sqlite3_prepare_v2(database, ledger.goodAnswer.c_str(), -1, &statement, nullptr);
        if (code == SQLITE_OK) code = sqlite3_step(statement);
        sqlite3_finalize(statement);
        sqlite3_close(database);
        return code;
    }

    base::SteadyClock m_clock;
    std::unique_ptr<LabWorld> m_world;
};

FUSEBOX_TEST(LabWorldTest)

}  // namespace fusebox::lab

#include "lab_world_test.moc"
