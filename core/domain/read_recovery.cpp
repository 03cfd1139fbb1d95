#include <fusebox/domain/read_recovery.h>

#include <fusebox/domain/read_parts.h>

#include <utility>

namespace fusebox::domain {

namespace {

constexpr std::size_t kResults = 5;
constexpr std::size_t kServed = 5;
constexpr std::size_t kMostBreakers = 10'000;
constexpr std::size_t kMostActions = 16;
constexpr std::size_t kMostHistory = 1000;
constexpr std::size_t kMostRates = 1000;
constexpr std::uint64_t kLargestCount = 1ULL << 60U;

std::optional<PatternId> readPattern(JsonReader& in) {
    return in.has("pattern") ? std::optional(PatternId(in.number("pattern"))) : std::nullopt;
}

std::optional<ActionStanding> readAction(JsonReader in) {
    ActionStanding standing;
    const auto action = recoveryActionFromWord(in.text("action"));
    const auto mode = actionModeFromWord(in.text("mode"));
    standing.effect = readText(in, "effect");
    standing.whyNot = readText(in, "why_not");
    standing.timeout = in.ms("timeout_ms");
    standing.coolDown = in.ms("cool_down_ms");
    standing.coolDownLeft = in.ms("cool_down_left_ms");
    standing.doneThisHour = in.number32("done_this_hour");
    standing.budgetPerHour = in.number32("budget_per_hour");
    standing.failuresInRow = in.number32("failures_in_row");
    standing.lockedOut = in.truth("locked_out");
    standing.running = in.truth("running");
    standing.proposal = readText(in, "proposal");
    if (in.has("last")) standing.last = readOutcome(in.at("last"));
    if (!action || !mode) return std::nullopt;
    standing.action = *action;
    standing.mode = *mode;
    return standing;
}

BreakerRecovery readBreaker(JsonReader in) {
    BreakerRecovery recovery;
    recovery.breaker = BreakerId(readId(in, "breaker"));
    in.list("actions", kMostActions, [&](JsonReader each) {
        if (auto action = readAction(std::move(each))) recovery.actions.push_back(std::move(*action));
    });
    return recovery;
}

std::optional<RecoveryRate> readRate(JsonReader in) {
    RecoveryRate rate;
    const auto action = recoveryActionFromWord(in.text("action"));
    rate.pattern = readPattern(in);
    rate.runs = in.number32("runs");
    rate.helped = in.number32("helped");
    rate.averageTime = in.ms("average_time_ms");
    if (!action) return std::nullopt;
    rate.action = *action;
    return rate;
}

}  // namespace

std::optional<RecoveryOutcome> readOutcome(JsonReader in) {
    RecoveryOutcome outcome;
    outcome.id = RecoveryId(in.number("id", kLargestCount));
    outcome.breaker = BreakerId(readIdOrNone(in, "breaker"));
    const auto action = recoveryActionFromWord(in.text("action"));
    const auto mode = actionModeFromWord(in.text("mode"));
    const auto result = readWord<RecoveryResult>(in, "result", kResults);
    outcome.actor = readText(in, "actor");
    outcome.reason = readText(in, "reason");
    outcome.pattern = readPattern(in);
    outcome.detail = readText(in, "detail");
    outcome.progress = readText(in, "progress");
    outcome.output = readText(in, "output", kLongestReadMessage);
    outcome.startedAt = in.unixMs("started_unix_ms");
    outcome.took = in.ms("took_ms");
    outcome.before = readState(in, "before");
    if (in.has("after")) outcome.after = readState(in, "after");
    outcome.closedAfter = readMs(in, "closed_after_ms");
    outcome.verdictIn = in.truth("verdict_in");
    if (!action || !mode || !result) return std::nullopt;
    outcome.action = *action;
    outcome.mode = *mode;
    outcome.result = *result;
    return outcome;
}

RecoveryReport readRecoveryReport(JsonReader in) {
    RecoveryReport report;
    report.stopped = in.truth("stopped");
    report.stoppedBy = readText(in, "stopped_by");
    in.list("breakers", kMostBreakers,
            [&](JsonReader each) { report.breakers.push_back(readBreaker(std::move(each))); });
    in.list("history", kMostHistory, [&](JsonReader each) {
        if (auto outcome = readOutcome(std::move(each))) report.history.push_back(std::move(*outcome));
    });
    in.list("rates", kMostRates, [&](JsonReader each) {
        if (auto rate = readRate(std::move(each))) report.rates.push_back(*rate);
    });
    return report;
}

HandlingStanding readHandlingStanding(JsonReader in) {
    HandlingStanding standing;
    standing.breaker = BreakerId(readId(in, "breaker"));
    JsonReader strategies = in.at("strategies");
    for (std::size_t i = 0; i < kCategories.size(); ++i) {
        const std::string key(toWord(kCategories[i]));
        // One that this program does not know shows as the plain one, which promises nothing.
        const auto strategy = strategyFromWord(readText(strategies, key.c_str()));
        standing.strategies[i] = strategy.value_or(Strategy::immediateFail);
    }
    standing.serving = readWord<Served>(in, "serving", kServed).value_or(Served::nothing);
    standing.age = readMs(in, "age_ms");
    standing.retries = in.number("retries", kLargestCount);
    standing.retriesRefused = in.number("retries_refused", kLargestCount);
    standing.fromCache = in.number("from_cache", kLargestCount);
    standing.fromDefault = in.number("from_default", kLargestCount);
    standing.reduced = in.number("reduced", kLargestCount);
    standing.failed = in.number("failed", kLargestCount);
    standing.retryBudget = readShare(in, "retry_budget");
    return standing;
}

}  // namespace fusebox::domain
