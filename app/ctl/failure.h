#pragma once
// Why a command of the shell could not be done: the exit code and a sentence. Its text may be foreign: it is made printable when it is told.

#include <fusebox/ctl/exit_code.h>
#include <fusebox/sources/agent_trouble.h>

#include <tl/expected.hpp>

#include <string>

namespace fusebox::ctl {

struct Failure {
    ExitCode code = ExitCode::badInput;
    std::string text;
};

template <typename Value>
using Attempt = tl::expected<Value, Failure>;

[[nodiscard]] inline tl::unexpected<Failure> failed(ExitCode code, std::string text) {
    return tl::unexpected(Failure{code, std::move(text)});
}

/// By the status of the answer, or by the step that failed where there was none.
[[nodiscard]] ExitCode exitCodeOf(const sources::AgentTrouble& trouble);
[[nodiscard]] Failure failureOf(const sources::AgentTrouble& trouble);
[[nodiscard]] inline tl::unexpected<Failure> failed(const sources::AgentTrouble& trouble) {
    return tl::unexpected(failureOf(trouble));
}

/// Prints "fuseboxctl: ..." to standard error, after what stands in standard output.
ExitCode tell(const Failure& failure);

}  // namespace fusebox::ctl
