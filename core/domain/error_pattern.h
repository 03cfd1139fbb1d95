#pragma once
// Errors that say the same but for the values in them, and all that is known of the errors of late.
// Lifetime: plain values; an ErrorReport travels as shared_ptr<const ErrorReport>.

#include <fusebox/base/time.h>
#include <fusebox/domain/category.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/recovery_action.h>
#include <fusebox/domain/strategy.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::domain {

enum class Severity : std::uint8_t { low, medium, high, critical };

inline constexpr std::array kSeverities{Severity::low, Severity::medium, Severity::high, Severity::critical};

/// "LOW", "MEDIUM", "HIGH", "CRITICAL"
[[nodiscard]] std::string_view toWord(Severity severity);

enum class Trend : std::uint8_t {
    fresh,  ///< seen for the first time of late: "new"
    rising,
    steady,
    resolved,   ///< not seen for a while
    regressed,  ///< it was resolved and is back
};

/// "new", "rising", "steady", "resolved", "regressed"
[[nodiscard]] std::string_view toWord(Trend trend);

/// One error as it came. Long texts in it are cut.
struct ErrorSample {
    base::WallTime at{};
    BreakerId breaker;
    ErrorRef error;
};

/// How many errors of a pattern a breaker had.
struct BreakerShare {
    BreakerId breaker;
    std::uint64_t count = 0;

    bool operator==(const BreakerShare&) const = default;
};

/// How many of the errors in the window before a trip were of a pattern.
struct TripShare {
    BreakerId breaker;
    std::uint64_t transition = 0;  ///< Transition::sequence of the trip
    base::WallTime at{};
    std::uint64_t count = 0;
    double share = 0;  ///< of all errors in that window, 0 to 1

    bool operator==(const TripShare&) const = default;
};

struct ErrorPattern {
    PatternId id;
    std::string text;  ///< the message with its values masked: "dial tcp <*>: i/o timeout"
    Category category = Category::unknown;
    double confidence = 0;  ///< of the category, 0 to 1
    std::string evidence;   ///< why that category
    std::string component;  ///< of most of its errors
    Severity severity = Severity::low;
    Trend trend = Trend::fresh;
    std::uint64_t count = 0;
    double perMinute = 0;  ///< over the last five minutes
    base::WallTime firstSeen{};
    base::WallTime lastSeen{};
    std::vector<std::uint32_t> minutes;    ///< counts of the last 30 minutes, oldest first; the last one is under way
    std::vector<ErrorSample> samples;      ///< newest first, bounded
    std::vector<BreakerShare> breakers;    ///< most errors first
    std::vector<TripShare> trips;          ///< newest first, bounded
    std::optional<Strategy> strategy;      ///< how its errors are handled
    std::optional<RecoveryAction> action;  ///< what was last done about it
};

/// Errors in one minute, by category in the order of kCategories.
struct ErrorMinute {
    base::WallTime begins{};
    std::array<std::uint32_t, kCategoryCount> counts{};

    bool operator==(const ErrorMinute&) const = default;
};

struct ComponentCount {
    std::string component;
    std::uint64_t count = 0;

    bool operator==(const ComponentCount&) const = default;
};

struct ErrorReport {
    std::uint64_t version = 0;  ///< grows with each change
    std::uint64_t total = 0;
    std::uint64_t lost = 0;  ///< errors that came faster than they could be looked at: counted, not mined
    std::array<std::uint64_t, kCategoryCount> byCategory{};
    std::array<std::uint64_t, kSeverities.size()> bySeverity{};
    std::vector<ComponentCount> byComponent;    ///< most first, bounded
    double perMinute = 0;                       ///< over the last five minutes
    std::vector<ErrorMinute> minutes;           ///< the last hour, oldest first; the last one is under way
    std::vector<ErrorPattern> patterns;         ///< most severe first, then most frequent; id 0: all others
    std::optional<double> recoverySuccessRate;  ///< 0 to 1; nothing: no action has a verdict yet
    std::optional<double> avgRecoveryTimeMs;
};

}  // namespace fusebox::domain
