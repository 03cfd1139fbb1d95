#pragma once
// Decides whether the certificate that an agent shows is trusted: by authorities, or by one certificate's fingerprint.
// Threads: one at a time, that of the transfer.
// Lifetime: outlives the connections that are made with it.
// Source: OpenSSL's SSL_CTX_set_cert_verify_callback, reached through curl.

#include <string>

namespace fusebox::sources {

class CheckedAddress;

class AgentTrust {
public:
    /// An empty fingerprint: whom the authorities vouch for, for that host name.
    explicit AgentTrust(std::string fingerprint) : m_fingerprint(std::move(fingerprint)) {}
    AgentTrust(const AgentTrust&) = delete;
    AgentTrust& operator=(const AgentTrust&) = delete;

    /// Sets up one transfer. False when this curl cannot do it.
    [[nodiscard]] bool install(void* curl, const std::string& caFile);

    /// SHA-256 of the certificate that was last shown, as "AB:CD:..."; empty: none was.
    [[nodiscard]] const std::string& shown() const { return m_shown; }
    /// It was another than the one to trust.
    [[nodiscard]] bool isOther() const { return m_isOther; }
    void forget() {
        m_shown.clear();
        m_isOther = false;
    }

private:
    struct Callbacks;

    const std::string m_fingerprint;
    std::string m_shown;
    bool m_isOther = false;
};

}  // namespace fusebox::sources
