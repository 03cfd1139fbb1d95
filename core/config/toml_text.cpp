#include <fusebox/config/toml_text.h>

#include <fusebox/breaker/config_text.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <sstream>

namespace fusebox::config {

namespace {

bool isBareKey(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

template <typename Value>
std::string streamed(const Value& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

}  // namespace

std::string tomlText(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            fmt::format_to(std::back_inserter(result), "\\u{:04x}", byte);
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string tomlText(base::Duration duration) {
    return tomlText(breaker::write(duration));
}

std::string tomlList(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + tomlText(text);
    return "[" + joined + "]";
}

std::string textOf(const toml::node& node) {
    if (const auto* text = node.as_string()) return tomlText(text->get());
    if (const auto* whole = node.as_integer()) return fmt::format("{}", whole->get());
    if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    if (const auto* at = node.as_date_time()) return streamed(at->get());
    if (const auto* date = node.as_date()) return streamed(date->get());
    if (const auto* time = node.as_time()) return streamed(time->get());
    const auto* list = node.as_array();
    if (list == nullptr) return "a table";
    std::string joined;
    for (const toml::node& item : *list) joined += (joined.empty() ? "" : ", ") + textOf(item);
    return "[" + joined + "]";
}

std::string pathText(const std::vector<std::string>& path) {
    std::string joined;
    for (const std::string& part : path) {
        joined += (joined.empty() ? "" : ".") + (isBareKey(part) ? part : tomlText(part));
    }
    return joined;
}

}  // namespace fusebox::config
