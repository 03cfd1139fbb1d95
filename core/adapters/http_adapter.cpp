#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/http_adapter.h>
#include <fusebox/adapters/http_failure.h>
#include <fusebox/adapters/http_lane.h>
#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/settings_check.h>

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fusebox::adapters {

namespace {

constexpr base::Duration kAddressesGoodFor = std::chrono::seconds(60);

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

/// The characters of a token (RFC 9110), of which methods and header names are made.
bool isToken(std::string_view text) {
    const auto isTokenCharacter = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

/// Header names whose values everybody may read; masking them would maim messages.
bool isPublic(std::string name) {
    constexpr std::array<std::string_view, 8> kPublic{"accept",        "accept-encoding", "accept-language",
                                                      "cache-control", "content-type",    "host",
                                                      "origin",        "user-agent"};
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return std::find(kPublic.begin(), kPublic.end(), name) != kPublic.end();
}

std::vector<std::string> secretsOf(const HttpSettings& settings) {
    constexpr std::size_t kLeast = 8;  // "1" or "gzip" hides nothing and would maim every message
    std::vector<std::string> secrets{settings.password, settings.bearerToken};
    const auto addWhenLong = [&](std::string text) {
        if (text.size() >= kLeast) secrets.push_back(std::move(text));
    };
    for (const auto& [name, value] : settings.headers) {
        if (!isPublic(name)) addWhenLong(value);
    }
    if (const auto query = settings.url.find('?'); query != std::string::npos)
        addWhenLong(settings.url.substr(query + 1));
    return secrets;
}

std::string listed(const std::vector<StatusRange>& ranges) {
    std::string list;
    for (const StatusRange& range : ranges) {
        if (!list.empty()) list += ", ";
        list += range.first == range.last ? std::to_string(range.first) : fmt::format("{}-{}", range.first, range.last);
    }
    return list;
}

void checkExpectations(SettingsCheck& check, const HttpSettings& settings) {
    check.require(!settings.expectedStatus.empty(), "expected_status", "is empty; 200-299 is the usual range");
    for (const StatusRange& range : settings.expectedStatus) {
        check.require(range.first >= 100 && range.last <= 599 && range.first <= range.last, "expected_status",
                      fmt::format("has {}; allowed are 100 to 599, the lower one first", listed({range})));
    }
    check.require(settings.bodyContains.size() <= kMessageLimit, "body_contains", "is longer than 64 KiB");
    check.require(settings.bodyContains.empty() || settings.method != "HEAD", "body_contains",
                  "cannot be used with HEAD");
    check.require(settings.mostRedirects <= 20, "most_redirects", "must be 0 to 20");
}

}  // namespace

HttpAdapter::HttpAdapter(HttpSettings settings, Place place, const base::Clock& clock)
    : m_settings(std::move(settings)),
      m_host(std::move(place.host)),
      m_port(place.port),
      m_target(std::move(place.shown)),
      m_secrets(secretsOf(m_settings)),
      m_clock(clock),
      m_lanes(clock) {}

HttpAdapter::~HttpAdapter() = default;

base::Result<HttpAdapter::Place> HttpAdapter::place(const std::string& text) {
    const auto bad = [](std::string rule) {
        return base::trouble(base::TroubleCode::invalidInput, "url " + std::move(rule), "url");
    };
    if (text.empty()) return bad("is empty; http://host/path or https://host/path is needed");
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; })) {
        return bad("has blanks or control characters");
    }
    const Url url(::curl_url());
    if (const CURLUcode code = ::curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
        code != CURLUE_OK) {
        return bad(fmt::format("cannot be read: {}", ::curl_url_strerror(code)));
    }
    const std::string scheme = part(url, CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return bad(fmt::format("has the scheme '{}'; allowed are http and https", scheme));
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty()) {
        return bad("holds a user or password; they have settings of their own");
    }
    Place place;
    place.host = part(url, CURLUPART_HOST, CURLU_PUNYCODE);  // the DNS knows names beyond ASCII only in that form
    if (place.host.empty()) return bad("names no host that could be called");
    const std::string port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    std::from_chars(port.data(), port.data() + port.size(), place.port);
    ::curl_url_set(url.get(), CURLUPART_QUERY, nullptr, 0);
    ::curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
    place.shown = part(url, CURLUPART_URL);
    return place;
}

base::Result<std::unique_ptr<DataAdapter>> HttpAdapter::create(HttpSettings settings, const base::Clock& clock) {
    auto where = place(settings.url);
    if (!where) return tl::unexpected(where.error());
    SettingsCheck check;
    check.require(isToken(settings.method), "method", "must be one word such as GET or POST");
    for (const auto& [name, value] : settings.headers) {
        check.require(isToken(name), "headers", "has a name that is no header name");
        check.line("headers", value);
    }
    check.require(settings.body.size() <= kAnswerLimit, "body", "is larger than 1 MiB");
    checkExpectations(check, settings);
    check.optionalFile("ca_file", settings.caFile);
    check.line("user", settings.user);
    check.line("password", settings.password);
    check.line("bearer_token", settings.bearerToken);
    check.require(settings.bearerToken.empty() || settings.user.empty(), "bearer_token",
                  "cannot be used together with user");
    check.limits(settings.limits);
    if (check.trouble()) return tl::unexpected(*check.trouble());
    return std::unique_ptr<DataAdapter>(new HttpAdapter(std::move(settings), std::move(*where), clock));
}

tl::expected<std::vector<std::string>, domain::Error> HttpAdapter::addresses(CallWatch& watch) {
    {
        const base::Lock lock(m_mutex);
        const bool fresh = m_clock.now() - m_known.since < kAddressesGoodFor;
        if (!m_known.texts.empty() && fresh) return m_known.texts;
    }
    const auto found = resolve({.name = m_host, .server = {}}, watch, Phase::connecting);
    if (!found) return tl::unexpected(lookupFailure(found.error()));
    std::vector<std::string> texts;
    for (const Address& address : *found) texts.push_back(address.text());
    const base::Lock lock(m_mutex);
    m_known = {texts, m_clock.now()};
    return texts;
}

CallResult HttpAdapter::exchange(CallWatch& watch) {
    std::string resolveEntry;  // an address in the URL needs none
    const bool isAddress = m_host.starts_with('[') || addressFromText(m_host).has_value();
    if (!isAddress) {
        const auto known = addresses(watch);
        if (!known) return tl::unexpected(known.error());
        resolveEntry = fmt::format("{}:{}:{}", m_host, m_port, fmt::join(*known, ","));
    }
    Loan<HttpLane> loan = m_lanes.take();
    if (!loan.connection) loan.connection = std::make_unique<HttpLane>();
    const HttpAnswer answer = loan.connection->exchange(m_settings, resolveEntry, watch);
    // curl would keep an HTTP/2 connection whose request timed out, and hang on it again should it be dead. What else is kept
    // leads to the same place, and the name may lead to another by now.
    if (answer.end == WaitEnd::ready && answer.curlCode == CURLE_OK) {
        m_lanes.keep(std::move(loan));
    } else if (answer.end != WaitEnd::stopped) {
        resetConnections();
    }
    return judge(answer, watch);
}

CallResult HttpAdapter::judge(const HttpAnswer& answer, const CallWatch& watch) const {
    if (answer.end != WaitEnd::ready || answer.curlCode != CURLE_OK) {
        return tl::unexpected(transportFailure(answer, watch, m_target));
    }
    const auto isExpected = [&](const StatusRange& range) {
        return answer.status >= range.first && answer.status <= range.last;
    };
    if (std::none_of(m_settings.expectedStatus.begin(), m_settings.expectedStatus.end(), isExpected)) {
        return tl::unexpected(statusFailure(answer, listed(m_settings.expectedStatus), m_clock.wallNow()));
    }
    const std::string& wanted = m_settings.bodyContains;
    if (!wanted.empty() && answer.body.find(wanted) == std::string::npos) {
        const std::string_view where = answer.bodyWasCut ? " in its first 1 MiB" : "";
        const std::string start =
            answer.body.empty() ? std::string("it is empty") : "it begins: " + answer.body.substr(0, 1024);
        return tl::unexpected(failure("BodyMismatch",
                                      fmt::format("body does not contain '{}'{}; {}", wanted, where, start),
                                      domain::CodeSystem::http, std::to_string(answer.status)));
    }
    return Answer{cleanText(statusText(answer), 200), answer.body.size(), answer.reusedConnection,
                  answer.body.substr(0, kBodyLimit)};
}

CallResult HttpAdapter::call(std::stop_token stop) {
    CallWatch watch(m_settings.limits, m_clock, std::move(stop));
    return exchange(watch).map_error([&](domain::Error error) {
        return sealed(std::move(error), kind(), m_settings.method + " " + m_target, m_secrets);
    });
}

void HttpAdapter::resetConnections() {
    m_lanes.drop();
    const base::Lock lock(m_mutex);
    m_known = {};
}

}  // namespace fusebox::adapters
