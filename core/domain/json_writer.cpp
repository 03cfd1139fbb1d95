#include <fusebox/domain/json_writer.h>

#include <algorithm>
#include <bit>

namespace fusebox::domain {

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

/// Whether one of eight bytes is a control character, a quote, a backslash, DEL or not ASCII.
bool hasSpecial(std::uint64_t bytes) {
    const auto hasZero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
    const std::uint64_t belowSpace = (bytes - kOnes * 0x20) & ~bytes & kHighs;
    return (belowSpace | hasZero(bytes ^ (kOnes * '"')) | hasZero(bytes ^ (kOnes * '\\')) |
            hasZero(bytes ^ (kOnes * 0x7f)) | (bytes & kHighs)) != 0;
}

bool isSpecial(unsigned char c) {
    return c < 0x20 || c == '"' || c == '\\' || c >= 0x7f;
}

bool isPlain(std::string_view text) {
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, 8);
        if (hasSpecial(bytes)) {
            return false;
        }
    }
    return std::none_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                        [](char c) { return isSpecial(static_cast<unsigned char>(c)); });
}

/// What stands at the front of text that is not ASCII.
struct Sequence {
    std::size_t length;
    bool valid;
};

/// A broken sequence is as long as what could have been the beginning of a character, at least one byte.
Sequence sequenceAt(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
    };
    const unsigned char lead = byte(0);
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4) {
        return {1, false};
    }
    // The second byte of some characters has less room: no overlong forms, no surrogates, nothing above U+10FFFF.
    const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (byte(1) < low || byte(1) > high) {
        return {1, false};
    }
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) {
            return {i, false};
        }
    }
    return {length, true};
}

}  // namespace

void JsonWriter::plain(std::string_view bytes) {
    if (bytes.size() > kRoom) {
        flush();
        m_out.append(bytes);
        return;
    }
    makeRoom(bytes.size());
    std::memcpy(m_at, bytes.data(), bytes.size());
    m_at += bytes.size();
}

/// value / 1,000,000 in decimals, without zeros at the end.
void JsonWriter::millionths(std::uint64_t value) {
    number(value / 1'000'000);
    std::uint64_t rest = value % 1'000'000;
    if (rest == 0) {
        return;
    }
    makeRoom(kLongestNumber);
    *m_at = '.';
    for (int digit = 6; digit > 0; --digit) {
        m_at[digit] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    m_at += 7;
    while (m_at[-1] == '0') {
        --m_at;
    }
}

JsonWriter& JsonWriter::ms(base::Duration span) {
    const std::int64_t ns = span.count();
    if (ns < 0) {
        raw("-");
    }
    // Through unsigned: the lowest number has no positive counterpart.
    millionths(ns < 0 ? ~static_cast<std::uint64_t>(ns) + 1 : static_cast<std::uint64_t>(ns));
    return *this;
}

JsonWriter& JsonWriter::unixMs(base::WallTime time) {
    makeRoom(kLongestNumber);
    m_at = std::to_chars(m_at, m_at + kLongestNumber, time.time_since_epoch().count()).ptr;
    return *this;
}

JsonWriter& JsonWriter::real(double value) {
    // Thresholds and the like are short decimals: a division of two exact numbers rounds to the same double as reading does.
    if (value >= 0 && value < 1e9) {
        const auto scaled = static_cast<std::uint64_t>(value * 1e6 + 0.5);
        if (static_cast<double>(scaled) / 1e6 == value && !std::signbit(value)) {
            millionths(scaled);
            return *this;
        }
    }
    makeRoom(kLongestNumber);
    m_at = std::to_chars(m_at, m_at + kLongestNumber, value).ptr;
    return *this;
}

JsonWriter& JsonWriter::word(std::string_view word) {
    raw("\"");
    plain(word);
    return raw("\"");
}

JsonWriter& JsonWriter::text(std::string_view text) {
    if (isPlain(text)) [[likely]] {
        return word(text);
    }
    raw("\"");
    escaped(text);
    return raw("\"");
}

void JsonWriter::escaped(std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    while (!text.empty()) {
        const auto special =
            std::find_if(text.begin(), text.end(), [](char c) { return isSpecial(static_cast<unsigned char>(c)); });
        const auto before = static_cast<std::size_t>(special - text.begin());
        plain(text.substr(0, before));
        text.remove_prefix(before);
        if (text.empty()) {
            return;
        }
        const auto c = static_cast<unsigned char>(text.front());
        std::size_t used = 1;
        if (c == '"') {
            raw("\\\"");
        } else if (c == '\\') {
            raw("\\\\");
        } else if (c == '\n') {
            raw("\\n");
        } else if (c == '\t') {
            raw("\\t");
        } else if (c == '\r') {
            raw("\\r");
        } else if (c <= 0x7f) {
            const std::array<char, 6> code{'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
            plain({code.data(), code.size()});
        } else {
            const Sequence sequence = sequenceAt(text);
            used = sequence.length;
            plain(sequence.valid ? text.substr(0, used) : std::string_view("\xef\xbf\xbd"));
        }
        text.remove_prefix(used);
    }
}

}  // namespace fusebox::domain
