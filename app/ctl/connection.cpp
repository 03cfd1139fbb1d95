#include <fusebox/ctl/connection.h>

#include <fusebox/config/state_place.h>
#include <fusebox/config/token_file.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <vector>

namespace fusebox::ctl {

namespace {

/// In the order in which they are looked at.
std::vector<std::filesystem::path> placesOfAgents() {
    std::vector<std::filesystem::path> places;
    if (const char* given = std::getenv("FUSEBOX_STATE_DIR"); given != nullptr && *given != '\0') {
        places.emplace_back(given);
    }
    if (auto own = config::agentStateDir()) places.push_back(std::move(*own));
    places.emplace_back("/var/lib/fusebox");
    return places;
}

std::optional<config::LocalAgent> localAgent() {
    for (const std::filesystem::path& place : placesOfAgents()) {
        if (auto found = config::localAgentIn(place)) return found;
    }
    return std::nullopt;
}

std::string placesText() {
    std::string text;
    for (const std::filesystem::path& place : placesOfAgents()) text += (text.empty() ? "" : ", ") + place.string();
    return text;
}

bool isLocal(const std::string& url, const config::LocalAgent& local) {
    std::string given = url;
    while (given.ends_with('/')) given.pop_back();
    return given == local.url;
}

}  // namespace

void addConnectionOptions(CLI::App& command, ConnectionChoice& choice) {
    constexpr const char* kGroup = "Connection";
    command.add_option("--connect", choice.url, "the agent's address; without: the agent of this machine")
        ->type_name("URL")
        ->envname("FUSEBOX_CONNECT")
        ->group(kGroup);
    command.add_option("--token-file", choice.tokenFile, "a file of mode 0600 that holds the token in one line")
        ->type_name("FILE")
        ->envname("FUSEBOX_TOKEN_FILE")
        ->group(kGroup);
    command.add_option("--ca-file", choice.caFile, "whose certificates to trust (PEM); without: as the system does")
        ->type_name("FILE")
        ->group(kGroup);
    command.add_option("--fingerprint", choice.fingerprint, "trust the one certificate with this SHA-256")
        ->type_name("HEX")
        ->group(kGroup);
}

Attempt<std::unique_ptr<sources::AgentClient>> clientFor(const ConnectionChoice& choice,
                                                         sources::AgentClient::Options options) {
    if (choice.url.find_first_of("?#") != std::string::npos) {
        return failed(
            ExitCode::badInput,
            "--connect: a URL with a query is refused: what stands in URLs gets into logs and histories. If it "
            "was a token, have it replaced, and give the new one by --token-file");
    }
    const std::optional<config::LocalAgent> local = localAgent();
    if (choice.url.empty() && !local) {
        return failed(ExitCode::noConnection, "there is no agent of this user in " + placesText() +
                                                  "; tell its address by --connect URL --token-file FILE");
    }
    sources::AgentAddress address;
    address.url = choice.url.empty() ? local->url : choice.url;
    address.caFile = choice.caFile;
    address.fingerprint = choice.fingerprint;
    std::filesystem::path tokenFile = choice.tokenFile;
    if (tokenFile.empty()) {
        if (!local || !isLocal(address.url, *local)) {
            return failed(ExitCode::badInput,
                          "a token is needed: --token-file FILE, or the variable FUSEBOX_TOKEN_FILE");
        }
        tokenFile = local->tokenFile;
    }
    auto token = config::readTokenFile(tokenFile);
    if (!token) return failed(ExitCode::badInput, "the token file cannot be used: " + token.error().text());
    address.token = std::move(*token);
    auto client = sources::AgentClient::create(std::move(address), options);
    if (!client) return failed(client.error());
    return std::move(*client);
}

}  // namespace fusebox::ctl
