// fuseboxctl against a real server inside the test: what it prints, what it does, its exit codes.
#include "agent_bench.h"
#include "ctl_program.h"

#include <fusebox/support/free_port.h>
#include <fusebox/support/scripted_peer.h>
#include <fusebox/support/test_case.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace ctl_test {

namespace {

constexpr int kLong = 20'000;

QJsonObject jsonOf(const QString& text) {
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QStringList linesOf(const QString& text) {
    return text.split('\n', Qt::SkipEmptyParts);
}

}  // namespace

class CtlTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_agent = std::make_unique<AgentBench>();
        m_agent->add("orders");
        m_agent->add("search");
        m_agent->add("bank", "payments");
        m_agent->add("cards", "payments");
        QTRY_COMPARE_WITH_TIMEOUT(linesOf(as("vic", {"list", "--names"}).out).size(), 4, kLong);
    }
    void cleanup() { m_agent.reset(); }

    void list_shows_all_breakers_in_a_table_without_colours() {
        const Ended ended = as("vic", {"list"});
        QVERIFY2(ended.code == 0, ended.text().c_str());
        const QStringList lines = linesOf(ended.out);
        QCOMPARE(lines.size(), 6);
        QVERIFY(lines[0].startsWith("BREAKER  STATE   "));
        QVERIFY(lines[1].startsWith("bank     CLOSED  "));
        QCOMPARE(lines[5], QString("4 breakers: 4 CLOSED"));
        QVERIFY(!ended.out.contains('\x1b'));
    }

    void list_as_json_is_what_the_agent_says() {
        const QJsonArray all = jsonOf(as("vic", {"list", "--json"}).out)["breakers"].toArray();
        QCOMPARE(all.size(), 4);
        const QJsonArray some = jsonOf(as("vic", {"list", "--json", "--group", "payments"}).out)["breakers"].toArray();
        QCOMPARE(some.size(), 2);
        QCOMPARE(some[0].toObject()["id"].toString(), QString("bank"));
    }

    void list_watch_tells_each_change() {
        QProcess process;
        process.setProcessEnvironment(plainEnvironment());
        process.start(FUSEBOX_CTL, with("vic", {"list", "--watch", "--json"}));
        QString all;
        const auto told = [&](const char* part) {
            process.waitForReadyRead(50);
            all += QString::fromUtf8(process.readAllStandardOutput());
            return all.contains(part);
        };
        QTRY_VERIFY_WITH_TIMEOUT(told("\"id\":\"orders\""), kLong);
        m_agent->breaker("orders")->trip("eve", "a test of it");
        QTRY_VERIFY_WITH_TIMEOUT(told("\"state\":\"OPEN\""), kLong);
        process.kill();
        process.waitForFinished();
    }

    void show_tells_all_of_one_breaker_and_why_it_opened() {
        const Ended ended = as("vic", {"show", "orders", "--config"});
        QVERIFY2(ended.code == 0, ended.text().c_str());
        for (const char* part : {"state        CLOSED for ", "group        shop", "Configuration", "open_timeout = "}) {
            QVERIFY2(ended.out.contains(part), ended.text().c_str());
        }
        const Ended missing = as("vic", {"show", "nothing"});
        QCOMPARE(missing.code, 1);
        QCOMPARE(missing.err, QString("fuseboxctl: there is no breaker 'nothing'\n"));
        QCOMPARE(as("vic", {"show", "orders", "--why"}).code, 1);
    }

    void trip_and_reset_move_a_breaker_and_say_so() {
        const Ended tripped = as("ann", {"trip", "orders", "--for", "10m", "--reason", "wrong prices"});
        QVERIFY2(tripped.code == 0, tripped.text().c_str());
        QVERIFY2(tripped.out.startsWith("orders: applied"), tripped.text().c_str());
        QCOMPARE(m_agent->stateOf("orders"), domain::State::open);
        const Ended reset = as("ann", {"reset", "orders", "--reason", "fixed by a deployment", "--json"});
        QCOMPARE(jsonOf(reset.out)["status"].toString(), QString("applied"));
        QCOMPARE(jsonOf(reset.out)["actor"].toString(), QString("ann"));
        QCOMPARE(m_agent->stateOf("orders"), domain::State::closed);
    }

    void hold_and_release_with_the_number_that_show_tells() {
        QCOMPARE(as("ann", {"hold", "orders", "--for", "15m", "--reason", "database moves"}).code, 0);
        QTRY_VERIFY_WITH_TIMEOUT(as("vic", {"list"}).out.contains("FORCE_OPEN (CLOSED)"), kLong);
        const Ended shown = as("vic", {"show", "orders"});
        const auto number =
            QRegularExpression("number (\\d+): FORCE_OPEN by ann, .* left: database moves").match(shown.out);
        QVERIFY2(number.hasMatch(), shown.text().c_str());
        QCOMPARE(as("ann", {"release", "orders", "--hold", number.captured(1), "--reason", "it has moved"}).code, 0);
        QVERIFY(m_agent->breaker("orders")->snapshot().holds.empty());
    }

    void a_group_is_commanded_at_once() {
        const Ended ended = as("ann", {"trip", "--group", "payments", "--reason", "the bank is down"});
        QVERIFY2(ended.code == 0, ended.text().c_str());
        QVERIFY(ended.out.startsWith("group payments: applied"));
        QCOMPARE(m_agent->stateOf("bank"), domain::State::open);
        QCOMPARE(m_agent->stateOf("cards"), domain::State::open);
        QCOMPARE(m_agent->stateOf("orders"), domain::State::closed);
    }

    void several_breakers_are_commanded_each_by_its_own_and_the_worst_counts() {
        const Ended ended = as("ann", {"trip", "orders", "nothing", "search", "--reason", "a test of it"});
        QCOMPARE(ended.code, 1);
        QCOMPARE(m_agent->stateOf("orders"), domain::State::open);
        QCOMPARE(m_agent->stateOf("search"), domain::State::open);
        QVERIFY2(ended.err.contains("nothing: refused: No breaker has this name."), ended.text().c_str());
    }

    void a_slip_of_the_finger_is_answered_by_the_name_that_was_meant() {
        const Ended ended = as("ann", {"trip", "oders", "--reason", "a test of it"});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains("Do you mean 'orders'?"), ended.text().c_str());
    }

    void the_same_id_is_carried_out_once() {
        const QStringList hold{"hold", "orders", "--id", "change-17", "--reason", "database moves"};
        QCOMPARE(as("ann", hold).code, 0);
        QCOMPARE(as("ann", hold).code, 0);
        QCOMPARE(m_agent->breaker("orders")->snapshot().holds.size(), std::size_t{1});
    }

    void a_command_by_what_was_seen_is_refused_when_a_hold_came_between() {
        const QString seen = QString::number(m_agent->breaker("orders")->snapshot().revision);
        QCOMPARE(as("bob", {"hold", "orders", "--reason", "mine, for a moment"}).code, 0);
        const Ended ended = as("ann", {"reset", "orders", "--revision", seen, "--reason", "looked closed"});
        QVERIFY2(ended.code == 1, ended.text().c_str());
        QVERIFY2(ended.err.contains("refused"), ended.text().c_str());
    }

    void patterns_actions_and_about_answer() {
        QCOMPARE(as("vic", {"patterns"}).code, 0);
        const Ended actions = as("vic", {"actions"});
        QVERIFY2(actions.code == 0 && actions.out == "There are no recovery actions.\n", actions.text().c_str());
        const Ended about = as("vic", {"about"});
        QVERIFY2(about.out.contains("agent    berlin\n"), about.text().c_str());
        QVERIFY2(about.out.contains("you      vic, viewer\n"), about.text().c_str());
        QCOMPARE(jsonOf(as("vic", {"about", "--json"}).out)["actor"].toString(), QString("vic"));
    }

    void actions_that_nobody_has_are_refused() {
        QCOMPARE(as("ann", {"action", "restart-service", "orders", "--reason", "it hangs again"}).code, 1);
        QCOMPARE(as("ann", {"action", "dance", "orders", "--reason", "it hangs again"}).code, 2);
        QCOMPARE(as("ann", {"stop-actions", "--reason", "they make it worse"}).code, 1);
    }

    void the_journal_is_searched_oldest_first() {
        QCOMPARE(as("ann", {"trip", "orders", "--reason", "the first word"}).code, 0);
        QCOMPARE(as("bob", {"reset", "orders", "--reason", "the second word"}).code, 0);
        const auto commands = [&](const QStringList& more) {
            return linesOf(as("vic", QStringList{"journal", "--kind", "command"} + more).out);
        };
        QTRY_COMPARE_WITH_TIMEOUT(commands({}).size(), 2, kLong);
        QVERIFY(commands({})[0].contains("the first word"));
        QCOMPARE(commands({"--actor", "bob"}).size(), 1);
        QCOMPARE(commands({"--since", "1h", "--text", "TRIP APPLIED"}).size(), 1);
        QCOMPARE(commands({"--since", "2999-01-01"}).size(), 0);
        QCOMPARE(commands({"--level", "error"}).size(), 0);
        QCOMPARE(as("vic", {"journal", "--level", "loud"}).code, 2);
        const QJsonObject newest = jsonOf(commands({"--json", "--limit", "1"})[0]);
        QCOMPARE(newest["actor"].toString(), QString("bob"));
        QCOMPARE(as("vic", {"journal", "--since", "whenever"}).code, 2);
    }

    void holds_are_summed_up_and_open_ones_stand_first() {
        QCOMPARE(as("vic", {"journal", "holds"}).out, QString("Nobody held a breaker in this time.\n"));
        QCOMPARE(as("ann", {"hold", "orders", "--for", "15m", "--reason", "database moves"}).code, 0);
        QCOMPARE(as("bob", {"hold", "search", "--for", "15m", "--reason", "index is rebuilt"}).code, 0);
        QCOMPARE(as("ann", {"release", "orders", "--reason", "it has moved"}).code, 0);
        const auto lines = [&](const QStringList& more) {
            return linesOf(as("vic", QStringList{"journal", "holds"} + more).out);
        };
        QTRY_COMPARE_WITH_TIMEOUT(lines({"--json"}).filter("\"released\"").size(), 1, kLong);
        const QStringList all = lines({});
        QCOMPARE(all.size(), 6);
        QVERIFY2(all[0].startsWith("WHO") && all[3].startsWith("BREAKER"), qPrintable(all.join('\n')));
        QVERIFY2(all[4].contains("search") && all[4].contains("open") && all[4].contains("index is rebuilt"),
                 qPrintable(all[4]));
        QVERIFY2(all[5].contains("released by ann"), qPrintable(all[5]));
        QCOMPARE(lines({"--breaker", "search", "--json"}).size(), 1);
        QVERIFY(lines({"--by", "reason"})[0].startsWith("REASON"));
        QCOMPARE(as("vic", {"journal", "holds", "--since", "whenever"}).code, 2);
        QCOMPARE(as("vic", {"journal", "holds", "--by", "weather"}).code, 2);
    }

    void foreign_texts_cannot_steer_a_terminal() {
        m_agent->say("\x1b]0;owned\x07 and a line\nof its own \xe2\x80\xae");
        QTRY_VERIFY_WITH_TIMEOUT(as("vic", {"journal", "--text", "of its own"}).out.size() > 0, kLong);
        const Ended ended = as("vic", {"journal", "--text", "of its own"});
        QVERIFY(!ended.out.contains('\x1b'));
        QVERIFY2(ended.out.contains("\\x1b]0;owned\\x07 and a line\\x0aof its own \\xe2\\x80\\xae"),
                 ended.text().c_str());
        QCOMPARE(linesOf(ended.out).size(), 1);
        QVERIFY(!as("vic", {"journal", "--text", "of its own", "--json"}).out.contains('\x1b'));
    }

    void events_since_one_are_told_and_then_it_ends() {
        m_agent->say("the first");
        QTRY_VERIFY_WITH_TIMEOUT(as("vic", {"journal", "--text", "the first"}).out.size() > 0, kLong);
        const QString id = QString::number(
            static_cast<qint64>(jsonOf(as("vic", {"journal", "--text", "the first", "--json"}).out)["id"].toDouble()));
        m_agent->say("the second");
        QTRY_COMPARE_WITH_TIMEOUT(linesOf(as("vic", {"events", "--since", id}).out).size(), 1, kLong);
        QVERIFY(as("vic", {"events", "--since", id}).out.contains("the second"));
        QCOMPARE(as("vic", {"events"}).code, 2);
    }

    void followed_events_go_on_where_they_stopped_when_the_agent_comes_back() {
        const std::string journal = (m_kept.path() / "journal.db").string();
        const std::uint16_t port = support::freePort();
        m_agent = std::make_unique<AgentBench>(AgentPlan{port, journal});
        const support::TempDir tokens;
        const QString token = QString::fromStdString((tokens.path() / "vic.token").string());
        QVERIFY(QFile::copy(m_agent->tokenFile("vic"), token));
        QProcess process;
        process.setProcessEnvironment(plainEnvironment());
        process.start(FUSEBOX_CTL,
                      {"events", "--follow", "--json", "--connect", m_agent->url(), "--token-file", token});
        QString all;
        const auto told = [&](const char* part) {
            process.waitForReadyRead(50);
            all += QString::fromUtf8(process.readAllStandardOutput());
            return all.contains(part);
        };
        // Said until it is in: what was said before it came is none of its business.
        QTRY_VERIFY_WITH_TIMEOUT((m_agent->say("before"), told("before")), kLong);
        m_agent.reset();
        m_agent = std::make_unique<AgentBench>(AgentPlan{port, journal});
        m_agent->say("meanwhile");
        QTRY_VERIFY_WITH_TIMEOUT(told("meanwhile"), kLong);
        process.kill();
        process.waitForFinished();
        QVERIFY2(!all.contains("\"gap\""), all.toUtf8().constData());
        double last = 0;
        for (const QString& line : linesOf(all)) {
            const double id = jsonOf(line)["id"].toDouble();
            QVERIFY2(last == 0 || id == last + 1, line.toUtf8().constData());
            last = id;
        }
    }

    void who_may_not_is_told_so_by_exit_code_4() {
        QCOMPARE(as("vic", {"trip", "orders", "--reason", "a test of it"}).code, 4);
        QCOMPARE(m_agent->stateOf("orders"), domain::State::closed);
        QCOMPARE(as("mal", {"list"}).code, 4);
        const Ended closed = as("ann", {"hold", "orders", "--mode", "force-closed", "--reason", "a false alarm"});
        QVERIFY2(closed.code == 4, closed.text().c_str());
        QVERIFY2(closed.err.contains("needs the role admin; yours is operator"), closed.text().c_str());
        QCOMPARE(as("mal", {"events", "--follow"}).code, 4);
    }

    // Not by the gate but by the breaker, which knows whose the hold is.
    void who_may_not_release_the_hold_of_another_is_told_so_by_exit_code_4() {
        QCOMPARE(as("bob", {"hold", "orders", "--reason", "database moves"}).code, 0);
        const QString number = QString::number(m_agent->breaker("orders")->snapshot().holds.at(0).id.value);
        const Ended ended = as("ann", {"release", "orders", "--hold", number, "--reason", "bob is on leave"});
        QVERIFY2(ended.code == 4, ended.text().c_str());
        QVERIFY2(ended.err.contains("This hold is of bob"), ended.text().c_str());
        QCOMPARE(as("ann", {"release", "orders", "--hold", "4711", "--reason", "bob is on leave"}).code, 1);
        QCOMPARE(as("eve", {"release", "orders", "--hold", number, "--reason", "bob is on leave"}).code, 0);
    }

    // Rule R9.
    void who_would_hold_too_much_is_told_to_ask_an_admin_by_exit_code_4() {
        for (const char* more : {"stock", "mail"}) m_agent->add(more);
        QTRY_COMPARE_WITH_TIMEOUT(linesOf(as("vic", {"list", "--names"}).out).size(), 6, kLong);
        const QStringList how{"--for", "1h", "--reason", "database moves"};
        QCOMPARE(as("ann", QStringList{"hold", "orders", "search", "stock"} + how).code, 0);
        const Ended fourth = as("bob", QStringList{"hold", "mail"} + how);
        QVERIFY2(fourth.code == 4, fourth.text().c_str());
        QVERIFY2(fourth.err.contains("Of the 4 breakers of group shop operators hold 3."), fourth.text().c_str());
        QVERIFY(m_agent->breaker("mail")->snapshot().holds.empty());
        QCOMPARE(as("eve", QStringList{"hold", "mail"} + how).code, 0);
        QCOMPARE(as("ann", {"release", "orders", "--reason", "it has moved"}).code, 0);
        const Ended day = as("ann", {"hold", "orders", "--for", "24h", "--reason", "database moves"});
        QVERIFY2(day.code == 4, day.text().c_str());
        QVERIFY2(day.err.contains("Holds on orders take 1 min within 7 days"), day.text().c_str());
    }

    // The answer was late and is asked for: a refusal for the role is one there too.
    void who_may_not_is_told_so_by_exit_code_4_also_when_the_answer_is_asked_for() {
        const std::string report =
            R"({"id":"late-1","kind":"hold","breaker":"orders","hold_mode":"FORCE_CLOSED","actor":"ann","role":"operator",)"
            R"("reason":"a false alarm","status":)";
        const std::string refused =
            R"("refused","message":"hold FORCE_CLOSED needs the role admin; yours is operator."})";
        const support::ScriptedPeer peer([&](support::PeerConnection& to) {
            const std::string head = to.readUntil("\r\n\r\n");
            const bool isQuestion = head.starts_with("GET /api/v1/commands/late-1 ");
            const std::string body = report + (isQuestion ? refused : R"("pending","message":""})");
            to.write("HTTP/1.1 " + std::string(isQuestion ? "200 OK" : "202 Accepted") +
                     "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
        });
        const Ended ended =
            run({"hold", "orders", "--mode", "force-closed", "--id", "late-1", "--reason", "a false alarm", "--connect",
                 QString("http://127.0.0.1:%1").arg(peer.port()), "--token-file", m_agent->tokenFile("ann")});
        QVERIFY2(ended.code == 4, ended.text().c_str());
    }

    void an_agent_that_is_not_there_is_told_by_exit_code_3() {
        const QString nobody = QString("http://127.0.0.1:%1").arg(support::freePort());
        for (const QStringList& command :
             {QStringList{"list"}, QStringList{"events", "--follow"}, QStringList{"trip", "orders", "--reason", "x"}}) {
            const Ended ended =
                run(command + QStringList{"--connect", nobody, "--token-file", m_agent->tokenFile("ann")});
            QVERIFY2(ended.code == 3, ended.text().c_str());
            QVERIFY2(ended.err.contains("TCP"), ended.text().c_str());
        }
        const Ended nowhere = run({"list"});
        QVERIFY2(nowhere.code == 3 && nowhere.err.contains("--connect"), nowhere.text().c_str());
    }

private:
    [[nodiscard]] QStringList with(const std::string& who, const QStringList& arguments) const {
        return arguments + QStringList{"--connect", m_agent->url(), "--token-file", m_agent->tokenFile(who)};
    }
    [[nodiscard]] Ended as(const std::string& who, const QStringList& arguments) const {
        return run(with(who, arguments));
    }

    std::unique_ptr<AgentBench> m_agent;
    support::TempDir m_kept;
};

}  // namespace ctl_test

using ctl_test::CtlTest;
FUSEBOX_TEST(CtlTest)
#include "ctl_test.moc"
