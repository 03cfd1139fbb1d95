#pragma once
// Who may come in, as the configuration says it and with the agent's own local token; and the certificate that the server shows.
// Errors: with the token's name or the file.

#include <fusebox/base/result.h>
#include <fusebox/config/agent_settings.h>
#include <fusebox/server/token_book.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fusebox::agent {

/// Token files are read now; of what is in them the hash alone is kept. The local token is an admin's, by the name of the system's user.
[[nodiscard]] base::Result<std::vector<server::TokenEntry>> tokensOf(const config::AgentSettings& settings,
                                                                     const std::filesystem::path& stateDir);

enum class Pem : std::uint8_t { certificate, key };

/// Errors: refused for a key that others can read; unavailable. Limits: 1 MiB.
[[nodiscard]] base::Result<std::string> readPem(const std::filesystem::path& file, Pem kind);

}  // namespace fusebox::agent
