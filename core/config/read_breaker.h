#pragma once
// Reads a [breaker] table: `preset` and every option of breaker::CircuitBreakerConfig, by its table of options.

#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/config/table_reader.h>

namespace fusebox::config {

/// A preset in the table replaces `start`; the other keys change it.
[[nodiscard]] breaker::CircuitBreakerConfig readBreaker(const toml::table& table, const std::string& scope,
                                                        breaker::CircuitBreakerConfig start, Notes& notes);

}  // namespace fusebox::config
