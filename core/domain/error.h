#pragma once
// An error of a guarded call, as a value: what it is called, what it says, its structured code and where it happened.
// Lifetime: an Error never changes once it is shared; ErrorRef passes it between threads without a copy.

#include <fusebox/domain/category.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fusebox::domain {

/// Who defines the meaning of Error::code.
enum class CodeSystem : std::uint8_t {
    none,
    http,
    grpc,
    posix,  ///< errno, by name ("ECONNREFUSED")
    curl,   ///< CURLcode, as number
    sqlState,
    mysql,
    sqlite,
    redis,  ///< the reply's first word ("NOAUTH")
    kafka,
    aws,
    kubernetes,
    mongodb,
    dns,  ///< the resolver's name ("EAI_AGAIN", "NXDOMAIN")
    tls,
    smtp,
    exitStatus,
};

/// "http", "sqlstate", "errno", ...
[[nodiscard]] std::string_view toWord(CodeSystem system);

/// Where an error happened and for whom.
struct ErrorContext {
    std::string component;
    std::string operation;
    std::string requestId;
    std::string user;
    std::vector<std::pair<std::string, std::string>> attributes;

    bool operator==(const ErrorContext&) const = default;
};

struct Error {
    std::string type;  ///< "ConnectTimeout", "std::runtime_error", ...
    std::string message;
    CodeSystem codeSystem = CodeSystem::none;
    std::string code;
    std::optional<Category> category;  ///< set once it is classified
    std::optional<std::chrono::milliseconds> retryAfter;
    ErrorContext context;
    std::shared_ptr<const Error> cause;

    /// "ConnectTimeout: no answer in 2 s [curl 28]"
    [[nodiscard]] std::string text() const;
};

using ErrorRef = std::shared_ptr<const Error>;

}  // namespace fusebox::domain
