#include <fusebox/server/query.h>

#include <fusebox/base/text.h>

#include <algorithm>
#include <charconv>

namespace fusebox::server {

namespace {

constexpr std::size_t kMostParts = 32;

std::optional<unsigned char> hexByte(std::string_view digits) {
    unsigned char value = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return error == std::errc() && stop == digits.data() + 2 ? std::optional(value) : std::nullopt;
}

tl::unexpected<base::Trouble> badQuery(std::string what) {
    return base::trouble(base::TroubleCode::invalidInput, std::move(what), "query");
}

}  // namespace

std::optional<std::string> withoutEscapes(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain.push_back(text[i]);
            continue;
        }
        const auto byte = text.size() - i > 2 ? hexByte(text.substr(i + 1, 2)) : std::nullopt;
        if (!byte || *byte == 0) return std::nullopt;
        plain.push_back(static_cast<char>(*byte));
        i += 2;
    }
    return base::decodeUtf8(plain) ? std::optional(std::move(plain)) : std::nullopt;
}

std::optional<std::uint64_t> wholeNumber(std::string_view text, std::uint64_t most) {
    std::uint64_t value = 0;
    if (text.empty() || text.front() == '+' || text.front() == '-') return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc() && stop == text.data() + text.size() && value <= most;
    return isWhole ? std::optional(value) : std::nullopt;
}

base::Result<Query> Query::parse(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        std::string part(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty()) continue;
        std::replace(part.begin(), part.end(), '+', ' ');
        const std::string_view whole = part;
        const std::size_t equals = std::min(whole.find('='), whole.size());
        auto name = withoutEscapes(whole.substr(0, equals));
        auto value = withoutEscapes(whole.substr(std::min(equals + 1, whole.size())));
        if (!name || !value || name->empty()) return badQuery("It has a broken escape, or text that is not UTF-8.");
        if (query.m_parts.size() >= kMostParts) return badQuery("It has too many parts.");
        if (!query.m_parts.emplace(std::move(*name), std::move(*value)).second) {
            return badQuery("One name comes twice.");
        }
    }
    return query;
}

std::string Query::firstOther(std::initializer_list<std::string_view> known) const {
    for (const auto& [name, value] : m_parts) {
        if (std::find(known.begin(), known.end(), name) == known.end()) return name;
    }
    return {};
}

std::string Query::text(std::string_view name) const {
    const auto found = m_parts.find(name);
    return found == m_parts.end() ? std::string() : found->second;
}

base::Result<std::optional<std::uint64_t>> Query::number(std::string_view name, std::uint64_t most) const {
    const auto found = m_parts.find(name);
    if (found == m_parts.end()) return std::optional<std::uint64_t>();
    const auto value = wholeNumber(found->second, most);
    if (!value) {
        return base::trouble(base::TroubleCode::invalidInput,
                             "It must be a whole number from 0 to " + std::to_string(most) + ".", std::string(name));
    }
    return std::optional<std::uint64_t>(value);
}

}  // namespace fusebox::server
