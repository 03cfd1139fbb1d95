#include <fusebox/server/metric_lines.h>

#include <fusebox/base/text.h>

#include <fmt/format.h>

namespace fusebox::server {

std::string labelText(std::string_view value) {
    const bool isText = base::decodeUtf8(value).has_value();
    std::string safe;
    safe.reserve(value.size());
    for (const char c : value) {
        if (c == '\\' || c == '"') {
            safe.push_back('\\');
            safe.push_back(c);
        } else if (c == '\n') {
            safe += "\\n";
        } else {
            safe.push_back(isText || static_cast<unsigned char>(c) < 0x80 ? c : '?');
        }
    }
    return safe;
}

void MetricLines::begin(std::string_view name, Type type, std::string_view help) {
    constexpr std::array<std::string_view, 3> kTypes{"counter", "gauge", "histogram"};
    m_name = name;
    m_out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ");
    m_out.append(kTypes[static_cast<std::size_t>(type)]).append("\n");
}

void MetricLines::start(std::string_view ending, std::initializer_list<Label> labels) {
    m_out.append(m_name).append(ending);
    if (m_breaker.empty() && labels.size() == 0) return;
    char mark = '{';
    const auto label = [&](std::string_view name, std::string_view value) {
        m_out.push_back(mark);
        m_out.append(name).append("=\"").append(value).append("\"");
        mark = ',';
    };
    if (!m_breaker.empty()) label("breaker", m_breaker);
    for (const auto& [name, value] : labels) label(name, value);
    m_out.push_back('}');
}

void MetricLines::finish(std::uint64_t number) {
    fmt::format_to(std::back_inserter(m_out), " {}\n", number);
}

void MetricLines::finish(double number) {
    fmt::format_to(std::back_inserter(m_out), " {}\n", number);
}

void MetricLines::value(std::uint64_t number, std::initializer_list<Label> labels) {
    start("", labels);
    finish(number);
}

void MetricLines::value(double number, std::initializer_list<Label> labels) {
    start("", labels);
    finish(number);
}

}  // namespace fusebox::server
