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
    sqlServer,
    oracle,  ///< the number of ORA-01017 and its like
    db2,
    hana,
    h2,
    hsqldb,
    derby,
    sybase,
    informix,
    cassandra,
    elasticsearch,
    etcd,
    zookeeper,
    azure,
    google,  ///< the reason of a Google API error
    firebase,
    oauth,
    stripe,
    acme,
    github,
    containerRegistry,
    mqtt,
    amqp,
    nats,
    ldap,
    ftp,
    sip,
    webSocket,  ///< close codes
    http2,
    quic,
    windows,  ///< Win32 and Winsock, by number or name
    node,     ///< Node.js error codes ("ERR_TLS_CERT_ALTNAME_INVALID")
    qt,       ///< QNetworkReply::NetworkError
    openai,
};

/// "http", "sqlstate", "errno", ...
[[nodiscard]] std::string_view toWord(CodeSystem system);
[[nodiscard]] std::optional<CodeSystem> codeSystemFromWord(std::string_view word);

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
