#pragma once
// How programs of the same user on the same machine find an agent and come in: two small files in its state directory, its address
// (local.url) and an admin token of its own (local.token, mode 0600), which is made at the first start.
// Errors: as config::readTokenFile(); a token file that is there and cannot be trusted is refused, not replaced.

#include <fusebox/base/result.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace fusebox::agent {

inline constexpr std::string_view kLocalToken = "local.token";
inline constexpr std::string_view kLocalUrl = "local.url";

/// The token of the directory.
[[nodiscard]] base::Result<std::string> localToken(const std::filesystem::path& stateDir);

/// Takes the place of an older address. Errors: unavailable.
[[nodiscard]] base::Result<void> writeLocalUrl(const std::filesystem::path& stateDir, const std::string& url);

/// "http://127.0.0.1:7420", "https://[::1]:7420"; for an address that means all of them the loopback one.
[[nodiscard]] std::string localUrl(const std::string& address, std::uint16_t port, bool isTls);

}  // namespace fusebox::agent
