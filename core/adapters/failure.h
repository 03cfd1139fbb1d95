#pragma once
// Makes the structured errors of all adapters: foreign text cleaned and bounded, secrets taken out, errno by name.
// Limits: a message is at most 64 KiB of valid UTF-8.

#include <fusebox/domain/error.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace fusebox::adapters {

inline constexpr std::size_t kMessageLimit = 64 * 1024;
/// No more than this of an answer is read and looked at.
inline constexpr std::size_t kAnswerLimit = 1024 * 1024;

template <typename Value>
using Attempt = tl::expected<Value, domain::Error>;

/// Valid UTF-8 without blanks at the end; what is no UTF-8 becomes U+FFFD, what is too long ends in "...".
[[nodiscard]] std::string cleanText(std::string_view foreign, std::size_t limit = kMessageLimit);

/// "ECONNREFUSED"
[[nodiscard]] std::string errnoName(int number);
/// "Connection refused"
[[nodiscard]] std::string errnoText(int number);

[[nodiscard]] domain::Error failure(std::string type, std::string_view message,
                                    domain::CodeSystem system = domain::CodeSystem::none, std::string code = {});

/// "ConnectionRefused: connecting to 127.0.0.1:5432: Connection refused [errno ECONNREFUSED]"
[[nodiscard]] domain::Error systemFailure(int number, std::string_view doing);

/// The peer ended the connection in an orderly way, but too early: there is no errno for it.
[[nodiscard]] domain::Error closedFailure(std::string_view doing);

/// True when it was us who ended the call: then nothing is known against the peer.
[[nodiscard]] bool isCancelled(const domain::Error& error);

/// Says for whom the error happened, and takes the secrets out of its texts and those of its causes.
[[nodiscard]] domain::Error sealed(domain::Error error, std::string_view kind, std::string operation,
                                   std::span<const std::string> secrets = {});

}  // namespace fusebox::adapters
