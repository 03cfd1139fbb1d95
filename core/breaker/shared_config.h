#pragma once
// A configuration with what is made of it alone. Breakers with the same configuration share one: of ten thousand breakers
// each keeps a pointer, not six hundred bytes and sixty texts.
// Threads: all functions from any thread; immutable.
// Limits: the last 64 different configurations are looked through; beyond them equal ones are no longer found.

#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/error_rules.h>
#include <fusebox/domain/snapshot.h>

#include <memory>
#include <mutex>

namespace fusebox::breaker {

class SharedConfig {
public:
    [[nodiscard]] static std::shared_ptr<const SharedConfig> of(CircuitBreakerConfig config);

    explicit SharedConfig(CircuitBreakerConfig config);

    [[nodiscard]] const CircuitBreakerConfig& config() const noexcept { return m_config; }
    [[nodiscard]] const std::shared_ptr<const ErrorRules>& errorRules() const noexcept { return m_errorRules; }

    /// All options as texts, made when first asked for: reading them and comparing them with all presets takes its time.
    [[nodiscard]] std::shared_ptr<const domain::ConfigSheet> sheet() const;

private:
    const CircuitBreakerConfig m_config;
    const std::shared_ptr<const ErrorRules> m_errorRules;
    mutable std::once_flag m_once;
    mutable std::shared_ptr<const domain::ConfigSheet> m_sheet;
};

}  // namespace fusebox::breaker
