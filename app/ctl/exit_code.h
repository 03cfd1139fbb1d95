#pragma once
// What fuseboxctl's exit codes mean; documented in its --help and in README.md.

namespace fusebox::ctl {

enum class ExitCode : int {
    ok = 0,
    negative = 1,      ///< the answer is no: refused, failed, not there, not valid, not intact
    badInput = 2,      ///< arguments or input that cannot be read
    noConnection = 3,  ///< no agent was reached, or it cannot answer now
    notAllowed = 4,    ///< the agent does not know the token, or the token's role may not do this
    unknown = 5,       ///< a command was sent, and what became of it is not known
};

}  // namespace fusebox::ctl
