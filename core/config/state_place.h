#pragma once
// Where programs keep what they need again, and how they find an agent on this machine.

#include <filesystem>
#include <optional>
#include <string>

namespace fusebox::config {

/// $XDG_STATE_HOME/fusebox, else ~/.local/state/fusebox; nothing where there is no home.
[[nodiscard]] std::optional<std::filesystem::path> stateDir();

/// Of the agent: $STATE_DIRECTORY, which systemd sets, else agent/ in stateDir().
[[nodiscard]] std::optional<std::filesystem::path> agentStateDir();

/// What an agent leaves in its state directory for programs of the same user.
struct LocalAgent {
    std::string url;                  ///< http://127.0.0.1:7420
    std::filesystem::path tokenFile;  ///< see token_file.h
};

/// By its file local.url; whether it runs is another question. Nothing: there is none that this user may use.
[[nodiscard]] std::optional<LocalAgent> localAgentIn(const std::filesystem::path& stateDir);

}  // namespace fusebox::config
