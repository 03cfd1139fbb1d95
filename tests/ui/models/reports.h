#pragma once
// Reports on errors and recovery for the tests of the models and the views.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/recovery.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace fusebox::models::testing {

inline constexpr base::WallTime kNoon{std::chrono::seconds(1'700'049'600)};

inline domain::ErrorPattern patternOf(std::uint64_t id, const std::string& text, std::uint64_t count = 1) {
    domain::ErrorPattern pattern;
    pattern.id = domain::PatternId(id);
    pattern.text = text;
    pattern.count = count;
    pattern.firstSeen = kNoon - std::chrono::minutes(20);
    pattern.lastSeen = kNoon;
    pattern.minutes.assign(30, 1);
    return pattern;
}

inline std::shared_ptr<const domain::ErrorReport> reportOf(std::vector<domain::ErrorPattern> patterns) {
    static std::uint64_t version = 0;
    domain::ErrorReport report;
    report.version = ++version;
    for (const domain::ErrorPattern& pattern : patterns) {
        report.total += pattern.count;
        report.byCategory[static_cast<std::size_t>(pattern.category)] += pattern.count;
    }
    report.patterns = std::move(patterns);
    return std::make_shared<const domain::ErrorReport>(std::move(report));
}

inline domain::TripShare tripOf(const std::string& breaker, std::uint64_t transition, base::WallTime at, double share) {
    return {domain::BreakerId(breaker), transition, at, 5, share};
}

}  // namespace fusebox::models::testing
