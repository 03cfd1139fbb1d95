#include <fusebox/base/text.h>
#include <fusebox/sources/agent_address.h>
#include <fusebox/sources/socket_place.h>

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestUrl = 2048;
constexpr std::size_t kLongestToken = 4096;
constexpr std::size_t kFingerprintDigits = 64;

struct FreeUrl {
    void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (::curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    ::curl_free(text);
    return copy;
}

tl::unexpected<AgentTrouble> refused(std::string where, std::string what) {
    AgentTrouble trouble;
    trouble.trouble = {base::TroubleCode::invalidInput, std::move(what), std::move(where), {}};
    return tl::unexpected(std::move(trouble));
}

bool isPrintableName(std::string_view name) {
    const auto characters = base::decodeUtf8(name);
    return characters && characters->size() <= kLongestName && !base::isBlank(name) && !base::hasControl(name) &&
           name.find('/') == std::string_view::npos && base::trimmed(name) == name;
}

bool isVisibleAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// Nothing for what is no SHA-256 in hex.
std::optional<std::string> plainFingerprint(std::string_view given) {
    std::string plain;
    for (const char c : given) {
        if (c == ':' || c == ' ') continue;
        const bool isDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        const bool isUpper = c >= 'A' && c <= 'F';
        if (!isDigit && !isUpper) return std::nullopt;
        plain += isUpper ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    if (!plain.empty() && plain.size() != kFingerprintDigits) return std::nullopt;
    return plain;
}

}  // namespace

AgentResult<CheckedAddress> CheckedAddress::check(AgentAddress given) {
    if (!isPrintableName(given.name)) {
        return refused("name", "must be 1 to 64 characters that can be seen, none of them \"/\"");
    }
    if (!isVisibleAscii(given.token) || given.token.size() > kLongestToken) {
        return refused("token", "must be one line of at most 4,096 letters, digits and marks");
    }
    const Url url(::curl_url());
    if (given.url.size() > kLongestUrl || !isVisibleAscii(given.url)) {
        return refused("URL", "must be at most 2,048 letters, digits and marks");
    }
    const CURLUcode read = ::curl_url_set(url.get(), CURLUPART_URL, given.url.c_str(), CURLU_DISALLOW_USER);
    if (read == CURLUE_USER_NOT_ALLOWED) return refused("URL", "must not hold a user or password; give a token");
    const std::string scheme = part(url, CURLUPART_SCHEME);
    if (read != CURLUE_OK || (scheme != "http" && scheme != "https")) {
        return refused("URL", "must be like https://host:port; only http and https are spoken");
    }
    if (!part(url, CURLUPART_QUERY).empty() || !part(url, CURLUPART_FRAGMENT).empty()) {
        return refused("URL", "must end with the host, the port or a path");
    }
    CheckedAddress checked;
    checked.m_usesTls = scheme == "https";
    checked.m_host = part(url, CURLUPART_HOST);
    std::transform(checked.m_host.begin(), checked.m_host.end(), checked.m_host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    if (checked.m_host.empty()) return refused("URL", "names no host");
    if (isLinkLocal(checked.m_host)) {
        return refused("URL", "is an address of the local link, where machines keep secrets of their own");
    }
    checked.m_origin = scheme + "://" + checked.m_host + ":" + part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    std::string path = part(url, CURLUPART_PATH);
    while (path.ends_with('/')) path.pop_back();
    checked.m_base = checked.m_origin + path;
    const auto fingerprint = plainFingerprint(given.fingerprint);
    if (!fingerprint) return refused("fingerprint", "must be the SHA-256 of a certificate: 64 hex digits");
    if (!fingerprint->empty() && !checked.m_usesTls) return refused("fingerprint", "needs a URL with https");
    checked.m_fingerprint = *fingerprint;
    if (!given.proxy.empty() && !checked.m_usesTls) {
        return refused("proxy", "needs a URL with https: it would read the token");
    }
    if (!given.token.empty() && !given.tokenOrigin.empty() && given.tokenOrigin != checked.m_origin) {
        return refused("token", "was given for " + given.tokenOrigin + "; give the one for " + checked.m_origin);
    }
    checked.m_given = std::move(given);
    return checked;
}

}  // namespace fusebox::sources
