// A server on a free port of this machine, with a gate of one breaker "orders" behind it, and the frames that it is told.
#pragma once

#include "http_peer.h"

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/command/target.h>
#include <fusebox/server/agent_server.h>

#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

using namespace fusebox;

inline const std::string kAnn = "ann-0123456789-token";  // operator
inline const std::string kVic = "vic-0123456789-token";  // viewer
inline const std::string kEve = "eve-0123456789-token";  // admin

/// Carries out whatever it is told about "orders".
class OrdersTarget final : public command::Target {
public:
    bool owns(const domain::BreakerId& breaker) const override { return breaker.value == "orders"; }
    bool ownsGroup(const std::string&) const override { return false; }
    domain::CommandReport apply(const domain::Command& command) override {
        const std::lock_guard lock(m_mutex);
        m_applied.push_back(command);
        domain::CommandReport report;
        report.status = domain::CommandStatus::applied;
        report.message = "done";
        return report;
    }
    std::vector<domain::Command> applied() const {
        const std::lock_guard lock(m_mutex);
        return m_applied;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<domain::Command> m_applied;
};

class ServerBench {
public:
    using Change = std::function<void(server::AgentServer::Options&)>;

    explicit ServerBench(const Change& change = {}) : m_target(std::make_shared<OrdersTarget>()), m_gate(m_clock) {
        server::AgentServer::Options options;
        options.name = "berlin";
        options.version = "1.2.3";
        options.lastEvent = m_lastEvent;
        options.tokens = {{"ann", domain::Role::operatorRole, server::TokenBook::hashOf(kAnn), {}, {}},
                          {"vic", domain::Role::viewer, server::TokenBook::hashOf(kVic), {}, {}},
                          {"eve", domain::Role::admin, server::TokenBook::hashOf(kEve), {}, {}}};
        options.limits.requestsPerSecond = 100'000;
        options.limits.requestBurst = 100'000;
        if (change) change(options);
        m_gate.addTarget(m_target);
        m_server = std::make_shared<server::AgentServer>(m_clock, m_gate, options);
        m_started = m_server->start();
        m_gate.start();
    }
    ~ServerBench() {
        m_server->stop();
        m_gate.stop();
    }
    ServerBench(const ServerBench&) = delete;
    ServerBench& operator=(const ServerBench&) = delete;

    const base::Result<void>& started() const { return m_started; }
    std::uint16_t port() const { return m_server->port(); }
    server::AgentServer& server() { return *m_server; }
    base::ManualClock& clock() { return m_clock; }
    const OrdersTarget& target() const { return *m_target; }

    peers::Answer get(std::string_view path, std::string_view token = kAnn, std::string_view fields = {}) const {
        return peers::ask(port(), peers::get(port(), path, token, fields));
    }
    peers::Answer ask(std::string_view request) const { return peers::ask(port(), request); }

    /// A snapshot of "orders" that differs from the one before, with these further events.
    void tell(const std::vector<domain::Event>& events = {}, std::uint64_t lost = 0) {
        auto frame = std::make_shared<domain::Frame>();
        frame->number = ++m_frames;
        frame->at = m_clock.now();
        frame->wall = m_clock.wallNow();
        frame->snapshots = {orders()};
        collector::Gathered gathered;
        m_gate.gather(gathered);
        frame->events = std::move(gathered.events);
        frame->events.insert(frame->events.end(), events.begin(), events.end());
        for (domain::Event& event : frame->events) event.id = domain::EventId(++m_lastEvent);
        frame->lostEvents = lost;
        m_server->accept(frame);
    }

    /// Makes the events with the numbers up to this one vanish.
    void skipEventsTo(std::uint64_t id) { m_lastEvent = id; }
    std::uint64_t lastEvent() const { return m_lastEvent; }

    static domain::Event event(std::string text) {
        domain::Event event;
        event.breaker = domain::BreakerId("orders");
        event.text = std::move(text);
        event.at = base::WallTime(std::chrono::milliseconds(1'700'000'000'000));
        return event;
    }

private:
    domain::Snapshot orders() const {
        domain::Snapshot snapshot;
        snapshot.identity = m_identity;
        snapshot.detail = m_detail;
        snapshot.metrics.totals.success = m_frames;
        return snapshot;
    }
    static std::shared_ptr<const domain::Detail> oneTrip() {
        auto dossier = std::make_shared<domain::Dossier>();
        dossier->transition.sequence = 7;
        auto detail = std::make_shared<domain::Detail>();
        detail->dossiers.push_back(dossier);
        return detail;
    }

    base::ManualClock m_clock;
    std::shared_ptr<OrdersTarget> m_target;
    command::Gate m_gate;
    std::uint64_t m_frames = 0;
    std::uint64_t m_lastEvent = 1000;
    std::shared_ptr<server::AgentServer> m_server;
    base::Result<void> m_started;
    const std::shared_ptr<const domain::Detail> m_detail = oneTrip();
    const std::shared_ptr<const domain::Identity> m_identity = std::make_shared<const domain::Identity>(
        domain::Identity{domain::BreakerId("orders"), "orders", "http", "http://127.0.0.1:8081", "shop", "local"});
};

/// Follows the events with a token, from a connection of its own.
class Follower {
public:
    explicit Follower(const ServerBench& bench, std::string_view query = {}, std::string_view fields = {}, int room = 0)
        : m_peer(bench.port(), "127.0.0.1", room) {
        m_peer.send(peers::get(bench.port(), "/api/v1/events" + std::string(query), kVic, fields));
        m_peer.waitFor("\r\n\r\n");
    }

    /// The next message of one of these kinds; others are passed over. Empty when none comes.
    peers::Message next(std::initializer_list<std::string_view> kinds) {
        for (;;) {
            while (!m_messages.empty()) {
                peers::Message message = m_messages.front();
                m_messages.erase(m_messages.begin());
                for (const std::string_view kind : kinds) {
                    if (message.event == kind) return message;
                }
            }
            if (!readMore()) return {};
        }
    }
    peers::HttpPeer& peer() { return m_peer; }

private:
    bool readMore() {
        const bool came = m_peer.waitFor("\n");
        std::string bytes = m_peer.take();
        if (!m_hasHead) bytes.erase(0, bytes.find("\r\n\r\n") + 4);
        m_hasHead = true;
        m_messages = m_reader.take(m_chunks.take(bytes));
        return came;
    }

    peers::HttpPeer m_peer;
    bool m_hasHead = false;
    peers::ChunkReader m_chunks;
    peers::StreamReader m_reader;
    std::vector<peers::Message> m_messages;
};
