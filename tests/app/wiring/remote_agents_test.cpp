// A real agent on loopback, watched and driven through the console's wiring: shown, commanded, lost and found again.
#include <fusebox/server/agent_server.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/test_case.h>
#include <fusebox/wiring/wiring.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandStatus;
using domain::SourceState;
using domain::State;

namespace {

const std::string kToken = "ann-0123456789-token";

/// An agent that guards one call of its own.
class Agent {
public:
    explicit Agent(std::uint16_t port = 0, domain::Role role = domain::Role::operatorRole)
        : m_breakers(std::make_shared<breaker::CircuitBreakerManager>(m_clock)),
          m_first(static_cast<std::uint64_t>(m_clock.wallNow().time_since_epoch().count()) * 1000),
          m_collector(m_clock, {.lastEvent = m_first}),
          m_gate(std::make_shared<command::Gate>(m_clock)),
          m_local(std::make_shared<sources::LocalSource>(m_breakers)) {
        domain::Identity identity{domain::BreakerId("orders"), "orders", "guarded", "orders()", "shop", "local"};
        m_orders = m_breakers->create(std::move(identity), breaker::CircuitBreakerConfig()).value();
        server::AgentServer::Options options;
        options.name = "berlin";
        options.version = "1";
        options.port = port;
        options.tokens = {{"ann", role, server::TokenBook::hashOf(kToken), {}, {}}};
        options.lastEvent = m_first;
        m_server = std::make_shared<server::AgentServer>(m_clock, *m_gate, options);
        m_collector.addSource(m_local);
        m_collector.addSource(m_gate);
        m_collector.addSink(m_server);
        m_gate->addTarget(m_local);
        const auto started = m_server->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().text().c_str());
        m_gate->start();
        m_collector.start();
    }
    ~Agent() {
        m_server->stop();
        m_gate->stop();
        m_collector.stop();
    }
    std::uint16_t port() const { return m_server->port(); }
    breaker::CircuitBreaker& orders() { return *m_orders; }

private:
    base::SteadyClock m_clock;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<breaker::CircuitBreaker> m_orders;
    const std::uint64_t m_first;  ///< events are numbered from the time of the start, as with a fresh journal
    collector::BackgroundCollector m_collector;
    std::shared_ptr<command::Gate> m_gate;
    std::shared_ptr<sources::LocalSource> m_local;
    std::shared_ptr<server::AgentServer> m_server;
};

sources::AgentAddress addressOf(std::uint16_t port, const std::string& token = kToken) {
    sources::AgentAddress address;
    address.name = "shop";
    address.url = "http://127.0.0.1:" + std::to_string(port);
    address.token = token;
    return address;
}

struct Console {
    std::unique_ptr<wiring::Wiring> core = std::move(*wiring::Wiring::withSettings({}));
    std::shared_ptr<support::FrameLog> log = std::make_shared<support::FrameLog>();

    Console() {
        core->addSink(log);
        core->start();
    }
    bool shows(State state) {
        return log->waitForSnapshot("orders",
                                    [&](const domain::Snapshot& snapshot) { return snapshot.state == state; });
    }
    bool standsAs(SourceState state) {
        return log->waitForFrame(
            [&](const domain::Frame& frame) { return !frame.sources.empty() && frame.sources.front().state == state; });
    }
    domain::CommandReport reportOf(const std::string& id) {
        std::optional<domain::CommandReport> found;
        (void)log->waitForFrame([](const domain::Frame&) { return true; });
        (void)QTest::qWaitFor(
            [&] {
                for (const domain::Event& event : log->events()) {
                    const auto* report = std::get_if<domain::CommandReport>(&event.body);
                    if (report != nullptr && report->command.id.value == id) found = *report;
                }
                return found.has_value();
            },
            8000);
        return found.value_or(domain::CommandReport());
    }
    void submit(const std::string& id, domain::CommandKind kind) {
        domain::Command command;
        command.id = domain::CommandId(id);
        command.kind = kind;
        command.breaker = domain::BreakerId("shop/orders");
        command.actor = "me";
        command.reason = "a test of the whole way";
        core->submit(std::move(command));
    }
};

}  // namespace

class RemoteAgentsTest : public QObject {
    Q_OBJECT

private slots:
    void a_remote_breaker_is_shown_and_obeys() {
        Agent agent;
        Console console;
        QVERIFY(console.core->attach(addressOf(agent.port())).has_value());
        QVERIFY(console.shows(State::closed));
        console.submit("c1", domain::CommandKind::trip);
        QVERIFY(console.shows(State::open));
        QCOMPARE(agent.orders().state(), State::open);
        const auto report = console.reportOf("c1");
        QCOMPARE(report.status, CommandStatus::applied);
        QVERIFY(console.log->waitForPath("shop/orders", {State::open}));
        const auto orders = console.log->snapshot("orders");
        QVERIFY(orders.has_value());
        QVERIFY(orders->detail != nullptr && !orders->detail->transitions.empty());
        QCOMPARE(orders->detail->transitions.back().actor, std::string("ann"));
        console.submit("c2", domain::CommandKind::reset);
        QVERIFY(console.shows(State::closed));
    }

    void what_a_role_forbids_is_refused_with_the_reason() {
        Agent agent(0, domain::Role::viewer);
        Console console;
        QVERIFY(console.core->attach(addressOf(agent.port())).has_value());
        QVERIFY(console.shows(State::closed));
        console.submit("c1", domain::CommandKind::trip);
        const auto report = console.reportOf("c1");
        QCOMPARE(report.status, CommandStatus::refused);
        QVERIFY2(report.message.find("operator") != std::string::npos, report.message.c_str());
        QCOMPARE(agent.orders().state(), State::closed);
        QCOMPARE(console.log->latest()->sources.front().role, std::string("viewer"));
    }

    // Rule R21, and a reconnect without a person.
    void an_agent_that_dies_is_stale_within_three_seconds_and_comes_back() {
        auto agent = std::make_unique<Agent>();
        const std::uint16_t port = agent->port();
        Console console;
        QVERIFY(console.core->attach(addressOf(port)).has_value());
        QVERIFY(console.shows(State::closed));
        const base::Time died = console.core->clock().now();
        agent.reset();
        QVERIFY(console.shows(State::stale));
        QVERIFY(console.core->clock().now() - died < 4s);
        QVERIFY(console.standsAs(SourceState::reconnecting));
        console.submit("c1", domain::CommandKind::trip);
        QCOMPARE(console.reportOf("c1").status, CommandStatus::refused);
        agent = std::make_unique<Agent>(port);
        console.core->retryNow("shop");
        QVERIFY(console.shows(State::closed));
    }

    void a_wrong_token_says_so_and_hides_no_local_breaker() {
        Agent agent;
        Console console;
        QVERIFY(console.core->attach(addressOf(agent.port(), "wrong-0123456789-token")).has_value());
        QVERIFY(console.standsAs(SourceState::bad));
        QVERIFY(console.log->latest()->sources.front().why.find("token") != std::string::npos);
        QVERIFY(!console.core->attach(addressOf(agent.port())));  // the name is taken
        QVERIFY(console.core->detach("shop"));
        QVERIFY(!console.core->detach("shop"));
        QVERIFY(console.core->attach(addressOf(agent.port())).has_value());
        QVERIFY(console.shows(State::closed));
    }

    // Rule R22: whether a command that was sent before took effect only the agent knows.
    void what_is_for_an_agent_that_was_detached_is_not_answered() {
        Agent agent;
        Console console;
        QVERIFY(console.core->attach(addressOf(agent.port())).has_value());
        QVERIFY(console.shows(State::closed));
        QVERIFY(console.core->detach("shop"));
        console.submit("c1", domain::CommandKind::trip);
        domain::Command other;
        other.id = domain::CommandId("c2");
        other.kind = domain::CommandKind::trip;
        other.breaker = domain::BreakerId("nobody");
        other.actor = "me";
        other.reason = "a test of the whole way";
        console.core->submit(std::move(other));
        QCOMPARE(console.reportOf("c2").status, CommandStatus::refused);
        for (const domain::Event& event : console.log->events()) {
            const auto* report = std::get_if<domain::CommandReport>(&event.body);
            QVERIFY(report == nullptr || report->command.id.value != "c1");
        }
        QVERIFY(console.core->attach(addressOf(agent.port())).has_value());
        QVERIFY(console.standsAs(SourceState::connected));
        QVERIFY(console.shows(State::closed));
        console.submit("c1", domain::CommandKind::trip);
        QVERIFY(console.shows(State::open));
    }
};

FUSEBOX_TEST(RemoteAgentsTest)

#include "remote_agents_test.moc"
