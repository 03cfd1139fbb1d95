#pragma once
// Where an agent is, what is shown to it and what it must show.
// Errors: what cannot be used is an AgentTrouble of the step `address` that says what is allowed.

#include <fusebox/sources/agent_trouble.h>

#include <string>
#include <string_view>

namespace fusebox::sources {

/// As a person gave it.
struct AgentAddress {
    std::string name = "agent";  ///< how its breakers are told apart: 1 to 64 characters, none of them "/"
    std::string url;             ///< "https://host:8443", perhaps with a path; without user, password, query
    std::string token;           ///< the bearer token: a secret
    std::string tokenOrigin;     ///< the origin that the token was given for; empty: that of the URL
    std::string caFile;          ///< PEM of whom to trust; empty: whom the system trusts
    std::string fingerprint;     ///< SHA-256 of the one certificate to trust, in hex, colons as you like; empty: none
    std::string proxy;           ///< "http://host:port"; empty: none, whatever the environment says

    bool operator==(const AgentAddress&) const = default;
};

/// An address that was checked and taken apart.
class CheckedAddress {
public:
    /// Refused: other schemes than http and https, user or password in the URL, addresses of the local link (where
    /// clouds keep their keys), a token that was given for another origin.
    [[nodiscard]] static AgentResult<CheckedAddress> check(AgentAddress given);

    [[nodiscard]] const AgentAddress& given() const { return m_given; }
    /// "https://host:8443": to whom the token belongs.
    [[nodiscard]] const std::string& origin() const { return m_origin; }
    [[nodiscard]] const std::string& host() const { return m_host; }
    [[nodiscard]] bool usesTls() const { return m_usesTls; }
    /// The origin with the path that stands before the API's own.
    [[nodiscard]] std::string urlOf(std::string_view path) const { return m_base + std::string(path); }
    /// 64 hex digits in lower case, or empty.
    [[nodiscard]] const std::string& fingerprint() const { return m_fingerprint; }

private:
    CheckedAddress() = default;

    AgentAddress m_given;
    std::string m_origin;
    std::string m_base;
    std::string m_host;
    std::string m_fingerprint;
    bool m_usesTls = false;
};

}  // namespace fusebox::sources
