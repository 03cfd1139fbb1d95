#include <fusebox/config/state_place.h>

#include <cstdlib>
#include <fstream>
#include <system_error>

namespace fusebox::config {

namespace {

/// A path that is not absolute counts as not set: so says the XDG base directory specification.
std::optional<std::filesystem::path> absoluteIn(const char* variable) {
    const char* value = std::getenv(variable);
    if (value == nullptr || value[0] != '/') return std::nullopt;
    return std::filesystem::path(value);
}

}  // namespace

std::optional<std::filesystem::path> stateDir() {
    if (const auto folder = absoluteIn("XDG_STATE_HOME")) return *folder / "fusebox";
    if (const auto home = absoluteIn("HOME")) return *home / ".local" / "state" / "fusebox";
    return std::nullopt;
}

std::optional<std::filesystem::path> agentStateDir() {
    if (auto given = absoluteIn("STATE_DIRECTORY")) return given;
    const auto folder = stateDir();
    return folder ? std::optional(*folder / "agent") : std::nullopt;
}

std::optional<LocalAgent> localAgentIn(const std::filesystem::path& folder) {
    LocalAgent agent;
    agent.tokenFile = folder / "local.token";
    std::ifstream stream(folder / "local.url");
    std::error_code trouble;
    if (!std::getline(stream, agent.url) || agent.url.empty() || !std::filesystem::exists(agent.tokenFile, trouble)) {
        return std::nullopt;
    }
    return agent;
}

}  // namespace fusebox::config
