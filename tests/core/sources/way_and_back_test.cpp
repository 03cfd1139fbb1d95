// The whole way with real threads: dependency, breaker, collector, frames, and a command's way back through the gate.
#include <fusebox/base/clock.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/sources/guarded_dependency.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/support/test_case.h>

#include <mutex>

#include "plain_handler.h"
#include "test_adapter.h"

using namespace fusebox;
using namespace std::chrono_literals;
using adapters::CallResult;
using domain::CommandKind;
using domain::State;

namespace {

/// Keeps the newest snapshots and all events.
class Watcher : public collector::Sink {
public:
    void accept(const domain::FrameRef& frame) override {
        std::lock_guard lock(m_mutex);
        m_newest = frame;
        m_events.insert(m_events.end(), frame->events.begin(), frame->events.end());
    }
    std::optional<State> state() const {
        std::lock_guard lock(m_mutex);
        return m_newest && !m_newest->snapshots.empty() ? std::optional(m_newest->snapshots[0].state) : std::nullopt;
    }
    std::optional<domain::CommandStatus> statusOf(const char* id) const {
        std::lock_guard lock(m_mutex);
        for (const domain::Event& event : m_events) {
            const auto* report = std::get_if<domain::CommandReport>(&event.body);
            if (report != nullptr && report->command.id.value == id) return report->status;
        }
        return std::nullopt;
    }
    std::vector<std::uint64_t> eventIds() const {
        std::lock_guard lock(m_mutex);
        std::vector<std::uint64_t> ids;
        for (const domain::Event& event : m_events) ids.push_back(event.id.value);
        return ids;
    }

private:
    mutable std::mutex m_mutex;
    domain::FrameRef m_newest;
    std::vector<domain::Event> m_events;
};

}  // namespace

class WayAndBackTest : public QObject {
    Q_OBJECT
private slots:
    void an_ill_dependency_opens_its_breaker_and_a_healed_one_closes_it() {
        start(200.0);
        QTRY_VERIFY(m_watcher->state() == State::closed);
        m_ill = true;
        QTRY_VERIFY(m_watcher->state() == State::open);
        m_ill = false;
        QTRY_VERIFY(m_watcher->state() == State::closed);
    }

    void commands_reach_the_breaker_and_come_back_as_events() {
        start(50.0);
        submit("t", CommandKind::trip, 1h);
        QTRY_VERIFY(m_watcher->statusOf("t") == domain::CommandStatus::applied);
        QTRY_VERIFY(m_watcher->state() == State::open);
        submit("r", CommandKind::reset);
        QTRY_VERIFY(m_watcher->state() == State::closed);
        submit("x", CommandKind::release);
        QTRY_VERIFY(m_watcher->statusOf("x") == domain::CommandStatus::refused);
        const std::vector<std::uint64_t> ids = m_watcher->eventIds();
        QVERIFY(std::is_sorted(ids.begin(), ids.end(), std::less_equal<>()));  // strictly increasing
    }

    void a_probe_without_any_traffic_is_really_made_and_closes_the_breaker() {
        start(0.0);
        submit("t", CommandKind::trip, 1h);
        QTRY_VERIFY(m_watcher->state() == State::open);
        QCOMPARE(m_adapter->calls.load(), 0);
        submit("p", CommandKind::probe);
        QTRY_VERIFY(m_watcher->state() == State::closed);
        QVERIFY(m_adapter->calls.load() >= 1);
    }

    void a_hold_without_any_traffic_lies_and_is_released() {
        start(0.0);
        submit("h", CommandKind::hold);
        QTRY_VERIFY(m_watcher->statusOf("h") == domain::CommandStatus::applied);
        QVERIFY(!m_breakers->list().at(0)->tryAcquire());
        submit("r", CommandKind::release);
        QTRY_VERIFY(m_watcher->statusOf("r") == domain::CommandStatus::applied);
        QTRY_VERIFY(m_breakers->list().at(0)->tryAcquire().permitted());
    }

    void init() {
        m_ill = false;
        m_collector = std::make_unique<collector::BackgroundCollector>(
            m_clock, collector::BackgroundCollector::Options{.framePeriod = 5ms});
        m_gate = std::make_shared<command::Gate>(m_clock);
        m_watcher = std::make_shared<Watcher>();
        m_breakers = std::make_shared<breaker::CircuitBreakerManager>(m_clock);
    }

    void cleanup() {
        m_gate->stop();
        m_collector->stop();
        m_dependency.reset();
    }

private:
    void start(double rate) {
        domain::Identity identity;
        identity.id = domain::BreakerId("orders");
        identity.name = "Orders";
        breaker::CircuitBreakerConfig config;
        config.consecutiveFailuresThreshold = 3;
        config.openTimeout = 50ms;
        config.maxBackoff = 100ms;
        config.rampSteps.clear();
        auto made = m_breakers->create(std::move(identity), config);
        QVERIFY(made);
        auto adapter = std::make_unique<PlainAdapter>([this](std::stop_token) -> CallResult {
            if (m_ill) return tl::unexpected(errorOf(domain::CodeSystem::http, "503"));
            return adapters::Answer{"ok", 2, false};
        });
        m_adapter = adapter.get();
        m_dependency = std::make_shared<sources::GuardedDependency>(
            handlerOf(*made, m_clock), std::move(adapter), std::make_shared<collector::PoissonPace>(rate, 1), 2);
        const auto local = std::make_shared<sources::LocalSource>(
            m_breakers, [this](const domain::BreakerId&) { m_collector->wake(*m_dependency); });
        m_gate->addTarget(local);
        m_collector->addSource(local);
        m_collector->addSource(m_gate);
        m_collector->addSink(m_watcher);
        m_collector->addTask(m_dependency);
        m_gate->start();
        m_collector->start();
    }

    void submit(const char* id, CommandKind kind, std::optional<base::Duration> duration = {}) {
        domain::Command command;
        command.id = domain::CommandId(id);
        command.kind = kind;
        command.breaker = domain::BreakerId("orders");
        command.actor = "ann";
        command.reason = "trying it out";
        command.duration = duration;
        m_gate->submit(command);
    }

    base::SteadyClock m_clock;
    std::atomic<bool> m_ill{false};
    std::unique_ptr<collector::BackgroundCollector> m_collector;
    std::shared_ptr<command::Gate> m_gate;
    std::shared_ptr<Watcher> m_watcher;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<sources::GuardedDependency> m_dependency;
    PlainAdapter* m_adapter = nullptr;
};

FUSEBOX_TEST(WayAndBackTest)
#include "way_and_back_test.moc"
