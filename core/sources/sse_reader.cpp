#include <fusebox/sources/sse_reader.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::uint32_t kLongestRetryMs = 60'000;

}  // namespace

base::Result<void> SseReader::feed(std::string_view bytes, const OnEvent& onEvent) {
    while (!bytes.empty() && !m_isBroken) {
        // A line ends with CR, LF, or both; the two may come in different pieces.
        if (std::exchange(m_after, After::nothing) == After::carriageReturn && bytes.front() == '\n') {
            bytes.remove_prefix(1);
            continue;
        }
        const std::size_t end = bytes.find_first_of("\r\n");
        if (!addToLine(bytes.substr(0, end))) break;
        if (end == std::string_view::npos) break;
        if (bytes[end] == '\r') m_after = After::carriageReturn;
        bytes.remove_prefix(end + 1);
        endLine(onEvent);
    }
    if (m_isBroken) {
        return base::trouble(
            base::TroubleCode::limitReached,
            "sends a line or an event beyond " + std::to_string(m_options.largestEvent >> 10U) + " KiB");
    }
    return {};
}

void SseReader::restart() {
    m_line = {};
    m_event = {};
    m_hasData = false;
    m_isFirstLine = true;
    m_isBroken = false;
    m_after = After::nothing;
}

bool SseReader::addToLine(std::string_view bytes) {
    if (bytes.size() > m_options.longestLine - m_line.size()) {
        m_isBroken = true;
        m_line = {};
        m_event = {};
        return false;
    }
    m_line.append(bytes);
    return true;
}

void SseReader::endLine(const OnEvent& onEvent) {
    std::string_view line = m_line;
    if (std::exchange(m_isFirstLine, false) && line.starts_with(kByteOrderMark)) {
        line.remove_prefix(kByteOrderMark.size());
    }
    if (line.empty()) {
        dispatch(onEvent);
    } else if (line.front() != ':') {
        const std::size_t colon = line.find(':');
        std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        takeField(line.substr(0, colon), value);
    }
    m_line.clear();
    // One large event must not keep its memory for the life of the stream.
    constexpr std::size_t kKept = 64U << 10U;
    if (m_line.capacity() > kKept) m_line = {};
}

void SseReader::takeField(std::string_view name, std::string_view value) {
    if (name == "data") {
        if (value.size() + 1 > m_options.largestEvent - std::min(m_event.data.size(), m_options.largestEvent)) {
            m_isBroken = true;
            m_event = {};
            return;
        }
        if (m_hasData) m_event.data += '\n';
        m_hasData = true;
        m_event.data.append(value);
    } else if (name == "event") {
        m_event.type = value;
    } else if (name == "id" && value.find('\0') == std::string_view::npos) {
        m_event.id = value;
    } else if (name == "retry") {
        std::uint32_t ms = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), ms);
        if (error == std::errc() && end == value.data() + value.size()) {
            m_retry = std::chrono::milliseconds(std::min(ms, kLongestRetryMs));
        }
    }
}

void SseReader::dispatch(const OnEvent& onEvent) {
    SseEvent event = std::exchange(m_event, {});
    if (!std::exchange(m_hasData, false)) return;
    if (event.type.empty()) event.type = "message";
    onEvent(std::move(event));
}

}  // namespace fusebox::sources
