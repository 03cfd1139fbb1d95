#include <fusebox/config/read_breaker.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::config {

namespace {

using breaker::CircuitBreakerConfig;

constexpr std::string_view kPreset = "preset";

/// The value as the option's own reader takes it; nothing for what can be no option's value.
std::optional<std::string> optionText(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* whole = node.as_integer()) return fmt::format("{}", whole->get());
    if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "on" : "off";
    const auto* list = node.as_array();
    if (list == nullptr) return std::nullopt;
    std::string joined;
    for (const toml::node& item : *list) {
        const auto part = item.is_array() ? std::nullopt : optionText(item);
        // A comma inside an item would make two of it.
        if (!part || part->find(',') != std::string::npos) return std::nullopt;
        joined += (joined.empty() ? "" : ", ") + *part;
    }
    return list->empty() ? "none" : joined;
}

CircuitBreakerConfig startFrom(TableReader& in, CircuitBreakerConfig start) {
    const auto& names = CircuitBreakerConfig::presetNames();
    if (const auto chosen = in.choice(kPreset, names)) {
        return *CircuitBreakerConfig::preset(names[*chosen]);
    }
    return start;
}

/// What does not fit together is told at the option that the sentence begins with.
void complainOf(TableReader& in, const base::Trouble& trouble) {
    const std::size_t end = std::min(trouble.what.find(' '), trouble.what.size());
    in.complain(trouble.what.substr(0, end), trouble.what.substr(std::min(end + 1, trouble.what.size())));
}

}  // namespace

CircuitBreakerConfig readBreaker(const toml::table& table, const std::string& scope, CircuitBreakerConfig start,
                                 Notes& notes) {
    const std::size_t before = notes.count();
    TableReader in(table, scope, notes);
    CircuitBreakerConfig config = startFrom(in, std::move(start));
    for (const breaker::ConfigOption& option : CircuitBreakerConfig::options()) {
        const toml::node* given = in.node(option.name);
        if (given == nullptr) continue;
        const auto text = optionText(*given);
        if (!text || !option.write(config, *text)) in.refuse(option.name, *given, option.allowed);
    }
    in.finish();
    if (notes.count() == before) {
        if (const auto sound = config.validate(); !sound) complainOf(in, sound.error());
    }
    return config;
}

}  // namespace fusebox::config
