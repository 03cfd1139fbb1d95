#pragma once
// Turns a host name into addresses within a deadline.
// Built on c-ares, since it is the one way that ends: getaddrinfo blocks for as long as resolv.conf says and cannot be
// killed on a thread of its own, getaddrinfo_a does the same on hidden threads, res_nquery blocks and knows no /etc/hosts.
// Threads: any; each lookup stands alone and reads /etc/hosts and /etc/resolv.conf anew.
// Errors: code system dns with NXDOMAIN, NODATA, SERVFAIL, REFUSED, TIMEOUT, ...
// Limits: reads files and DNS in the order of /etc/nsswitch.conf, but no other name service (mDNS, LDAP).

#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/failure.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::adapters {

struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;

    [[nodiscard]] std::string text() const;  ///< "127.0.0.1", "::1"
    void setPort(std::uint16_t port);
};

/// Reads an address as text; nothing when it is a name.
[[nodiscard]] std::optional<Address> addressFromText(const std::string& text);

/// "127.0.0.1:80", "[::1]:80"
[[nodiscard]] std::string hostAndPort(const std::string& host, std::uint16_t port);

struct NameQuery {
    enum class Family : std::uint8_t { any, v4, v6 };
    enum class Scope : std::uint8_t { system, dnsOnly };  ///< dnsOnly: no hosts file, no search domains

    std::string name;
    Family family = Family::any;
    Scope scope = Scope::system;
    std::string server;  ///< "127.0.0.1:53"; empty: those of the system
};

/// At least one address, or why there is none. An address as text needs no lookup.
[[nodiscard]] Attempt<std::vector<Address>> resolve(const NameQuery& query, CallWatch& watch, Phase phase);

}  // namespace fusebox::adapters
