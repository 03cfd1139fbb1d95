// A dependency at a port where nobody listens.
#pragma once

#include <fusebox/config/settings.h>
#include <fusebox/support/free_port.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace fusebox::wiring {

inline config::Dependency closedPort(const std::string& name, std::uint16_t port = support::freePort()) {
    config::Dependency dependency;
    dependency.name = name;
    adapters::TcpSettings tcp;
    tcp.host = "127.0.0.1";
    tcp.port = port;
    dependency.adapter = tcp;
    dependency.traffic.interval = std::chrono::milliseconds(50);
    dependency.breaker = config::builtInBreaker();
    return dependency;
}

}  // namespace fusebox::wiring
