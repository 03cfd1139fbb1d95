#pragma once
// By which names and from which web pages the server may be called: what keeps a page in a browser from reaching it.
// Threads: immutable.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::server {

class NameCheck {
public:
    /// The names besides the address itself ("ops.example" or, behind something else, "ops.example:443"), and the web
    /// pages ("https://ops.example") that may call.
    NameCheck(std::string address, std::uint16_t port, bool isTls, std::vector<std::string> names,
              std::vector<std::string> origins);

    /// The field Host.
    [[nodiscard]] bool isOurs(std::string_view host) const;

    /// The fields Origin and Sec-Fetch-Site, as browsers send them.
    [[nodiscard]] bool mayCall(const std::optional<std::string>& origin, std::string_view fetchSite) const;

private:
    std::vector<std::string> m_hosts;
    std::vector<std::string> m_origins;
};

}  // namespace fusebox::server
