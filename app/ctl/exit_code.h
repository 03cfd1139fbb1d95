#pragma once
// What fuseboxctl's exit codes mean; documented in its --help.

namespace fusebox::ctl {

enum class ExitCode : int {
    ok = 0,
    negative = 1,  ///< the answer is no: a scenario disagrees, a file is not valid
    badInput = 2,  ///< arguments or input that cannot be read
};

}  // namespace fusebox::ctl
