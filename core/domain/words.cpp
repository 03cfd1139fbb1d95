// The words of the domain: one table per enum, used alike on screen, in JSON, in logs and in labels.

#include <fusebox/domain/category.h>
#include <fusebox/domain/command.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/domain/source_standing.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/transition.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace fusebox::domain {

namespace {

template <typename Enum, std::size_t N>
std::string_view wordOf(const std::array<std::string_view, N>& words, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    assert(index < N);
    return words[index];
}

template <typename Enum, std::size_t N>
std::optional<Enum> valueOf(const std::array<std::string_view, N>& words, std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(found - words.begin());
}

constexpr std::array<std::string_view, kCategoryCount> kCategoryWords{"TRANSIENT",      "PERMANENT",       "RATE_LIMIT",
                                                                      "AUTHENTICATION", "DATA_VALIDATION", "UNKNOWN"};
constexpr std::array<std::string_view, 51> kCodeSystemWords{
    "none",          "http", "grpc",       "errno",   "curl",   "sqlstate", "mysql",  "sqlite",   "redis",
    "kafka",         "aws",  "kubernetes", "mongodb", "dns",    "tls",      "smtp",   "exit",     "sqlserver",
    "oracle",        "db2",  "hana",       "h2",      "hsqldb", "derby",    "sybase", "informix", "cassandra",
    "elasticsearch", "etcd", "zookeeper",  "azure",   "google", "firebase", "oauth",  "stripe",   "acme",
    "github",        "oci",  "mqtt",       "amqp",    "nats",   "ldap",     "ftp",    "sip",      "websocket",
    "http2",         "quic", "windows",    "node",    "qt",     "openai"};
constexpr std::array<std::string_view, 5> kStateWords{"CLOSED", "OPEN", "HALF_OPEN", "UNKNOWN", "STALE"};
constexpr std::array<std::string_view, 4> kHoldModeWords{"FORCE_OPEN", "FORCE_CLOSED", "METRICS_ONLY", "DISABLED"};
constexpr std::array<std::string_view, 6> kTripRuleWords{
    "failure rate", "slow-call rate", "failure count", "consecutive failures", "total outage", "low success average"};
constexpr std::array<std::string_view, 11> kCauseWords{
    "trip rule",     "trip",          "reset",         "probe",        "wait elapsed", "probes succeeded",
    "probes failed", "probe timeout", "hold released", "hold expired", "restored"};
constexpr std::array<std::string_view, 12> kCommandKindWords{
    "trip",   "reset",  "hold",        "release",      "probe",          "configure",
    "shadow", "action", "action mode", "stop actions", "resume actions", "strategy"};
constexpr std::array<std::string_view, kRoles.size()> kRoleWords{"viewer", "operator", "admin"};
constexpr std::array<std::string_view, 5> kCommandStatusWords{"pending", "applied", "refused", "failed", "unknown"};
constexpr std::array<std::string_view, kEventKinds> kEventKindWords{
    "transition",    "command",         "hold placed", "hold released",   "hold expired",
    "breaker added", "breaker removed", "notice",      "recovery action", "error pattern"};
constexpr std::array<std::string_view, kStrategies.size()> kStrategyWords{
    "RETRY_WITH_BACKOFF", "FALLBACK_TO_CACHE", "FALLBACK_TO_DEFAULT",
    "IMMEDIATE_FAIL",     "CIRCUIT_BREAKER",   "GRACEFUL_DEGRADATION"};
constexpr std::array<std::string_view, kRecoveryActions.size()> kRecoveryActionWords{
    "NONE", "RESTART_SERVICE", "CLEAR_CACHE", "RESET_CONNECTION", "SWITCH_ENDPOINT", "REDUCE_LOAD", "ALERT_ADMIN"};
constexpr std::array<std::string_view, 3> kActionModeWords{"manual", "proposed", "automatic"};
constexpr std::array<std::string_view, 5> kRecoveryResultWords{"running", "succeeded", "failed", "timed out",
                                                               "cancelled"};
constexpr std::array<std::string_view, kSeverities.size()> kSeverityWords{"LOW", "MEDIUM", "HIGH", "CRITICAL"};
constexpr std::array<std::string_view, 5> kTrendWords{"new", "rising", "steady", "resolved", "regressed"};
constexpr std::array<std::string_view, 5> kSourceStateWords{"connecting", "connected", "stale", "reconnecting", "bad"};
constexpr std::array<std::string_view, 5> kServedWords{"live", "cache", "default", "reduced", "nothing"};

}  // namespace

std::string_view toWord(Category category) {
    return wordOf(kCategoryWords, category);
}
std::optional<Category> categoryFromWord(std::string_view word) {
    return valueOf<Category>(kCategoryWords, word);
}
std::string_view toWord(CodeSystem system) {
    return wordOf(kCodeSystemWords, system);
}
std::optional<CodeSystem> codeSystemFromWord(std::string_view word) {
    return valueOf<CodeSystem>(kCodeSystemWords, word);
}
std::string_view toWord(State state) {
    return wordOf(kStateWords, state);
}
std::optional<State> stateFromWord(std::string_view word) {
    return valueOf<State>(kStateWords, word);
}
std::string_view toWord(HoldMode mode) {
    return wordOf(kHoldModeWords, mode);
}
std::optional<HoldMode> holdModeFromWord(std::string_view word) {
    return valueOf<HoldMode>(kHoldModeWords, word);
}
std::string_view toWord(TripRule rule) {
    return wordOf(kTripRuleWords, rule);
}
std::string_view toWord(TransitionCause cause) {
    return wordOf(kCauseWords, cause);
}
std::string_view toWord(CommandKind kind) {
    return wordOf(kCommandKindWords, kind);
}
std::string_view toWord(Role role) {
    return wordOf(kRoleWords, role);
}
std::optional<Role> roleFromWord(std::string_view word) {
    return valueOf<Role>(kRoleWords, word);
}
std::string_view toWord(CommandStatus status) {
    return wordOf(kCommandStatusWords, status);
}
std::string_view toWord(EventKind kind) {
    return wordOf(kEventKindWords, kind);
}
std::string_view toWord(Strategy strategy) {
    return wordOf(kStrategyWords, strategy);
}
std::optional<Strategy> strategyFromWord(std::string_view word) {
    return valueOf<Strategy>(kStrategyWords, word);
}
std::string_view toWord(RecoveryAction action) {
    return wordOf(kRecoveryActionWords, action);
}
std::optional<RecoveryAction> recoveryActionFromWord(std::string_view word) {
    return valueOf<RecoveryAction>(kRecoveryActionWords, word);
}
std::string_view toWord(ActionMode mode) {
    return wordOf(kActionModeWords, mode);
}
std::optional<ActionMode> actionModeFromWord(std::string_view word) {
    return valueOf<ActionMode>(kActionModeWords, word);
}
std::string_view toWord(RecoveryResult result) {
    return wordOf(kRecoveryResultWords, result);
}
std::string_view toWord(Severity severity) {
    return wordOf(kSeverityWords, severity);
}
std::string_view toWord(Trend trend) {
    return wordOf(kTrendWords, trend);
}
std::string_view toWord(Served served) {
    return wordOf(kServedWords, served);
}
std::string_view toWord(SourceState state) {
    return wordOf(kSourceStateWords, state);
}

}  // namespace fusebox::domain
