#pragma once
// The query of a URL ("a=1&b=two"), read strictly.
// Errors: invalidInput for a name that comes twice, a broken escape, text that is not UTF-8, or too many parts. The
// trouble never repeats a value: a secret may have got into the URL.
// Limits: 32 parts.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::server {

class Query {
public:
    [[nodiscard]] static base::Result<Query> parse(std::string_view text);

    /// Empty when all names are among those; else the first that is not.
    [[nodiscard]] std::string firstOther(std::initializer_list<std::string_view> known) const;

    [[nodiscard]] bool has(std::string_view name) const { return m_parts.contains(name); }
    [[nodiscard]] std::string text(std::string_view name) const;

    /// Nothing when it is absent. Errors: invalidInput for what is no whole number from 0 to `most`.
    [[nodiscard]] base::Result<std::optional<std::uint64_t>> number(std::string_view name, std::uint64_t most) const;

private:
    std::map<std::string, std::string, std::less<>> m_parts;
};

/// %41 becomes A. Nothing for a broken escape, a zero byte, or text that is not UTF-8.
[[nodiscard]] std::optional<std::string> withoutEscapes(std::string_view text);

/// A whole number in digits alone; nothing for anything else or more than `most`.
[[nodiscard]] std::optional<std::uint64_t> wholeNumber(std::string_view text, std::uint64_t most);

}  // namespace fusebox::server
