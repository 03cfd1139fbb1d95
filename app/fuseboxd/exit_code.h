#pragma once
// What fuseboxd's exit codes mean; documented in its --help.

namespace fusebox::fuseboxd {

enum class ExitCode : int {
    ok = 0,           ///< it was asked to stop, or the configuration is sound
    cannotStart = 1,  ///< something that it needs cannot be had
    badInput = 2,     ///< a wrong command line or configuration
    refused =
        3,  ///< it would not be safe: a token file that others can read, a state directory in use, an open address
};

}  // namespace fusebox::fuseboxd
