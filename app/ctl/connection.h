#pragma once
// How fuseboxctl finds its agent: as the command line says, else the one that runs on this machine.

#include <fusebox/ctl/failure.h>
#include <fusebox/sources/agent_client.h>

#include <CLI/App.hpp>

#include <memory>
#include <string>

namespace fusebox::ctl {

struct ConnectionChoice {
    std::string url;          ///< empty: of the local agent
    std::string tokenFile;    ///< empty: of the local agent
    std::string caFile;       ///< PEM of whom to trust; empty: whom the system trusts
    std::string fingerprint;  ///< of the one certificate to trust; empty: none
};

/// --connect, --token-file, --ca-file, --fingerprint. Lifetime: `choice` outlives the parsing.
void addConnectionOptions(CLI::App& command, ConnectionChoice& choice);

/// Checks what is chosen; no connection is made yet. The token comes from a file alone: command lines and URLs are seen by others.
/// Errors: badInput for an address or token file that cannot be used, noConnection if there is no local agent.
[[nodiscard]] Attempt<std::unique_ptr<sources::AgentClient>> clientFor(const ConnectionChoice& choice,
                                                                       sources::AgentClient::Options options = {});

}  // namespace fusebox::ctl
