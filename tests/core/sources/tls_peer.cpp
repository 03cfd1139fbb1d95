#include "tls_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <csignal>

namespace tls {
namespace {

template <auto free>
struct Free {
    template <typename T>
    void operator()(T* object) const {
        free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

std::string textOf(const Bio& bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

Cert certOf(const std::string& pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return Cert(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

Key keyOf(const std::string& pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

void addExtension(X509* certificate, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

bool isAddress(const std::string& host) {
    in_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

std::string fingerprintOf(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        std::array<char, 4> byte{};
        std::snprintf(byte.data(), byte.size(), i == 0 ? "%02X" : ":%02X", digest[i]);
        text += byte.data();
    }
    return text;
}

}  // namespace

Certificate makeCertificate(const CertificateWish& wish) {
    static std::atomic<long> serial{1};
    const Key key(EVP_EC_gen("P-256"));
    const Cert certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), static_cast<long>(wish.validFrom.count()));
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), static_cast<long>(wish.validUntil.count()));
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const std::string& common = wish.host;
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1,
                               0);
    addExtension(certificate.get(), NID_basic_constraints, wish.isAuthority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wish.isAuthority) {
        addExtension(certificate.get(), NID_subject_alt_name, (isAddress(wish.host) ? "IP:" : "DNS:") + wish.host);
    }
    if (wish.issuer != nullptr) {
        const Cert issuer = certOf(wish.issuer->certificate);
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
        X509_sign(certificate.get(), keyOf(wish.issuer->key).get(), EVP_sha256());
    } else {
        X509_set_issuer_name(certificate.get(), name);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
    }
    Certificate made;
    const Bio certificatePem(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificatePem.get(), certificate.get());
    made.certificate = textOf(certificatePem);
    const Bio keyPem(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    made.key = textOf(keyPem);
    made.fingerprint = fingerprintOf(certificate.get());
    return made;
}

struct TlsPeer::Context {
    std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> ssl;
};

TlsPeer::TlsPeer(Certificate certificate, std::string answer, Versions versions)
    : m_answer(std::move(answer)), m_versions(versions), m_listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    show(certificate);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(m_listening.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::getsockname(m_listening.value(), reinterpret_cast<sockaddr*>(&address), &length);
    m_port = ntohs(address.sin_port);
    ::listen(m_listening.value(), 16);
    m_thread = std::thread([this] { serve(); });
}

TlsPeer::~TlsPeer() {
    m_isOver = true;
    m_thread.join();
}

void TlsPeer::show(const Certificate& certificate) {
    auto context = std::make_shared<Context>();
    context->ssl.reset(SSL_CTX_new(TLS_server_method()));
    if (m_versions == Versions::old) {
        SSL_CTX_set_min_proto_version(context->ssl.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context->ssl.get(), TLS1_1_VERSION);
        SSL_CTX_set_cipher_list(context->ssl.get(), "DEFAULT@SECLEVEL=0");
    }
    SSL_CTX_use_certificate(context->ssl.get(), certOf(certificate.certificate).get());
    SSL_CTX_use_PrivateKey(context->ssl.get(), keyOf(certificate.key).get());
    std::atomic_store(&m_context, std::move(context));
}

void TlsPeer::serve() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    while (!m_isOver) {
        pollfd ready{m_listening.value(), POLLIN, 0};
        if (::poll(&ready, 1, 20) <= 0) continue;
        const fusebox::support::FileDescriptor connection(
            ::accept4(m_listening.value(), nullptr, nullptr, SOCK_CLOEXEC));
        const timeval limit{2, 0};
        ::setsockopt(connection.value(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const auto context = std::atomic_load(&m_context);
        const std::unique_ptr<SSL, Free<SSL_free>> ssl(SSL_new(context->ssl.get()));
        SSL_set_fd(ssl.get(), connection.value());
        if (SSL_accept(ssl.get()) != 1) continue;
        std::array<char, 4096> bytes{};
        std::string asked;
        int count = 0;
        while ((count = SSL_read(ssl.get(), bytes.data(), static_cast<int>(bytes.size()))) > 0) {
            asked.append(bytes.data(), static_cast<std::size_t>(count));
            if (asked.find("\r\n\r\n") == std::string::npos) continue;
            ++m_requests;
            SSL_write(ssl.get(), m_answer.data(), static_cast<int>(m_answer.size()));
            break;
        }
        SSL_shutdown(ssl.get());
    }
}

}  // namespace tls
