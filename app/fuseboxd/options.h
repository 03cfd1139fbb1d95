#pragma once
// The command line of the agent.

#include <fusebox/fuseboxd/exit_code.h>

#include <optional>
#include <string>
#include <variant>

namespace fusebox::fuseboxd {

struct Options {
    std::optional<std::string> config;
    std::optional<std::string> profile;
    std::optional<std::string> stateDir;
    bool lab = false;
    bool check = false;  ///< tell whether it could start, and end
};

/// The program is over before it began: --help, --version, or a command line that cannot be read. What is to be said has been printed.
[[nodiscard]] std::variant<Options, ExitCode> parseCommandLine(int argc, char** argv);

}  // namespace fusebox::fuseboxd
