#include <fusebox/server/name_check.h>

#include <algorithm>

namespace fusebox::server {

namespace {

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), lowered(text)) != list.end();
}

bool isAnyAddress(const std::string& address) {
    return address == "0.0.0.0" || address == "::";
}

}  // namespace

NameCheck::NameCheck(std::string address, std::uint16_t port, bool isTls, std::vector<std::string> names,
                     std::vector<std::string> origins) {
    const std::string end = ":" + std::to_string(port);
    const bool isUsualPort = port == (isTls ? 443 : 80);
    if (address.find(':') != std::string::npos) address = "[" + address + "]";
    if (!isAnyAddress(address)) names.push_back(address);
    names.insert(names.end(), {"localhost", "127.0.0.1", "[::1]"});
    for (const std::string& name : names) {
        const std::size_t colon = name.rfind(':');
        const bool hasPort = colon != std::string::npos && name.find(']', colon) == std::string::npos;
        const std::string host = lowered(name) + (hasPort ? "" : end);
        m_hosts.push_back(host);
        m_origins.push_back((isTls ? "https://" : "http://") + host);
        if (!hasPort && isUsualPort) m_hosts.push_back(lowered(name));
    }
    for (const std::string& origin : origins) m_origins.push_back(lowered(origin));
}

bool NameCheck::isOurs(std::string_view host) const {
    return contains(m_hosts, host);
}

bool NameCheck::mayCall(const std::optional<std::string>& origin, std::string_view fetchSite) const {
    if (origin && !contains(m_origins, *origin)) return false;
    if (fetchSite.empty() || fetchSite == "same-origin" || fetchSite == "none") return true;
    return origin.has_value();  // a page that is on the list
}

}  // namespace fusebox::server
