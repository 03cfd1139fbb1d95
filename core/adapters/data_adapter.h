#pragma once
// A DataAdapter makes real calls to one dependency: one file per kind (http, tcp, sqlite, postgres, redis, dns).
// Threads: call() may run on many threads at once, each blocks at most for the total timeout; resetConnections() from any thread.
// Errors: every failure is a domain::Error with type, message, code system and code, ready for an operator to read.
// Lifetime: all calls have ended before the adapter is destroyed; a stop request ends a running call soon.
// Limits: answers are read up to a stated limit; error messages are kept whole by the adapter only up to 64 KiB.

#include <fusebox/base/time.h>
#include <fusebox/domain/error.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace fusebox::adapters {

/// How long a call may take. Both really end the call.
struct CallLimits {
    base::Duration connectTimeout = std::chrono::seconds(2);
    base::Duration totalTimeout = std::chrono::seconds(5);

    bool operator==(const CallLimits&) const = default;
};

/// No more of a body is given to the caller.
inline constexpr std::size_t kBodyLimit = 64 * 1024;

/// A good answer, in short.
struct Answer {
    std::string summary;  ///< "200 OK", "PONG", "1 row"
    std::uint64_t bytes = 0;
    bool reusedConnection = false;
    std::string body{};  ///< of http: its first 64 KiB
};

/// For those who keep answers.
[[nodiscard]] inline std::size_t heldBytes(const Answer& answer) {
    return sizeof(answer) + answer.summary.size() + answer.body.size();
}

using CallResult = tl::expected<Answer, domain::Error>;

class DataAdapter {
public:
    virtual ~DataAdapter() = default;

    /// "http", "tcp", ...
    [[nodiscard]] virtual std::string_view kind() const noexcept = 0;

    /// What is called, for people; never holds a secret.
    [[nodiscard]] virtual std::string target() const = 0;

    /// One call. Blocks until the answer, the failure, the timeout or the stop request.
    [[nodiscard]] virtual CallResult call(std::stop_token stop) = 0;

    /// Drops all kept connections; the next call connects anew.
    virtual void resetConnections() = 0;
};

}  // namespace fusebox::adapters
