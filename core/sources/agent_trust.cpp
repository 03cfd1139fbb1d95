#include <fusebox/sources/agent_trust.h>

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <string_view>

namespace fusebox::sources {

namespace {

constexpr char kUpper[] = "0123456789ABCDEF";

struct Fingerprint {
    std::string plain;  ///< 64 digits in lower case
    std::string shown;  ///< as openssl prints it
};

Fingerprint fingerprintOf(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    Fingerprint result;
    if (certificate == nullptr || ::X509_digest(certificate, ::EVP_sha256(), digest.data(), &size) != 1) return result;
    for (unsigned i = 0; i < size; ++i) {
        const std::array<char, 2> digits{kUpper[digest[i] >> 4U], kUpper[digest[i] & 15U]};
        result.shown += i == 0 ? "" : ":";
        for (const char digit : digits) {
            result.shown += digit;
            result.plain += digit >= 'A' ? static_cast<char>(digit + ('a' - 'A')) : digit;
        }
    }
    return result;
}

bool usesOpenSsl() {
    const curl_version_info_data* version = ::curl_version_info(CURLVERSION_NOW);
    return version->ssl_version != nullptr && std::string_view(version->ssl_version).find("OpenSSL") == 0;
}

}  // namespace

struct AgentTrust::Callbacks {
    static int verify(X509_STORE_CTX* store, void* self) {
        auto& trust = *static_cast<AgentTrust*>(self);
        const Fingerprint shown = fingerprintOf(::X509_STORE_CTX_get0_cert(store));
        trust.m_shown = shown.shown;
        if (trust.m_fingerprint.empty()) return ::X509_verify_cert(store);
        trust.m_isOther = shown.plain != trust.m_fingerprint;
        ::X509_STORE_CTX_set_error(store, trust.m_isOther ? X509_V_ERR_CERT_REJECTED : X509_V_OK);
        return trust.m_isOther ? 0 : 1;
    }

    static CURLcode onContext(CURL*, void* context, void* self) {
        auto* tls = static_cast<SSL_CTX*>(context);
        ::SSL_CTX_set_cert_verify_callback(tls, &verify, self);
        ::SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION);
        return CURLE_OK;
    }
};

bool AgentTrust::install(void* curl, const std::string& caFile) {
    auto* easy = static_cast<CURL*>(curl);
    ::curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    // A pinned certificate is known by itself: its name says nothing more.
    ::curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, m_fingerprint.empty() ? 2L : 0L);
    ::curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // Resumed sessions skip the verification.
    ::curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    if (!caFile.empty()) ::curl_easy_setopt(easy, CURLOPT_CAINFO, caFile.c_str());
    if (!caFile.empty()) ::curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    if (!usesOpenSsl()) return m_fingerprint.empty();
    return ::curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &Callbacks::onContext) == CURLE_OK &&
           ::curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this) == CURLE_OK;
}

}  // namespace fusebox::sources
