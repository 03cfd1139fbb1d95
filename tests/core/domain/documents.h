// The documents that an agent sends, each with something in every field, and how each is read and written.
#pragma once

#include "samples.h"

#include <fusebox/domain/detail_json.h>
#include <fusebox/domain/error_report_json.h>
#include <fusebox/domain/event_json.h>
#include <fusebox/domain/read_errors.h>
#include <fusebox/domain/read_event.h>
#include <fusebox/domain/read_recovery.h>
#include <fusebox/domain/read_snapshot.h>
#include <fusebox/domain/recovery_json.h>
#include <fusebox/domain/snapshot_json.h>

#include <functional>
#include <string>
#include <vector>

namespace samples {

struct Document {
    const char* name;
    nlohmann::json sample;
    // Reads and writes again. What is read in trouble gives null.
    std::function<nlohmann::json(const nlohmann::json&, domain::ReadTrouble&)> again;
};

template <typename Value>
nlohmann::json written(const Value& value) {
    std::string text;
    if constexpr (requires { domain::appendJson(text, value); }) {
        domain::appendJson(text, value);
    } else {
        domain::JsonWriter out(text);
        writeJson(out, value);
    }
    return nlohmann::json::parse(text);
}

template <typename Read>
auto readAgain(Read read) {
    return [read](const nlohmann::json& json, domain::ReadTrouble& trouble) {
        return written(read(domain::JsonReader(json, {}, trouble)));
    };
}

inline domain::ErrorReport errorReport() {
    domain::ErrorPattern pattern;
    pattern.id = domain::PatternId(0xfedcba9876543210);
    pattern.text = "dial tcp <*>: \"i/o\" timeout";
    pattern.category = domain::Category::transient;
    pattern.confidence = 0.95;
    pattern.evidence = "phrase \"timeout\"";
    pattern.component = "shop";
    pattern.severity = domain::Severity::high;
    pattern.trend = domain::Trend::regressed;
    pattern.count = 41;
    pattern.perMinute = 1.5;
    pattern.firstSeen = wall(1'700'000'000'101);
    pattern.lastSeen = wall(1'700'000'000'202);
    pattern.minutes = {0, 7};
    pattern.samples = {{wall(1'700'000'000'303), domain::BreakerId("orders"), error()}};
    pattern.breakers = {{domain::BreakerId("orders"), 40}};
    pattern.trips = {{domain::BreakerId("orders"), 3, wall(1'700'000'000'404), 12, 0.8}};
    pattern.strategy = domain::Strategy::fallbackToCache;
    pattern.action = domain::RecoveryAction::reduceLoad;
    domain::ErrorReport report;
    report.version = 9;
    report.total = 50;
    report.lost = 2;
    report.byCategory = {1, 2, 3, 4, 5, 35};
    report.bySeverity = {6, 7, 8, 9};
    report.byComponent = {{"shop", 44}};
    report.perMinute = 2.25;
    report.minutes = {{wall(1'700'000'000'000), {1, 0, 0, 0, 0, 2}}};
    report.patterns = {pattern};
    report.recoverySuccessRate = 0.5;
    report.avgRecoveryTimeMs = 1200;
    return report;
}

inline domain::RecoveryOutcome outcome() {
    domain::RecoveryOutcome outcome;
    outcome.id = domain::RecoveryId(5);
    outcome.breaker = domain::BreakerId("orders");
    outcome.action = domain::RecoveryAction::restartService;
    outcome.mode = domain::ActionMode::proposed;
    outcome.actor = "ann";
    outcome.reason = "it hangs";
    outcome.pattern = domain::PatternId(77);
    outcome.result = domain::RecoveryResult::timedOut;
    outcome.detail = "killed after 30 s";
    outcome.progress = "waiting";
    outcome.output = "line 1\nline 2";
    outcome.startedAt = wall(1'700'000'000'501);
    outcome.took = 30s;
    outcome.before = domain::State::open;
    outcome.after = domain::State::halfOpen;
    outcome.closedAfter = 31s;
    outcome.verdictIn = true;
    return outcome;
}

inline domain::RecoveryReport recoveryReport() {
    domain::ActionStanding standing;
    standing.action = domain::RecoveryAction::clearCache;
    standing.mode = domain::ActionMode::automatic;
    standing.effect = "Forgets 3 answers.";
    standing.whyNot = "It is running.";
    standing.timeout = 5s;
    standing.coolDown = 60s;
    standing.coolDownLeft = 59s;
    standing.doneThisHour = 2;
    standing.budgetPerHour = 4;
    standing.failuresInRow = 1;
    standing.lockedOut = true;
    standing.running = true;
    standing.proposal = "errors rise";
    standing.last = outcome();
    domain::RecoveryReport report;
    report.stopped = true;
    report.stoppedBy = "bob: enough";
    report.breakers = {{domain::BreakerId("orders"), {standing}}};
    report.history = {outcome()};
    report.rates = {{domain::RecoveryAction::reduceLoad, domain::PatternId(78), 9, 4, 12s}};
    return report;
}

inline domain::HandlingStanding handlingStanding() {
    domain::HandlingStanding standing;
    standing.breaker = domain::BreakerId("orders");
    standing.strategies = {domain::Strategy::retryWithBackoff,  domain::Strategy::immediateFail,
                           domain::Strategy::circuitBreaker,    domain::Strategy::fallbackToCache,
                           domain::Strategy::fallbackToDefault, domain::Strategy::gracefulDegradation};
    standing.serving = domain::Served::cache;
    standing.age = 4s;
    standing.retries = 11;
    standing.retriesRefused = 12;
    standing.fromCache = 13;
    standing.fromDefault = 14;
    standing.reduced = 15;
    standing.failed = 16;
    standing.retryBudget = 0.75;
    return standing;
}

template <typename Body>
domain::Event eventWith(domain::EventKind kind, Body body) {
    domain::Event event;
    event.id = domain::EventId(91);
    event.kind = kind;
    event.level = domain::Level::warning;
    event.at = wall(1'700'000'000'601);
    event.breaker = domain::BreakerId("orders");
    event.actor = "ann";
    event.text = "something happened";
    event.body = std::move(body);
    return event;
}

inline nlohmann::json detailAgain(const nlohmann::json& json, domain::ReadTrouble& trouble) {
    domain::DetailRead read = domain::readDetail(domain::JsonReader(json, {}, trouble));
    for (const std::uint64_t sequence : read.dossiers) {
        domain::Dossier dossier;
        dossier.transition.sequence = sequence;
        read.detail.dossiers.push_back(std::make_shared<const domain::Dossier>(std::move(dossier)));
    }
    return written(read.detail);
}

inline std::vector<Document> documents() {
    using domain::EventKind;
    return {
        {"snapshot", written(snapshot()), readAgain(domain::readSnapshot)},
        {"detail", written(detail()), detailAgain},
        {"dossier", written(dossier()), readAgain(domain::readDossier)},
        {"errors", written(errorReport()), readAgain(domain::readErrorReport)},
        {"recovery", written(recoveryReport()), readAgain(domain::readRecoveryReport)},
        {"handling", written(handlingStanding()), readAgain(domain::readHandlingStanding)},
        {"transition event", written(eventWith(EventKind::transition, transition())), readAgain(domain::readEvent)},
        {"command event", written(eventWith(EventKind::command, commandReport())), readAgain(domain::readEvent)},
        {"hold event", written(eventWith(EventKind::holdPlaced, hold())), readAgain(domain::readEvent)},
        {"action event", written(eventWith(EventKind::recoveryAction, outcome())), readAgain(domain::readEvent)},
    };
}

}  // namespace samples
