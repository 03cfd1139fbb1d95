#include <fusebox/format/words.h>

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

namespace fusebox::format {

namespace {

QString at(std::span<const char* const> words, std::size_t index) {
    assert(index < words.size());
    return QLatin1String(words[index]);
}

template <typename Enum>
QString wordOf(std::span<const char* const> words, Enum value) {
    return at(words, static_cast<std::size_t>(value));
}

constexpr std::array kStates{"Closed", "Open", "Half-open", "Unknown", "Stale"};
constexpr std::array kHoldModes{"Forced open", "Forced closed", "Metrics only", "Disabled"};
constexpr std::array kTripRules{"Failure rate",         "Slow-call rate", "Failure count",
                                "Consecutive failures", "Total outage",   "Low success average"};
constexpr std::array kCauses{"Trip rule",        "Trip",          "Reset",         "Probe",         "Wait elapsed",
                             "Probes succeeded", "Probes failed", "Probe timeout", "Hold released", "Hold expired",
                             "Restored"};
constexpr std::array kCategories{"Transient",      "Permanent",       "Rate limit",
                                 "Authentication", "Data validation", "Unknown"};
constexpr std::array kEventKinds{"Transition",    "Command",         "Hold placed", "Hold released",   "Hold expired",
                                 "Breaker added", "Breaker removed", "Notice",      "Recovery action", "Error pattern"};
static_assert(kEventKinds.size() == domain::kEventKinds);
constexpr std::array kLevels{"Info", "Warning", "Error"};
constexpr std::array kCommandKinds{"Trip",   "Reset",      "Hold",        "Release",      "Probe now",      "Configure",
                                   "Shadow", "Run action", "Action mode", "Stop actions", "Resume actions", "Strategy"};
constexpr std::array kCommandStatuses{"Pending", "Applied", "Refused", "Failed", "Unknown"};
constexpr std::array kSeverities{"Low", "Medium", "High", "Critical"};
constexpr std::array kTrends{"New", "Rising", "Steady", "Resolved", "Regressed"};
constexpr std::array kStrategies{"Retry",        "Cached value",    "Default value",
                                 "Fail at once", "Circuit breaker", "Reduced form"};
constexpr std::array kActions{"None",        "Restart service", "Clear cache", "Reset connection", "Switch endpoint",
                              "Reduce load", "Alert admin"};
constexpr std::array kModes{"Manual", "Proposed", "Automatic"};
constexpr std::array kResults{"Running", "Succeeded", "Failed", "Timed out", "Cancelled"};

}  // namespace

QString word(domain::State state) {
    return wordOf(kStates, state);
}
QString word(domain::HoldMode mode) {
    return wordOf(kHoldModes, mode);
}
QString word(domain::State state, std::optional<domain::HoldMode> heldAs) {
    return heldAs ? word(*heldAs) : word(state);
}
QString word(domain::TripRule rule) {
    return wordOf(kTripRules, rule);
}
QString word(domain::TransitionCause cause) {
    return wordOf(kCauses, cause);
}
QString word(domain::Category category) {
    return wordOf(kCategories, category);
}
QString word(domain::EventKind kind) {
    return wordOf(kEventKinds, kind);
}
QString word(domain::Level level) {
    return wordOf(kLevels, level);
}
QString word(domain::CommandKind kind) {
    return wordOf(kCommandKinds, kind);
}
QString word(domain::CommandStatus status) {
    return wordOf(kCommandStatuses, status);
}
QString word(domain::Severity severity) {
    return wordOf(kSeverities, severity);
}
QString word(domain::Trend trend) {
    return wordOf(kTrends, trend);
}
QString word(domain::Strategy strategy) {
    return wordOf(kStrategies, strategy);
}
QString word(domain::RecoveryAction action) {
    return wordOf(kActions, action);
}
QString word(domain::ActionMode mode) {
    return wordOf(kModes, mode);
}
QString word(domain::RecoveryResult result) {
    return wordOf(kResults, result);
}

}  // namespace fusebox::format
