#include <fusebox/ctl/printable.h>

#include <fusebox/base/text.h>

#include <fmt/core.h>

#include <cstddef>

namespace fusebox::ctl {

namespace {

/// How many bytes the character at the start of the text claims to have.
std::size_t claimedLength(unsigned char first) {
    return first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

/// What turns the direction of the text around it, so that a name could show itself as another.
bool turnsText(char32_t character) {
    return character == 0x061c || character == 0x200e || character == 0x200f ||
           (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

bool isSafe(char32_t character) {
    return !base::isControl(character) && !turnsText(character);
}

}  // namespace

std::string printable(std::string_view foreign) {
    std::string text;
    text.reserve(foreign.size());
    while (!foreign.empty()) {
        const std::string_view character =
            foreign.substr(0, claimedLength(static_cast<unsigned char>(foreign.front())));
        const auto decoded = base::decodeUtf8(character);
        if (decoded && decoded->size() == 1 && isSafe(decoded->front())) {
            text += character;
            foreign.remove_prefix(character.size());
        } else {
            text += fmt::format("\\x{:02x}", static_cast<unsigned char>(foreign.front()));
            foreign.remove_prefix(1);
        }
    }
    return text;
}

}  // namespace fusebox::ctl
