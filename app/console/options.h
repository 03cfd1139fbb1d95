#pragma once
// The command line of the console.

#include <optional>
#include <string>
#include <variant>

namespace fusebox::console {

struct Options {
    std::optional<std::string> config;       ///< nothing: the lab
    std::optional<std::string> profile;      ///< of the configuration
    std::optional<std::string> screenshots;  ///< the directory to write to
    bool fresh = false;                      ///< breakers begin anew, whatever they were when the program last ended
};

/// The program is over before it began: --help, --version, or a command line that cannot be read.
struct Exit {
    int code = 0;
};

/// Exit codes: 0 for --help and --version, 2 for a wrong command line. What is to be said has been printed.
[[nodiscard]] std::variant<Options, Exit> parseCommandLine(int argc, char** argv);

}  // namespace fusebox::console
