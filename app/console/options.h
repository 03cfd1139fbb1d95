#pragma once
// The command line of the console.

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fusebox::console {

/// An agent to attach for this run.
struct ConnectOption {
    std::string name;  ///< host and port, where none was given
    std::string url;
    std::string tokenFile;    ///< empty: no token, or the one in the keyring
    std::string caFile;       ///< empty: the authorities of the system
    std::string fingerprint;  ///< of the one certificate to trust; empty: whatever the authorities vouch for
};

struct Options {
    std::optional<std::string> config;       ///< nothing: the lab
    std::optional<std::string> profile;      ///< of the configuration
    std::optional<std::string> screenshots;  ///< the directory to write to
    std::vector<ConnectOption> connect;
    bool lab = false;    ///< asked for, also beside agents
    bool fresh = false;  ///< breakers begin anew, whatever they were when the program last ended
};

/// The program is over before it began: --help, --version, or a command line that cannot be read.
struct Exit {
    int code = 0;
};

/// Exit codes: 0 for --help and --version, 2 for a wrong command line. What is to be said has been printed.
[[nodiscard]] std::variant<Options, Exit> parseCommandLine(int argc, char** argv);

}  // namespace fusebox::console
