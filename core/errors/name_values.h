#pragma once
// Values that start with a letter or a slash: URLs, e-mail addresses, host names, paths, random identifiers.

#include <fusebox/errors/value_match.h>

#include <cstdint>

namespace fusebox::errors {

enum class RunPlace : std::uint8_t {
    segment,  ///< at the start of a word, or behind a colon or @ in it
    inside,
};

/// The value that starts with a letter; a name is looked at as a whole, a run inside a word alone.
/// REQUIRES: a run of letters and digits starts at `at`.
[[nodiscard]] ValueMatch matchLetters(const TextSpan& text, RunPlace place);

/// A host name that starts with digits: "5.36.59.76.dsl.example.net", "13.client.example.com:443".
[[nodiscard]] ValueMatch matchNumberedHost(const TextSpan& text);

/// "/var/log/x.log", "~/x", "/10.0.0.1:80", "\\server\share". REQUIRES: `at` is a slash, a backslash or a tilde.
[[nodiscard]] ValueMatch matchPath(const TextSpan& text);

}  // namespace fusebox::errors
