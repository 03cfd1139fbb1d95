// A program outside the tree: guards calls with the installed library and prints what its breaker does.
#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>

#include <iostream>
#include <stdexcept>

using namespace fusebox;

int callThatWorks() {
    return 42;
}

int callThatFails() {
    throw std::runtime_error("connection refused");
}

int main() {
    const base::SteadyClock clock;
    breaker::CircuitBreakerConfig config;
    config.consecutiveFailuresThreshold = 3;
    domain::Identity identity;
    identity.id = domain::BreakerId("orders");
    identity.name = "orders";
    const auto created = breaker::CircuitBreaker::create(identity, config, clock);
    if (!created) return 1;
    breaker::CircuitBreaker& orders = **created;

    const auto answer = orders.call(callThatWorks);
    if (!answer || *answer != 42) return 1;
    std::cout << "state: " << domain::toWord(orders.state()) << '\n';

    for (int i = 0; i < 3; ++i) {
        try {
            const auto failed = orders.call(callThatFails);
        } catch (const std::runtime_error& error) {
            std::cout << "failed: " << error.what() << '\n';
        }
    }
    const auto refused = orders.call(callThatWorks);
    if (refused || !refused.error().refusal) return 1;
    std::cout << "state: " << domain::toWord(orders.state()) << '\n';
    return 0;
}
