#pragma once
// How each kind of command is carried out on one local breaker.
// Threads: the gate's thread.

#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/domain/command.h>

#include <string>

namespace fusebox::sources {

using Done = base::Result<std::string>;  ///< what was done, in words

/// Errors: why the breaker does not allow it, or what is wrong with the command.
[[nodiscard]] Done carryOut(breaker::CircuitBreaker& breaker, const domain::Command& command);

}  // namespace fusebox::sources
