#include <fusebox/base/text.h>
#include <fusebox/recovery/kept_output.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::recovery {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr std::size_t kLongestLine = 200;

/// Bytes of the character that begins with this one, by its first bits; one for what begins none.
std::size_t lengthOf(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte >= 0xf0 && byte < 0xf8) return 4;
    if (byte >= 0xe0) return byte < 0xf0 ? 3 : 1;
    return byte >= 0xc0 ? 2 : 1;
}

bool isLegible(std::string_view character) {
    if (character == "\n" || character == "\t") return true;
    const auto decoded = base::decodeUtf8(character);
    return decoded && decoded->size() == 1 && !base::isControl(decoded->front());
}

}  // namespace

std::string legible(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::string_view character = bytes.substr(0, lengthOf(bytes.front()));
        if (isLegible(character)) {
            text += character;
            bytes.remove_prefix(character.size());
        } else {
            text += kReplacement;
            bytes.remove_prefix(1);
        }
    }
    return text;
}

void KeptOutput::add(std::string_view bytes) {
    m_bytes += bytes.size();
    const std::size_t first = std::min(bytes.size(), kHead - m_head.size());
    m_head += bytes.substr(0, first);
    bytes.remove_prefix(first);
    if (bytes.size() > kTail) {
        m_tail = bytes.substr(bytes.size() - kTail);
        return;
    }
    m_tail += bytes;
    if (m_tail.size() > 2 * kTail) m_tail.erase(0, m_tail.size() - kTail);
}

std::string KeptOutput::text() const {
    if (m_bytes <= kHead + kTail) return legible(m_head + m_tail);
    const std::string_view tail = std::string_view(m_tail).substr(m_tail.size() - kTail);
    return fmt::format("{}\n[{} bytes are left out here]\n{}", legible(m_head), m_bytes - kHead - kTail, legible(tail));
}

std::string KeptOutput::lastLine() const {
    const std::string_view whole = m_tail.empty() ? m_head : m_tail;
    const auto end = whole.find_last_not_of("\r\n \t");
    if (end == std::string_view::npos) return {};
    const auto before = whole.find_last_of('\n', end);
    const auto begin = before == std::string_view::npos ? 0 : before + 1;
    return legible(whole.substr(begin, std::min(end + 1 - begin, kLongestLine)));
}

}  // namespace fusebox::recovery
