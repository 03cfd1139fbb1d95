#pragma once
// What a configuration says of the program itself: the agent's door and who may enter, the journal, the log.
// Lifetime: plain values. No token is in them: a token is known by its hash, or by the file it lies in.

#include <fusebox/base/time.h>
#include <fusebox/domain/role.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::config {

/// Who may talk to the agent, and as what.
struct TokenSettings {
    std::string name;  ///< of its owner, as commands and the journal name them
    domain::Role role = domain::Role::viewer;
    std::string sha256;                     ///< of the token: 64 hexadecimal digits, lower case; empty: see file
    std::string file;                       ///< holds the token
    std::optional<base::WallTime> expires;  ///< not valid from then on
    std::uint32_t line = 0;

    bool operator==(const TokenSettings&) const = default;
};

/// What one agent takes on at most.
struct AgentLimits {
    std::uint32_t connections = 1024;      ///< requests and streams at once
    std::uint32_t streams = 512;           ///< followers of the events at once; the other connections stay free
    std::uint32_t requestsPerSecond = 50;  ///< of one address
    std::uint32_t connectionsPerAddress = 64;

    bool operator==(const AgentLimits&) const = default;
};

struct AgentSettings {
    std::string name;                   ///< empty: the name of the machine
    std::string address = "127.0.0.1";  ///< IPv4 or IPv6, numeric
    std::uint16_t port = 7420;          ///< zero: any that is free
    std::string certificateFile;        ///< PEM, with the chain; empty: no TLS
    std::string keyFile;
    std::string stateDir;                     ///< empty: as the program says
    std::vector<std::string> allowedHosts;    ///< names by which requests may call it, besides its address
    std::vector<std::string> allowedOrigins;  ///< web pages that may talk to it, such as "https://ops.example"
    std::vector<TokenSettings> tokens;
    AgentLimits limits;
    domain::Role forceClosed = domain::Role::admin;  ///< the least role that may hold a breaker FORCE_CLOSED

    bool operator==(const AgentSettings&) const = default;
};

struct JournalSettings {
    bool enabled = true;
    std::string file;                                  ///< empty: journal.db in the state directory
    base::Duration age = std::chrono::hours(24 * 30);  ///< older events go; commands and changes stay
    std::uint64_t size = 1ULL << 30;                   ///< bytes; the oldest go beyond it

    bool operator==(const JournalSettings&) const = default;
};

enum class LogLevel : std::uint8_t { debug, info, warning, error };
enum class LogFormat : std::uint8_t { json, text };

struct LogSettings {
    LogLevel level = LogLevel::info;
    std::string file;  ///< empty: standard error
    LogFormat format = LogFormat::json;

    bool operator==(const LogSettings&) const = default;
};

/// Whether only this machine can reach the address: 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const std::string& address);

}  // namespace fusebox::config
