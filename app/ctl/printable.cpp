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

}  // namespace

std::string printable(std::string_view foreign) {
    std::string text;
    text.reserve(foreign.size());
    while (!foreign.empty()) {
        const std::string_view character =
            foreign.substr(0, claimedLength(static_cast<unsigned char>(foreign.front())));
        const auto decoded = base::decodeUtf8(character);
        if (decoded && decoded->size() == 1 && !base::isControl(decoded->front())) {
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
