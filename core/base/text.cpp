#include <fusebox/base/text.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace fusebox::base {

namespace {

constexpr std::size_t kLongestCharacter = 4;  // of UTF-8, in bytes

struct Lead {
    std::size_t length = 0;  ///< zero: no character begins with this byte
    char32_t bits = 0;
    char32_t smallest = 0;  ///< below it the form is overlong
};

Lead leadOf(unsigned char byte) {
    if (byte < 0x80) return {1, byte, 0};
    if (byte >= 0xc2 && byte < 0xe0) return {2, char32_t(byte & 0x1f), 0x80};
    if (byte >= 0xe0 && byte < 0xf0) return {3, char32_t(byte & 0x0f), 0x800};
    if (byte >= 0xf0 && byte < 0xf5) return {4, char32_t(byte & 0x07), 0x10000};
    return {};
}

}  // namespace

std::optional<std::u32string> decodeUtf8(std::string_view text) {
    std::u32string characters;
    characters.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Lead lead = leadOf(static_cast<unsigned char>(text[at]));
        if (lead.length == 0 || text.size() - at < lead.length) return std::nullopt;
        char32_t character = lead.bits;
        for (std::size_t i = 1; i < lead.length; ++i) {
            const auto byte = static_cast<unsigned char>(text[at + i]);
            if ((byte & 0xc0) != 0x80) return std::nullopt;
            character = (character << 6) | (byte & 0x3fU);
        }
        const bool surrogate = character >= 0xd800 && character <= 0xdfff;
        if (character < lead.smallest || character > 0x10ffff || surrogate) return std::nullopt;
        characters.push_back(character);
        at += lead.length;
    }
    return characters;
}

bool isControl(char32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 || character == 0x2029;
}

bool isBlank(char32_t character) {
    constexpr std::array<char32_t, 10> kSingle{0x20,   0xa0,   0x1680, 0x202f, 0x205f,
                                               0x3000, 0x2060, 0xfeff, 0x00ad, 0x180e};
    return isControl(character) || (character >= 0x2000 && character <= 0x200f) ||
           (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) ||
           std::find(kSingle.begin(), kSingle.end(), character) != kSingle.end();
}

bool isBlank(std::string_view text) {
    const auto characters = decodeUtf8(text);
    return characters && std::all_of(characters->begin(), characters->end(), [](char32_t c) { return isBlank(c); });
}

bool hasControl(std::string_view text) {
    const auto characters = decodeUtf8(text);
    return characters && std::any_of(characters->begin(), characters->end(), isControl);
}

std::string_view cutTo(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) {
        return text;
    }
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
    std::size_t end = bytes;
    while (end > 0 && bytes - end < kLongestCharacter && continues(end)) {
        --end;
    }
    return text.substr(0, end);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
    const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    for (;;) {
        if (!text.empty() && isSpace(text.front())) {
            text.remove_prefix(1);
        } else if (text.starts_with(kNoBreakSpace)) {
            text.remove_prefix(kNoBreakSpace.size());
        } else if (!text.empty() && isSpace(text.back())) {
            text.remove_suffix(1);
        } else if (text.ends_with(kNoBreakSpace)) {
            text.remove_suffix(kNoBreakSpace.size());
        } else {
            return text;
        }
    }
}

}  // namespace fusebox::base
