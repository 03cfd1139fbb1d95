#include "fake_trouble.h"

#include <chrono>
#include <numeric>
#include <string>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;
using domain::Category;
using domain::Severity;
using domain::Trend;

domain::ErrorRef errorOf(const std::string& message, int number) {
    auto cause = std::make_shared<domain::Error>();
    cause->type = "SocketError";
    cause->message = "connect: connection refused";
    cause->codeSystem = domain::CodeSystem::posix;
    cause->code = "ECONNREFUSED";
    auto error = std::make_shared<domain::Error>();
    error->type = "HttpError";
    error->message = message;
    error->codeSystem = domain::CodeSystem::http;
    error->code = "503";
    error->category = Category::transient;
    error->context.component = "checkout";
    error->context.operation = "GET /orders/" + std::to_string(4711 + number);
    error->context.requestId = "7f3a-" + std::to_string(9000 + number);
    error->context.user = "customer-17";
    error->context.attributes = {{"region", "eu-west-1"}, {"attempt", "3"}};
    error->cause = cause;
    return error;
}

domain::ErrorPattern patternOf(std::uint64_t id, const std::string& text, Category category, Severity severity,
                               Trend trend, std::uint64_t count) {
    domain::ErrorPattern pattern;
    pattern.id = domain::PatternId(id);
    pattern.text = text;
    pattern.category = category;
    pattern.confidence = 0.92;
    pattern.severity = severity;
    pattern.trend = trend;
    pattern.count = count;
    pattern.perMinute = static_cast<double>(count) / 60;
    for (std::uint64_t minute = 0; minute < 30; ++minute) {
        const std::uint64_t level = trend == Trend::rising ? minute : trend == Trend::resolved ? 20 - minute % 20 : 12;
        pattern.minutes.push_back(static_cast<std::uint32_t>(count * (level + minute * id % 5) / 600));
    }
    return pattern;
}

std::vector<domain::ErrorPattern> patterns() {
    std::vector<domain::ErrorPattern> all;
    all.push_back(patternOf(11, "dial tcp <*>: connect: connection refused", Category::transient, Severity::critical,
                            Trend::rising, 1'824));
    all.back().evidence = "errno ECONNREFUSED";
    all.back().strategy = domain::Strategy::retryWithBackoff;
    all.back().action = domain::RecoveryAction::restartService;
    all.push_back(patternOf(12, "FATAL: sorry, too many clients already", Category::rateLimit, Severity::high,
                            Trend::regressed, 412));
    all.back().evidence = "SQLSTATE 53300";
    all.back().strategy = domain::Strategy::fallbackToCache;
    all.back().action = domain::RecoveryAction::reduceLoad;
    all.push_back(patternOf(13, "password authentication failed for user <*>", Category::authentication, Severity::high,
                            Trend::fresh, 38));
    all.back().evidence = "SQLSTATE 28P01";
    all.back().strategy = domain::Strategy::immediateFail;
    all.push_back(patternOf(14, "<img src='/dev/zero'> 503 \x1b[31mService Unavailable\x1b[0m <*>", Category::transient,
                            Severity::medium, Trend::steady, 230));
    all.back().evidence = "HTTP 503 + body 'SlowDown'";
    all.back().strategy = domain::Strategy::retryWithBackoff;
    all.push_back(patternOf(15, "=cmd|' /C calc'!A0 field <*> is required", Category::dataValidation, Severity::low,
                            Trend::steady, 77));
    all.back().strategy = domain::Strategy::fallbackToDefault;
    all.back().action = domain::RecoveryAction::clearCache;
    all.push_back(patternOf(16, "LOADING Redis is loading the dataset in memory", Category::transient, Severity::low,
                            Trend::resolved, 56));
    all.push_back(patternOf(0, "", Category::unknown, Severity::low, Trend::steady, 9));
    return all;
}

domain::RecoveryOutcome outcomeOf(std::uint64_t id, const std::string& breaker, domain::RecoveryAction action,
                                  base::WallTime at) {
    domain::RecoveryOutcome outcome;
    outcome.id = domain::RecoveryId(id);
    outcome.breaker = domain::BreakerId(breaker);
    outcome.action = action;
    outcome.startedAt = at;
    outcome.before = domain::State::open;
    return outcome;
}

domain::RecoveryOutcome helped(std::uint64_t id, const std::string& breaker, domain::RecoveryAction action,
                               base::WallTime at) {
    domain::RecoveryOutcome outcome = outcomeOf(id, breaker, action, at);
    outcome.mode = domain::ActionMode::automatic;
    outcome.reason = "412 errors in 5 min: FATAL: sorry, too many clients already";
    outcome.pattern = domain::PatternId(12);
    outcome.result = domain::RecoveryResult::succeeded;
    outcome.detail = "The limit went from 64 to 16 calls at once.";
    outcome.took = 4ms;
    outcome.after = domain::State::halfOpen;
    outcome.closedAfter = 11'400ms;
    outcome.verdictIn = true;
    return outcome;
}

domain::RecoveryOutcome failedRestart(std::uint64_t id, base::WallTime at) {
    domain::RecoveryOutcome outcome = outcomeOf(id, "orders-api", domain::RecoveryAction::restartService, at);
    outcome.actor = "ann";
    outcome.reason = "it does not answer <b>at all</b>";
    outcome.pattern = domain::PatternId(11);
    outcome.result = domain::RecoveryResult::failed;
    outcome.detail = "Exit code 1.";
    outcome.output = "Job for orders.service failed.\n\x1b[31mSee 'journalctl -xe'\x1b[0m for details.\n";
    outcome.took = 2'310ms;
    outcome.after = domain::State::open;
    outcome.verdictIn = true;
    return outcome;
}

domain::ActionStanding standingOf(domain::RecoveryAction action, domain::ActionMode mode, const std::string& effect) {
    domain::ActionStanding standing;
    standing.action = action;
    standing.mode = mode;
    standing.effect = effect;
    standing.timeout = 30s;
    standing.coolDown = 2min;
    standing.budgetPerHour = 4;
    return standing;
}

domain::BreakerRecovery ordersRecovery(base::WallTime now) {
    using domain::ActionMode;
    using domain::RecoveryAction;
    domain::BreakerRecovery orders{domain::BreakerId("orders-api"), {}};
    orders.actions.push_back(standingOf(RecoveryAction::restartService, ActionMode::proposed,
                                        "Runs `systemctl restart orders.service`, at most 30 s."));
    orders.actions.back().proposal = "1,824 errors in 5 min: dial tcp <*>: connect: connection refused";
    orders.actions.back().last = failedRestart(6, now - 9min);
    orders.actions.back().failuresInRow = 1;
    orders.actions.back().doneThisHour = 1;
    orders.actions.push_back(standingOf(RecoveryAction::resetConnection, ActionMode::automatic,
                                        "Closes its connections and asks the name server again."));
    orders.actions.back().running = true;
    orders.actions.back().last = outcomeOf(8, "orders-api", RecoveryAction::resetConnection, now - 4s);
    orders.actions.back().last->progress = "waiting for 3 calls in flight";
    orders.actions.back().last->mode = ActionMode::automatic;
    orders.actions.push_back(
        standingOf(RecoveryAction::switchEndpoint, ActionMode::manual, "Calls go to backup.internal:8443."));
    orders.actions.back().whyNot = "No backup is configured.";
    return orders;
}

}  // namespace

std::shared_ptr<const domain::ErrorReport> errorReport(base::WallTime now, int step) {
    auto report = std::make_shared<domain::ErrorReport>();
    report->version = static_cast<std::uint64_t>(step) + 1;
    report->patterns = patterns();
    for (std::size_t i = 0; i < report->patterns.size(); ++i) {
        domain::ErrorPattern& pattern = report->patterns[i];
        pattern.count += static_cast<std::uint64_t>(step) * (7 - i);
        pattern.firstSeen = now - 41min - std::chrono::minutes(i * 97);
        pattern.lastSeen = now - std::chrono::seconds(i * i * 3);
        pattern.component = "checkout";
        pattern.breakers = {{domain::BreakerId(i % 2 == 0 ? "orders-api" : "inventory-db"), pattern.count - 4},
                            {domain::BreakerId("payments"), 4}};
        if (i < 3)
            pattern.trips = {{domain::BreakerId("orders-api"), 1 + static_cast<std::uint64_t>(step), now - 3min, 12,
                              0.6 - 0.2 * double(i)}};
        for (int n = 0; n < 3; ++n) {
            pattern.samples.push_back({now - std::chrono::seconds(n * 7), domain::BreakerId("orders-api"),
                                       errorOf("dial tcp 10.0.4." + std::to_string(n) + ":8443: <b>refused</b>", n)});
        }
        report->total += pattern.count;
        report->byCategory[static_cast<std::size_t>(pattern.category)] += pattern.count;
        report->bySeverity[static_cast<std::size_t>(pattern.severity)] += pattern.count;
    }
    for (int minute = 59; minute >= 0; --minute) {
        domain::ErrorMinute counts{now - std::chrono::minutes(minute), {}};
        const auto level = static_cast<std::uint32_t>(60 - minute);
        counts.counts = {level * level / 40,   level / 9, minute > 20 ? 0U : level / 3,
                         minute > 4 ? 0U : 9U, 3,         level % 3};
        report->minutes.push_back(counts);
    }
    report->perMinute = 44.1;
    report->recoverySuccessRate = 0.75;
    report->avgRecoveryTimeMs = 11'400;
    return report;
}

std::shared_ptr<const domain::RecoveryReport> recoveryReport(base::WallTime now) {
    using domain::ActionMode;
    using domain::RecoveryAction;
    auto report = std::make_shared<domain::RecoveryReport>();
    report->breakers.push_back(ordersRecovery(now));
    domain::BreakerRecovery inventory{domain::BreakerId("inventory-db"), {}};
    inventory.actions.push_back(standingOf(RecoveryAction::reduceLoad, ActionMode::automatic,
                                           "Lowers the limit to a quarter and lets it grow back."));
    inventory.actions.back().coolDownLeft = 42s;
    inventory.actions.back().doneThisHour = 2;
    inventory.actions.back().last = helped(7, "inventory-db", RecoveryAction::reduceLoad, now - 78s);
    inventory.actions.push_back(
        standingOf(RecoveryAction::alertAdmin, ActionMode::automatic, "Posts an alert to alertmanager.internal."));
    report->breakers.push_back(inventory);
    domain::BreakerRecovery payments{domain::BreakerId("payments"), {}};
    payments.actions.push_back(standingOf(RecoveryAction::restartService, ActionMode::automatic,
                                          "Runs `systemctl restart payments.service`, at most 30 s."));
    payments.actions.back().lockedOut = true;
    payments.actions.back().failuresInRow = 2;
    report->breakers.push_back(payments);
    report->history = {*report->breakers[0].actions[1].last,
                       helped(7, "inventory-db", RecoveryAction::reduceLoad, now - 78s), failedRestart(6, now - 9min),
                       helped(5, "inventory-db", RecoveryAction::reduceLoad, now - 40min)};
    report->rates = {{RecoveryAction::reduceLoad, {}, 4, 3, 11'400ms},
                     {RecoveryAction::reduceLoad, domain::PatternId(12), 3, 3, 11'400ms},
                     {RecoveryAction::restartService, {}, 2, 0, 0ms},
                     {RecoveryAction::restartService, domain::PatternId(11), 2, 0, 0ms}};
    return report;
}

}  // namespace fusebox::views
