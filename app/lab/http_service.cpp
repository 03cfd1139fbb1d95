#include <fusebox/lab/http_service.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace fusebox::lab {
namespace {

// Every so manieth error is no answer at all but a cut connection.
constexpr std::uint64_t kCutEvery = 4;
constexpr std::size_t kLongestBody = 32 * 1024;

std::string response(std::string_view status, std::string_view body, std::string_view headers = {}) {
    return fmt::format(
        "HTTP/1.1 {}\r\nServer: fusebox-lab\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}",
        status, headers, body.size(), body);
}

std::string retryAfter(std::chrono::seconds span) {
    return fmt::format("Retry-After: {}\r\n", span.count());
}

bool sameText(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

// The value of a header in a request's head; nothing when it is not there.
std::optional<std::string_view> header(std::string_view head, std::string_view name) {
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at)) {
        at += 2;
        const std::string_view line = head.substr(at, head.find("\r\n", at) - at);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !sameText(line.substr(0, colon), name)) continue;
        const std::size_t begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
    }
    return std::nullopt;
}

std::string_view pathOf(std::string_view request) {
    const std::size_t begin = request.find(' ');
    const std::size_t end = request.find_first_of(" ?\r", begin + 1);
    return begin == std::string_view::npos || end == std::string_view::npos
               ? std::string_view()
               : request.substr(begin + 1, end - begin - 1);
}

}  // namespace

HttpService::HttpService(EventLoop& loop, HttpTraits traits, std::uint64_t seed)
    : StreamService(loop, traits.temper, Opening::byClient, seed), m_traits(std::move(traits)) {}

ServiceCard HttpService::card() const {
    ServiceCard card;
    card.name = m_traits.name;
    card.kind = "http";
    card.address = fmt::format("http://127.0.0.1:{}{}", port(), m_traits.path);
    card.port = port();
    card.path = m_traits.path;
    card.token = m_traits.token;
    card.goodAnswer = m_traits.goodAnswer;
    card.answers = {Answer::healthy,   Answer::rateLimited, Answer::unauthorized,
                    Answer::wrongBody, Answer::refuse,      Answer::hang};
    card.callsPerSecond = m_traits.callsPerSecond;
    return card;
}

std::size_t HttpService::requestLength(std::string_view received) const {
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string_view::npos) return 0;
    const std::string_view head = received.substr(0, end + 2);
    if (header(head, "Transfer-Encoding")) return kGarbled;
    std::size_t body = 0;
    if (const auto length = header(head, "Content-Length")) {
        const auto [stop, error] = std::from_chars(length->data(), length->data() + length->size(), body);
        if (error != std::errc() || stop != length->data() + length->size() || body > kLongestBody) return kGarbled;
    }
    const std::size_t whole = end + 4 + body;
    return received.size() < whole ? 0 : whole;
}

StreamService::Reply HttpService::reply(std::string_view request, const Verdict& verdict) {
    if (verdict.fate == Fate::error && ++m_errors % kCutEvery == 0) return {{}, Then::hangUp};
    const bool closes = sameText(header(request, "Connection").value_or(""), "close");
    return {answer(request, verdict), closes ? Then::hangUp : Then::keep};
}

std::string HttpService::answer(std::string_view request, const Verdict& verdict) const {
    switch (verdict.fate) {
        case Fate::serve:
            return serve(request);
        case Fate::tooMany:
            return response("429 Too Many Requests", R"({"error":"rate limit exceeded"})",
                            retryAfter(verdict.retryAfter));
        case Fate::unauthorized:
            return response("401 Unauthorized", R"({"error":"the token has expired"})",
                            "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n");
        case Fate::wrongBody:
            return response("200 OK", "<html><body>Down for maintenance</body></html>");
        case Fate::overloaded:
            return response("503 Service Unavailable", R"({"error":"warming up: no capacity left"})",
                            retryAfter(verdict.retryAfter));
        case Fate::error:
        case Fate::never:
            break;
    }
    return response("500 Internal Server Error",
                    fmt::format(R"({{"error":"{} lost its database connection"}})", m_traits.name));
}

std::string HttpService::serve(std::string_view request) const {
    if (!m_traits.token.empty() && header(request, "Authorization") != "Bearer " + m_traits.token) {
        return response("401 Unauthorized", R"({"error":"a valid token is required"})", "WWW-Authenticate: Bearer\r\n");
    }
    if (pathOf(request) != m_traits.path) return response("404 Not Found", R"({"error":"no such resource"})");
    return response("200 OK", m_traits.body);
}

}  // namespace fusebox::lab
