#pragma once
// Reads [defaults] and each [[dependency]].

#include <fusebox/config/settings.h>
#include <fusebox/config/table_reader.h>

#include <filesystem>
#include <string>

namespace fusebox::config {

/// What a dependency is where its own table says nothing.
struct Defaults {
    std::string group;
    Traffic traffic;
    adapters::CallLimits limits;
    breaker::CircuitBreakerConfig breaker = builtInBreaker();
    Handling handling;
};

[[nodiscard]] Defaults readDefaults(const toml::table& table, Notes& notes);

[[nodiscard]] Dependency readDependency(const toml::table& table, const Defaults& defaults,
                                        const std::filesystem::path& folder, Notes& notes);

}  // namespace fusebox::config
