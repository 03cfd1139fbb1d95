#include "fake_reports.h"

#include <chrono>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;

domain::PastOutcome outcomeOf(int place) {
    domain::PastOutcome outcome;
    outcome.age = 40ms * (20 - place);
    outcome.took = 12ms + 110ms * (place % 4);
    outcome.failed = place % 3 != 0;
    outcome.slow = place % 5 == 4;
    if (outcome.slow) outcome.took = 2'100ms;
    if (outcome.failed) {
        auto error = std::make_shared<domain::Error>();
        error->type = place % 2 == 0 ? "ConnectTimeout" : "HttpError";
        error->message = place % 2 == 0 ? "no answer in 2 s from 10.0.4.17:8443" : "503 Service Unavailable <b>now</b>";
        error->codeSystem = place % 2 == 0 ? domain::CodeSystem::curl : domain::CodeSystem::http;
        error->code = place % 2 == 0 ? "28" : "503";
        outcome.error = error;
    }
    return outcome;
}

}  // namespace

std::shared_ptr<const domain::Dossier> dossierOf(const domain::Transition& transition) {
    domain::Dossier dossier;
    dossier.transition = transition;
    dossier.standings = {{domain::TripRule::failureRate, 0.62, 0.5, 21, 10, {}},
                         {domain::TripRule::slowCallRate, 0.24, 0.3, 21, 10, {}},
                         {domain::TripRule::totalOutage, 4.0, 10, 21, 0, {}},
                         {domain::TripRule::lowSuccessAverage, std::nullopt, 0.4, 21, 100, {}}};
    dossier.window = {5s, 21, 13, 5, 10, 0.62, 0.24};
    for (int i = 0; i < 10; ++i) {
        const auto calls = static_cast<std::uint64_t>(1 + i % 4);
        const auto failures = static_cast<std::uint64_t>(i < 4 ? 0 : calls - static_cast<std::uint64_t>(i % 2));
        dossier.slices.push_back({500ms * (10 - i), 500ms, calls, failures, i > 6 ? 1U : 0U});
    }
    for (int i = 0; i < 20; ++i) dossier.lastOutcomes.push_back(outcomeOf(i));
    dossier.latency = {21, 240ms, 180ms, 2'080ms, 2'110ms, 2'130ms, 0.016};
    dossier.failuresByCategory = {12, 0, 3, 0, 0, 1};
    dossier.inFlight = {7, 3, 14s};
    dossier.callsPerSecond = 42.4;
    dossier.timeInClosed = 192s;
    dossier.openWait = 3'900ms;
    return std::make_shared<const domain::Dossier>(dossier);
}

domain::ShadowReport shadowReport() {
    domain::ShadowReport report;
    report.owner = "bob";
    report.since = base::WallTime(1'700'000'000s);
    report.age = 3h + 12min;
    report.differences = {{"failure_rate_threshold", "0.6"}, {"minimum_calls", "20"}, {"open_timeout", "5s"}};
    report.state = domain::State::closed;
    report.calls = 18'230;
    report.trips = 2;
    report.wouldRefuse = 118;
    report.refusedGood = 9;
    report.liveTrips = 4;
    report.liveRefused = 458;
    report.notClosed = 95s;
    report.liveNotClosed = 341s;
    report.standings = {{domain::TripRule::failureRate, 0.31, 0.6, 40, 20, {}}};
    return report;
}

}  // namespace fusebox::views
