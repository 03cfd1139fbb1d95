#pragma once
// What differs between two configurations, for a program that goes from one to the other while it runs.
// Lifetime: plain values.

#include <fusebox/config/settings.h>

#include <string>
#include <vector>

namespace fusebox::wiring {

struct SettingsChange {
    std::vector<std::string> added;
    std::vector<std::string> removed;
    std::vector<std::string> recalled;      ///< called, or handled when it fails, in another way
    std::vector<std::string> reconfigured;  ///< its breaker has another configuration
    bool errorRules = false;
    bool alerts = false;

    [[nodiscard]] bool isEmpty() const;
    /// "1 added (Cache), 1 changed (Orders API), 2 removed (Mail, Archive)"
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] SettingsChange changeBetween(const config::Settings& from, const config::Settings& to);

}  // namespace fusebox::wiring
