#include <fusebox/wiring/settings_change.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

namespace fusebox::wiring {

namespace {

constexpr std::size_t kMostNamed = 5;

std::string part(std::string_view what, const std::vector<std::string>& names) {
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNamed));
    return fmt::format("{} {} ({}{})", names.size(), what, fmt::join(names.begin(), end, ", "),
                       names.size() > kMostNamed ? ", ..." : "");
}

}  // namespace

bool SettingsChange::isEmpty() const {
    return added.empty() && removed.empty() && recalled.empty() && reconfigured.empty() && !errorRules && !alerts;
}

std::string SettingsChange::text() const {
    std::set<std::string> changed(recalled.begin(), recalled.end());
    changed.insert(reconfigured.begin(), reconfigured.end());
    std::vector<std::string> parts;
    if (!added.empty()) parts.push_back(part("added", added));
    if (!changed.empty()) parts.push_back(part("changed", {changed.begin(), changed.end()}));
    if (!removed.empty()) parts.push_back(part("removed", removed));
    if (errorRules) parts.emplace_back("rules for errors changed");
    if (alerts) parts.emplace_back("alerts changed");
    return parts.empty() ? "nothing that is guarded changed" : fmt::format("{}", fmt::join(parts, ", "));
}

SettingsChange changeBetween(const config::Settings& from, const config::Settings& to) {
    SettingsChange change;
    std::unordered_map<std::string_view, const config::Dependency*> before;
    for (const config::Dependency& one : from.dependencies) before.emplace(one.name, &one);
    for (const config::Dependency& one : to.dependencies) {
        const auto found = before.find(one.name);
        if (found == before.end()) {
            change.added.push_back(one.name);
            continue;
        }
        if (!one.isCalledLike(*found->second)) change.recalled.push_back(one.name);
        if (!(one.breaker == found->second->breaker)) change.reconfigured.push_back(one.name);
        before.erase(found);
    }
    for (const config::Dependency& one : from.dependencies) {
        if (before.contains(one.name)) change.removed.push_back(one.name);
    }
    change.errorRules = from.errorRules != to.errorRules;
    change.alerts = !(from.alerts == to.alerts);
    return change;
}

}  // namespace fusebox::wiring
