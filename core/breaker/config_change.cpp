#include <fusebox/breaker/config_change.h>
#include <fusebox/breaker/config_text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace fusebox::breaker {

namespace {

using base::Result;
using base::trouble;
using base::TroubleCode;
using domain::ConfigEntry;

constexpr std::string_view kPreset = "preset";

Result<void> noOptionTwice(const std::vector<ConfigEntry>& options) {
    for (auto entry = options.begin(); entry != options.end(); ++entry) {
        if (std::any_of(options.begin(), entry,
                        [&](const ConfigEntry& other) { return other.option == entry->option; })) {
            return trouble(TroubleCode::invalidInput, fmt::format("{} is given twice; once is allowed", entry->option));
        }
        if (entry->option == kPreset && entry != options.begin()) {
            return trouble(TroubleCode::invalidInput,
                           "preset must stand first: it replaces all options, also those before it");
        }
    }
    return {};
}

Result<void> takePreset(CircuitBreakerConfig& config, std::string_view name) {
    auto preset = CircuitBreakerConfig::preset(trimmed(name));
    if (!preset) {
        return tl::unexpected(std::move(preset.error()));
    }
    preset->recoveryStrategy = std::move(config.recoveryStrategy);
    config = std::move(*preset);
    return {};
}

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// "250ms" as it is read aloud: "250 ms".
std::string spaced(std::string_view value) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool unitBegins = i > 0 && isDigit(value[i - 1]) && value[i] >= 'a' && value[i] <= 'z';
        text += unitBegins ? " " : "";
        text += value[i];
    }
    return text;
}

bool isSpan(const std::string& value) {
    return parse<std::vector<base::Duration>>(value).has_value();
}

std::string shown(const std::string& value) {
    return isSpan(value) ? spaced(value) : value;
}

}  // namespace

Result<CircuitBreakerConfig> changed(const CircuitBreakerConfig& from, const std::vector<ConfigEntry>& options) {
    if (auto once = noOptionTwice(options); !once) {
        return tl::unexpected(std::move(once.error()));
    }
    CircuitBreakerConfig config = from;
    for (const auto& [option, value] : options) {
        auto done = option == kPreset ? takePreset(config, value) : config.set(option, value);
        if (!done) {
            return tl::unexpected(std::move(done.error()));
        }
    }
    if (auto valid = config.validate(); !valid) {
        return tl::unexpected(std::move(valid.error()));
    }
    return config;
}

std::vector<ConfigDifference> differences(const CircuitBreakerConfig& before, const CircuitBreakerConfig& after) {
    std::vector<ConfigDifference> all;
    for (const ConfigOption& option : CircuitBreakerConfig::options()) {
        std::string was = option.read(before);
        std::string is = option.read(after);
        if (was != is) {
            all.push_back({std::string(option.name), std::move(was), std::move(is)});
        }
    }
    return all;
}

std::string nearestPreset(const CircuitBreakerConfig& config) {
    std::string nearest;
    std::size_t fewest = SIZE_MAX;
    for (const std::string_view name : CircuitBreakerConfig::presetNames()) {
        const CircuitBreakerConfig preset = CircuitBreakerConfig::preset(name).value();
        const std::size_t changed = differences(preset, config).size() + (config.recoveryStrategy ? 1 : 0);
        if (changed < fewest) {
            fewest = changed;
            nearest = name;
        }
    }
    return fewest == 0 ? nearest
                       : fmt::format("{}, {} {} changed", nearest, fewest, fewest == 1 ? "option" : "options");
}

std::string textOf(const std::vector<ConfigDifference>& differences) {
    std::string text;
    for (const ConfigDifference& each : differences) {
        text +=
            fmt::format("{}{} {} -> {}", text.empty() ? "" : "; ", each.option, shown(each.before), shown(each.after));
    }
    return text;
}

}  // namespace fusebox::breaker
