#include "server_bench.h"

#include <fusebox/support/test_case.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <array>
#include <memory>

using namespace std::chrono_literals;

namespace {

template <auto Free>
struct Freeing {
    template <typename Value>
    void operator()(Value* value) const {
        Free(value);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Memory = std::unique_ptr<BIO, Freeing<BIO_free_all>>;

std::string contentOf(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

/// A certificate for this machine that signs itself, and its key, as PEM.
server::TlsFiles ownCertificate() {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const Memory certificateText(BIO_new(BIO_s_mem()));
    const Memory keyText(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateText.get(), certificate.get());
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {contentOf(certificateText.get()), contentOf(keyText.get())};
}

/// Speaks TLS of one version with the server.
class TlsPeer {
public:
    TlsPeer(std::uint16_t port, int version)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), m_context(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_security_level(m_context.get(), 0);
        SSL_CTX_set_min_proto_version(m_context.get(), version);
        SSL_CTX_set_max_proto_version(m_context.get(), version);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
        m_session.reset(SSL_new(m_context.get()));
        SSL_set_fd(m_session.get(), m_socket.value());
        m_isOpen = SSL_connect(m_session.get()) == 1;
    }

    bool isOpen() const { return m_isOpen; }
    std::string ask(const std::string& request) {
        if (SSL_write(m_session.get(), request.data(), static_cast<int>(request.size())) <= 0) return {};
        std::string answer;
        std::array<char, 4096> bytes{};
        for (int count = 0; (count = SSL_read(m_session.get(), bytes.data(), bytes.size())) > 0;) {
            answer.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return answer;
    }
    /// The certificate that was shown, as PEM.
    std::string certificate() const {
        const Certificate shown(SSL_get1_peer_certificate(m_session.get()));
        const Memory text(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(text.get(), shown.get());
        return contentOf(text.get());
    }
    /// Reads until the text has come.
    bool waitFor(const std::string& text) {
        std::array<char, 4096> bytes{};
        std::string all;
        for (int count = 0; (count = SSL_read(m_session.get(), bytes.data(), bytes.size())) > 0;) {
            all.append(bytes.data(), static_cast<std::size_t>(count));
            if (all.find(text) != std::string::npos) return true;
        }
        return false;
    }
    void send(const std::string& request) {
        SSL_write(m_session.get(), request.data(), static_cast<int>(request.size()));
    }

private:
    support::FileDescriptor m_socket;
    std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>> m_context;
    std::unique_ptr<SSL, Freeing<SSL_free>> m_session;
    bool m_isOpen = false;
};

}  // namespace

class TlsTest : public QObject {
    Q_OBJECT
private slots:
    void requests_and_streams_come_through_TLS() {
        ServerBench bench([](auto& options) { options.tls = ownCertificate(); });
        QVERIFY2(bench.started().has_value(), bench.started() ? "" : bench.started().error().text().c_str());
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            TlsPeer peer(bench.port(), version);
            QVERIFY(peer.isOpen());
            const std::string answer = peer.ask(peers::get(bench.port(), "/api/v1/about", kAnn));
            QVERIFY2(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.find("\"actor\":\"ann\"") != std::string::npos,
                     answer.c_str());
        }
        TlsPeer follower(bench.port(), TLS1_3_VERSION);
        follower.send(peers::get(bench.port(), "/api/v1/events", kVic));
        QVERIFY(follower.waitFor("event: hello"));
        bench.tell({ServerBench::event("through TLS")});
        QVERIFY(follower.waitFor("through TLS"));
    }

    // B12, T38
    void versions_before_1_2_are_refused() {
        const ServerBench bench([](auto& options) { options.tls = ownCertificate(); });
        QVERIFY(!TlsPeer(bench.port(), TLS1_VERSION).isOpen());
        QVERIFY(!TlsPeer(bench.port(), TLS1_1_VERSION).isOpen());
    }

    void what_is_no_TLS_gets_no_answer() {
        ServerBench bench([](auto& options) { options.tls = ownCertificate(); });
        peers::HttpPeer plain(bench.port());
        plain.send(peers::get(bench.port(), "/api/v1/about", kAnn));
        QCOMPARE(plain.answer().status, 0);
    }

    // A4, A14, A15 also where nobody can look in from outside.
    void the_same_requests_are_refused_as_without_TLS() {
        const ServerBench bench([](auto& options) { options.tls = ownCertificate(); });
        const std::string host = "Host: localhost:" + std::to_string(bench.port()) + "\r\n";
        const auto status = [&](const std::string& request) {
            const std::string answer = TlsPeer(bench.port(), TLS1_3_VERSION).ask(request);
            return answer.size() > 12 ? std::atoi(answer.c_str() + 9) : 0;
        };
        const std::string post = "POST /api/v1/commands HTTP/1.1\r\n" + host + "Authorization: Bearer " + kAnn + "\r\n";
        const int both = status(post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
        QVERIFY2(both == 400, std::to_string(both).c_str());
        QCOMPARE(status(post + "Transfer-Encoding: chunked\r\n\r\n"), 411);
        QCOMPARE(status(post + "Content-Length: 70000\r\n\r\n"), 413);
        QCOMPARE(status("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
        QCOMPARE(status("GET /healthz HTTP/1.1\r\n" + host + "Origin: https://evil.example\r\n\r\n"), 403);
        QCOMPARE(status("GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n"), 400);
        QCOMPARE(status("BREW / HTTP/1.1\r\n" + host + "\r\n"), 501);
        QCOMPARE(status("GET /healthz HTTP/1.1\r\n" + host + "\r\n"), 200);
    }

    // A8 also where nobody can look in from outside.
    void a8_idle_connections_leave_a_way_in_through_TLS() {
        ServerBench bench([](auto& options) {
            options.tls = ownCertificate();
            options.limits.waitingForHead = 20;
            options.limits.connections = 60;
        });
        TlsPeer follower(bench.port(), TLS1_3_VERSION);
        follower.send(peers::get(bench.port(), "/api/v1/events", kVic));
        QVERIFY(follower.waitFor("event: hello"));
        std::vector<std::unique_ptr<peers::HttpPeer>> idle;
        for (int i = 0; i < 100; ++i) {
            idle.push_back(std::make_unique<peers::HttpPeer>(bench.port(), "127.0.1." + std::to_string(1 + i / 50)));
        }
        TlsPeer peer(bench.port(), TLS1_3_VERSION);
        QVERIFY(peer.isOpen());
        const std::string answer = peer.ask(peers::get(bench.port(), "/healthz"));
        QVERIFY2(answer.starts_with("HTTP/1.1 200 "), answer.c_str());
        // The oldest had to go, but not who has asked.
        QVERIFY(idle.front()->isClosed());
        QVERIFY(!idle.back()->isClosed(0ms));
        bench.tell({ServerBench::event("still there")});
        QVERIFY(follower.waitFor("still there"));
    }

    void with_a_certificate_and_tokens_it_listens_beyond_this_machine() {
        const ServerBench bench([](auto& options) {
            options.tls = ownCertificate();
            options.address = "0.0.0.0";
        });
        QVERIFY2(bench.started().has_value(), bench.started() ? "" : bench.started().error().text().c_str());
        QVERIFY(TlsPeer(bench.port(), TLS1_3_VERSION).isOpen());
        const ServerBench nobody([](auto& options) {
            options.tls = ownCertificate();
            options.address = "0.0.0.0";
            options.tokens.clear();
        });
        QVERIFY(!nobody.started().has_value());
    }

    // T38
    void another_certificate_comes_into_force_while_it_runs() {
        const server::TlsFiles first = ownCertificate();
        const server::TlsFiles second = ownCertificate();
        ServerBench bench([&](auto& options) { options.tls = first; });
        TlsPeer follower(bench.port(), TLS1_3_VERSION);
        QCOMPARE(follower.certificate(), first.certificate);
        follower.send(peers::get(bench.port(), "/api/v1/events", kVic));
        QVERIFY(follower.waitFor("event: hello"));
        const auto torn = bench.server().setCertificate({second.certificate, first.key});
        QVERIFY(!torn && torn.error().code == base::TroubleCode::invalidInput);
        QCOMPARE(TlsPeer(bench.port(), TLS1_3_VERSION).certificate(), first.certificate);
        bench.tell({ServerBench::event("still the first")});
        QVERIFY(follower.waitFor("still the first"));

        QVERIFY(bench.server().setCertificate(second));
        QVERIFY(!follower.waitFor("nothing comes any more"));
        TlsPeer again(bench.port(), TLS1_3_VERSION);
        QCOMPARE(again.certificate(), second.certificate);
        again.send(peers::get(bench.port(), "/api/v1/events", kVic,
                              "Last-Event-ID: " + std::to_string(bench.lastEvent()) + "\r\n"));
        QVERIFY(again.waitFor("event: hello"));
        bench.tell({ServerBench::event("the second")});
        QVERIFY(again.waitFor("the second"));
        QVERIFY(bench.server().setCertificate(first));
        QVERIFY(!bench.server().setCertificate({}));
    }

    void a_certificate_that_cannot_be_used_is_refused_at_the_start() {
        const ServerBench foreign([](auto& options) {
            options.tls = ownCertificate();
            options.tls.key = ownCertificate().key;
        });
        QVERIFY(!foreign.started().has_value());
        QVERIFY(foreign.started().error().code == base::TroubleCode::invalidInput);
        const ServerBench nonsense([](auto& options) { options.tls = {"no certificate", "no key"}; });
        QVERIFY(!nonsense.started().has_value());
    }
};

FUSEBOX_TEST(TlsTest)
#include "tls_test.moc"
