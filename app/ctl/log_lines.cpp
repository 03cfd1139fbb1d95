#include <fusebox/ctl/log_lines.h>

#include <algorithm>

namespace fusebox::ctl {

std::optional<std::string_view> LogLines::next() {
    m_line.clear();
    bool any = false;
    while (!m_rest.empty() || fill()) {
        any = true;
        const std::size_t end = m_rest.find('\n');
        keep(m_rest.substr(0, end));
        m_rest.remove_prefix(std::min(end, m_rest.size() - 1) + 1);
        if (end != std::string_view::npos) break;
    }
    if (!any) {
        return std::nullopt;
    }
    if (!m_line.empty() && m_line.back() == '\r') m_line.pop_back();
    return m_line;
}

bool LogLines::fill() {
    m_in.read(m_block.data(), static_cast<std::streamsize>(m_block.size()));
    m_rest = std::string_view(m_block.data(), static_cast<std::size_t>(m_in.gcount()));
    return !m_rest.empty();
}

void LogLines::keep(std::string_view part) {
    m_line.append(part.substr(0, kLongestLine - std::min(kLongestLine, m_line.size())));
}

}  // namespace fusebox::ctl
