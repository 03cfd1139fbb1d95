#pragma once
// A change of a configuration as people ask for it: options with their new values, as text.
// Errors: name the option, what is wrong with it and what is allowed. Nothing is changed in part.

#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/domain/config_entry.h>

#include <string>
#include <vector>

namespace fusebox::breaker {

/// `from` with these options, validated. "preset" may stand first and replaces all options; a RecoveryStrategy of the
/// program's own stays. Errors: notFound, invalidInput.
[[nodiscard]] base::Result<CircuitBreakerConfig> changed(const CircuitBreakerConfig& from,
                                                         const std::vector<domain::ConfigEntry>& options);

/// One option in two configurations.
struct ConfigDifference {
    std::string option;
    std::string before;
    std::string after;

    bool operator==(const ConfigDifference&) const = default;
};

[[nodiscard]] std::vector<ConfigDifference> differences(const CircuitBreakerConfig& before,
                                                        const CircuitBreakerConfig& after);

/// "classic", or "classic, 3 options changed" after the preset from which fewest options differ.
[[nodiscard]] std::string nearestPreset(const CircuitBreakerConfig& config);

/// "open_timeout 1 s -> 5 s; ramp_steps 0.25, 0.5 -> none"
[[nodiscard]] std::string textOf(const std::vector<ConfigDifference>& differences);

}  // namespace fusebox::breaker
