#include <fusebox/ctl/display_text.h>

#include <fusebox/base/text.h>

#include <algorithm>
#include <array>

namespace fusebox::ctl {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Source: Unicode's EastAsianWidth.txt (W, F) and general categories Mn, Me, Cf; neighbouring ranges are joined.
constexpr std::array kWide{Range{0x1100, 0x115f},   Range{0x2329, 0x232a},   Range{0x2e80, 0x303e},
                           Range{0x3041, 0x4dbf},   Range{0x4e00, 0xa4cf},   Range{0xa960, 0xa97f},
                           Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},
                           Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x16fe0, 0x18aff},
                           Range{0x1b000, 0x1b2ff}, Range{0x1f1e6, 0x1f1ff}, Range{0x1f300, 0x1f64f},
                           Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd}};
constexpr std::array kLaidOver{
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489},   Range{0x0591, 0x05bd}, Range{0x0610, 0x061a}, Range{0x064b, 0x065f},
    Range{0x06d6, 0x06dc}, Range{0x0900, 0x0902},   Range{0x0e34, 0x0e3a}, Range{0x0e47, 0x0e4e}, Range{0x1ab0, 0x1aff},
    Range{0x1dc0, 0x1dff}, Range{0x200b, 0x200d},   Range{0x2060, 0x2064}, Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f},
    Range{0xfe20, 0xfe2f}, Range{0xe0100, 0xe01ef}, Range{0xfeff, 0xfeff}};

template <std::size_t N>
bool isIn(const std::array<Range, N>& ranges, char32_t character) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [character](const Range& range) { return character >= range.first && character <= range.last; });
}

std::size_t columnsOf(char32_t character) {
    if (character < 0x0300) return 1;
    if (isIn(kLaidOver, character)) return 0;
    return isIn(kWide, character) ? 2 : 1;
}

void append(std::string& text, char32_t character) {
    const auto byte = [&text](char32_t value) { text += static_cast<char>(value); };
    if (character < 0x80) {
        byte(character);
    } else if (character < 0x800) {
        byte(0xc0U | (character >> 6U));
        byte(0x80U | (character & 0x3fU));
    } else if (character < 0x10000) {
        byte(0xe0U | (character >> 12U));
        byte(0x80U | ((character >> 6U) & 0x3fU));
        byte(0x80U | (character & 0x3fU));
    } else {
        byte(0xf0U | (character >> 18U));
        byte(0x80U | ((character >> 12U) & 0x3fU));
        byte(0x80U | ((character >> 6U) & 0x3fU));
        byte(0x80U | (character & 0x3fU));
    }
}

}  // namespace

std::size_t columnsOf(std::string_view text) {
    const auto characters = base::decodeUtf8(text);
    if (!characters) return text.size();
    std::size_t columns = 0;
    for (const char32_t character : *characters) columns += columnsOf(character);
    return columns;
}

std::string cutTo(std::string_view text, std::size_t columns) {
    constexpr std::size_t kMostPerColumn = 4;
    const auto characters = base::decodeUtf8(text);
    if (!characters) return std::string(text.substr(0, columns));
    if (columnsOf(text) <= columns && characters->size() <= columns * kMostPerColumn) return std::string(text);
    std::string cut;
    std::size_t taken = 0;
    std::size_t count = 0;
    for (const char32_t character : *characters) {
        taken += columnsOf(character);
        if (taken + 1 > columns || ++count >= columns * kMostPerColumn) break;
        append(cut, character);
    }
    return cut + "…";
}

std::string padded(std::string_view text, std::size_t columns) {
    std::string shown = cutTo(text, columns);
    shown.append(columns - std::min(columns, columnsOf(shown)), ' ');
    return shown;
}

std::string paddedLeft(std::string_view text, std::size_t columns) {
    const std::string shown = cutTo(text, columns);
    return std::string(columns - std::min(columns, columnsOf(shown)), ' ') + shown;
}

}  // namespace fusebox::ctl
