// A server on loopback that speaks TLS with the certificate and the versions that the test wants, and answers every
// request alike.
// Threads: one of its own; the destructor ends it.
#pragma once

#include <fusebox/support/file_descriptor.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace tls {

struct Certificate {
    std::string certificate;  // PEM
    std::string key;          // PEM
    std::string fingerprint;  // SHA-256 in hex, with colons
};

struct CertificateWish {
    std::string host = "127.0.0.1";
    std::chrono::seconds validFrom{-3600};  // from now
    std::chrono::seconds validUntil{3600};
    const Certificate* issuer = nullptr;  // nullptr: signs itself
    bool isAuthority = false;
};

Certificate makeCertificate(const CertificateWish& wish);

enum class Versions { modern, old };

class TlsPeer {
public:
    // `certificate` may be exchanged between two connections.
    TlsPeer(Certificate certificate, std::string answer, Versions versions = Versions::modern);
    ~TlsPeer();

    std::uint16_t port() const { return m_port; }
    // Of the next connections.
    void show(const Certificate& certificate);
    // How many requests were read: none, as long as the client trusted no one.
    int requests() const { return m_requests; }

private:
    struct Context;
    void serve();

    const std::string m_answer;
    const Versions m_versions;
    std::uint16_t m_port = 0;
    fusebox::support::FileDescriptor m_listening;
    std::shared_ptr<Context> m_context;
    std::atomic<int> m_requests{0};
    std::atomic<bool> m_isOver{false};
    std::thread m_thread;
};

}  // namespace tls
