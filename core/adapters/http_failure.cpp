#include <fusebox/adapters/http_failure.h>

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace fusebox::adapters {

namespace {

std::string_view typeOf(int curlCode, int systemError) {
    switch (curlCode) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "NameNotFound";
        case CURLE_COULDNT_CONNECT:
            return systemError == ECONNREFUSED ? "ConnectionRefused" : "ConnectFailed";
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return "TlsFailed";
        case CURLE_GOT_NOTHING:
            return "ConnectionClosed";
        case CURLE_PARTIAL_FILE:
            return "AnswerCutShort";
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return "ConnectionReset";
        case CURLE_TOO_MANY_REDIRECTS:
            return "TooManyRedirects";
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_BAD_CONTENT_ENCODING:
            return "ProtocolError";
        default:
            return "TransferFailed";
    }
}

/// HTTP/2 sends no reason; these are the ones that operators know by heart.
std::string_view usualReason(int status) {
    constexpr std::array<std::pair<int, std::string_view>, 16> kReasons{{{200, "OK"},
                                                                         {301, "Moved Permanently"},
                                                                         {302, "Found"},
                                                                         {400, "Bad Request"},
                                                                         {401, "Unauthorized"},
                                                                         {403, "Forbidden"},
                                                                         {404, "Not Found"},
                                                                         {405, "Method Not Allowed"},
                                                                         {408, "Request Timeout"},
                                                                         {409, "Conflict"},
                                                                         {422, "Unprocessable Content"},
                                                                         {429, "Too Many Requests"},
                                                                         {500, "Internal Server Error"},
                                                                         {502, "Bad Gateway"},
                                                                         {503, "Service Unavailable"},
                                                                         {504, "Gateway Timeout"}}};
    const auto* found =
        std::find_if(kReasons.begin(), kReasons.end(), [&](const auto& one) { return one.first == status; });
    return found == kReasons.end() ? std::string_view() : found->second;
}

/// Queries may hold keys.
std::string_view withoutQuery(std::string_view url) {
    return url.substr(0, url.find_first_of("?#"));
}

}  // namespace

std::optional<std::chrono::milliseconds> retryDelay(std::string_view header, base::WallTime now) {
    constexpr std::int64_t kMostSeconds = 365 * 24 * 3600;
    if (header.empty()) return std::nullopt;
    if (std::all_of(header.begin(), header.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        std::int64_t seconds = 0;
        for (const char digit : header) seconds = std::min(seconds * 10 + (digit - '0'), kMostSeconds);
        return std::chrono::seconds(seconds);
    }
    if (header.size() > 64) return std::nullopt;
    const std::time_t date = ::curl_getdate(std::string(header).c_str(), nullptr);
    if (date < 0) return std::nullopt;
    const auto wait = base::WallTime(std::chrono::seconds(date)) - now;
    return std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0),
                                                 std::chrono::seconds(kMostSeconds));
}

domain::Error transportFailure(const HttpAnswer& answer, const CallWatch& watch, const std::string& target) {
    if (answer.end != WaitEnd::ready) {
        const std::string doing = answer.phase == Phase::connecting ? "connecting to " + target
                                  : answer.status == 0              ? "waiting for the answer of " + target
                                                       : fmt::format("reading the answer of {} ({} bytes so far)",
                                                                     target, answer.body.size());
        domain::Error error = watch.ended(answer.end, answer.phase, doing);
        if (answer.end == WaitEnd::timedOut) {
            error.codeSystem = domain::CodeSystem::curl;
            error.code = std::to_string(CURLE_OPERATION_TIMEDOUT);
        }
        return error;
    }
    domain::Error error = failure(std::string(typeOf(answer.curlCode, answer.systemError)), answer.curlText,
                                  domain::CodeSystem::curl, std::to_string(answer.curlCode));
    if (answer.systemError != 0) {
        error.cause = std::make_shared<const domain::Error>(systemFailure(answer.systemError, target));
    }
    return error;
}

domain::Error lookupFailure(domain::Error cause) {
    if (isCancelled(cause)) return cause;
    const bool isTimeout = cause.type == "ConnectTimeout" || cause.type == "NameLookupTimeout";
    domain::Error error = failure(cause.type, cause.message, domain::CodeSystem::curl,
                                  std::to_string(isTimeout ? CURLE_OPERATION_TIMEDOUT : CURLE_COULDNT_RESOLVE_HOST));
    error.cause = std::make_shared<const domain::Error>(std::move(cause));
    return error;
}

std::string statusText(const HttpAnswer& answer) {
    const std::string_view reason =
        answer.reason.empty() ? usualReason(answer.status) : std::string_view(answer.reason);
    return reason.empty() ? std::to_string(answer.status) : fmt::format("{} {}", answer.status, reason);
}

domain::Error statusFailure(const HttpAnswer& answer, const std::string& expected, base::WallTime now) {
    const bool saysError = answer.status >= 400;
    std::string says = statusText(answer);
    if (!saysError) says += fmt::format(" (expected {})", expected);
    if (!answer.redirect.empty()) says += fmt::format(" to {}", withoutQuery(answer.redirect));
    if (!answer.body.empty()) says += ": " + answer.body.substr(0, kMessageLimit);
    domain::Error error = failure(saysError ? "HttpError" : "UnexpectedStatus", says, domain::CodeSystem::http,
                                  std::to_string(answer.status));
    if (answer.retryAfter) error.retryAfter = retryDelay(*answer.retryAfter, now);
    return error;
}

}  // namespace fusebox::adapters
