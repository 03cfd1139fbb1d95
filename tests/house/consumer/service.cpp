// A service outside the tree that lets consoles, fuseboxctl and Prometheus in, as README.md shows it.
#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/server/agent_server.h>
#include <fusebox/sources/local_source.h>

#include <iostream>
#include <memory>

using namespace fusebox;

int main() {
    const base::SteadyClock clock;
    const auto breakers = std::make_shared<breaker::CircuitBreakerManager>(clock);
    const auto local = std::make_shared<sources::LocalSource>(breakers);
    const auto gate = std::make_shared<command::Gate>(clock);
    gate->addTarget(local);
    collector::BackgroundCollector collector(clock);
    collector.addSource(local);
    collector.addSource(gate);
    server::AgentServer::Options options;
    options.port = 0;
    options.tokens.push_back(
        {"ann", domain::Role::operatorRole, server::TokenBook::hashOf("a-token-of-some-length"), {}, {}});
    const auto server = std::make_shared<server::AgentServer>(clock, *gate, options);
    collector.addSink(server);
    if (const auto started = server->start(); !started) {
        std::cerr << started.error().text() << '\n';
        return 1;
    }
    gate->start();
    collector.start();
    const bool isOpen = server->port() != 0;
    server->stop();
    gate->stop();
    collector.stop();
    return isOpen ? 0 : 1;
}
