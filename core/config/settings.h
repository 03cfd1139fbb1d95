#pragma once
// A checked configuration: which dependencies are called, how often, how, and guarded by which breaker; what users
// say of errors; and what the agent, its journal and its log shall be.
// Lifetime: plain values.

#include <fusebox/adapters/dns_adapter.h>
#include <fusebox/adapters/http_adapter.h>
#include <fusebox/adapters/postgres_adapter.h>
#include <fusebox/adapters/redis_adapter.h>
#include <fusebox/adapters/sqlite_adapter.h>
#include <fusebox/adapters/tcp_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/collector/pace.h>
#include <fusebox/config/action_settings.h>
#include <fusebox/config/agent_settings.h>
#include <fusebox/errors/classifier_rule.h>
#include <fusebox/handling/policy.h>
#include <fusebox/recovery/alert_channel.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fusebox::config {

using AdapterSettings = std::variant<adapters::HttpSettings, adapters::TcpSettings, adapters::SqliteSettings,
                                     adapters::PostgresSettings, adapters::RedisSettings, adapters::DnsSettings>;

/// "http", "tcp", "sqlite", "postgres", "redis", "dns": the order of AdapterSettings.
[[nodiscard]] const std::vector<std::string_view>& kinds();
[[nodiscard]] std::string_view kindOf(const AdapterSettings& settings);

/// How often the dependency is called.
struct Traffic {
    enum class Kind : std::uint8_t {
        interval,  ///< every `interval`, give or take the share `jitter`
        rate,      ///< at random, `rate` calls per second on average
        never,     ///< only when an operator asks for a probe
    };

    Kind kind = Kind::interval;
    base::Duration interval = std::chrono::seconds(1);
    double jitter = 0.1;
    double rate = 1;
    std::uint32_t concurrency = 4;  ///< calls at once; starts beyond it are skipped
    bool probeWithoutTraffic =
        false;  ///< an OPEN breaker is probed when its wait is over, not at the next regular call

    bool operator==(const Traffic&) const = default;
};

/// What is done about the errors of a dependency.
struct Handling {
    handling::Policy policy;
    std::optional<bool> idempotent;           ///< as the file says it; nothing: see repeatsSafely()
    std::optional<std::string> defaultValue;  ///< for FALLBACK_TO_DEFAULT
    std::string reducedPath;                  ///< of http, for GRACEFUL_DEGRADATION; empty: there is none

    bool operator==(const Handling&) const = default;
};

struct Dependency {
    std::string name;
    std::string group;
    AdapterSettings adapter;
    std::vector<AdapterSettings> backups;  ///< in their order, of the same kind
    Traffic traffic;
    breaker::CircuitBreakerConfig breaker;
    std::vector<ActionSettings> actions;  ///< in the order in which they are tried
    Handling handling;
    std::uint32_t line = 0;  ///< where it stands in the file

    /// It is called, and its errors are handled, in the same way; its breaker is another question.
    [[nodiscard]] bool isCalledLike(const Dependency& other) const;
};

struct Settings {
    std::vector<Dependency> dependencies;  ///< in the order of the file
    breaker::CircuitBreakerConfig defaultBreaker;
    std::vector<errors::ClassifierRule> errorRules;  ///< the first that matches decides
    recovery::AlertSettings alerts;
    AgentSettings agent;
    JournalSettings journal;
    LogSettings log;
};

/// What a breaker is where the file says nothing: `balanced`, and 5 failures in a row. Dependencies that Fusebox calls by itself
/// are called too rarely for rates alone to notice that one hangs.
[[nodiscard]] breaker::CircuitBreakerConfig builtInBreaker();

/// Errors: what the adapter does not accept, with the name of the setting.
[[nodiscard]] base::Result<std::unique_ptr<adapters::DataAdapter>> createAdapter(const AdapterSettings& settings,
                                                                                 const base::Clock& clock);
/// Whether the call can be made twice without harm, as far as its settings tell.
[[nodiscard]] bool repeatsSafely(const AdapterSettings& settings);
/// The call that asks for less; nothing: there is none.
[[nodiscard]] std::optional<AdapterSettings> reducedForm(const AdapterSettings& settings, const Handling& handling);
[[nodiscard]] std::unique_ptr<collector::Pace> createPace(const Traffic& traffic);

}  // namespace fusebox::config
