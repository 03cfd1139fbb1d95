#pragma once
// The answer to a request. All texts of errors are fixed: nothing of the request is repeated in them.

#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fusebox::server {

inline constexpr const char* kJson = "application/json; charset=utf-8";
inline constexpr const char* kPlainText = "text/plain; charset=utf-8";

struct Reply {
    unsigned status = 200;
    const char* contentType = kJson;
    std::shared_ptr<const std::string> body;
    const char* allow = nullptr;       ///< the methods that are allowed, for status 405
    const char* retryAfter = nullptr;  ///< seconds, for status 429 and 503
};

[[nodiscard]] Reply jsonReply(std::string body, unsigned status = 200);
/// {"error":{"code":...,"what":...}}, with "where" unless it is empty.
[[nodiscard]] Reply errorReply(unsigned status, std::string_view code, std::string_view what,
                               std::string_view where = {});
/// The one answer that goes with a status.
[[nodiscard]] Reply errorReply(unsigned status);
/// For trouble that the asker made or met.
[[nodiscard]] Reply errorReply(const base::Trouble& trouble);

/// By which a request is found in the log.
[[nodiscard]] std::string requestId(std::uint64_t number);
inline constexpr const char* kRequestId = "X-Request-Id";

/// As it goes over the wire at once, where there is no library between: with all headers, ends the connection.
[[nodiscard]] std::string wireText(const Reply& reply, const std::string& id);

/// The headers of every answer: names and values.
inline constexpr std::pair<const char*, const char*> kSafeHeaders[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
    {"Referrer-Policy", "no-referrer"},
    {"Connection", "close"},
};

}  // namespace fusebox::server
