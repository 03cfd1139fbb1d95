#include <fusebox/domain/read_snapshot.h>

#include <fusebox/domain/read_parts.h>

#include <memory>
#include <utility>

namespace fusebox::domain {

namespace {

constexpr std::size_t kMostHolds = 64;
constexpr std::size_t kMostEntries = 200;
constexpr std::size_t kMostTransitions = 50;
constexpr std::size_t kMostErrors = 20;
constexpr std::size_t kMostDossiers = 10;
constexpr std::size_t kMostSlices = 1024;
constexpr std::size_t kMostOutcomes = 64;
constexpr std::size_t kHoldModes = 4;
constexpr std::uint64_t kLargestCount = 1ULL << 60U;

ProbeProgress readProbes(JsonReader in) {
    ProbeProgress probes;
    probes.admitted = in.number32("admitted");
    probes.inFlight = in.number32("in_flight");
    probes.succeeded = in.number32("succeeded");
    probes.failed = in.number32("failed");
    probes.needed = in.number32("needed");
    probes.of = in.number32("of");
    return probes;
}

RampProgress readRamp(JsonReader in) {
    RampProgress ramp;
    ramp.step = in.number32("step");
    ramp.of = in.number32("of");
    ramp.share = readShare(in, "share");
    ramp.stepLeft = in.ms("step_left_ms");
    return ramp;
}

std::optional<LimitStanding> readLimit(JsonReader in) {
    LimitStanding limit;
    const std::string kind = in.text("kind");
    limit.kind = kind == "fixed" ? LimitKind::fixed : LimitKind::adaptive;
    limit.limit = in.number32("limit");
    limit.lowest = in.number32("lowest");
    limit.highest = in.number32("highest");
    limit.inFlight = in.number32("in_flight");
    limit.refused = in.number("refused", kLargestCount);
    return kind == "fixed" || kind == "adaptive" ? std::optional(limit) : std::nullopt;
}

ShadowReport readShadow(JsonReader in) {
    ShadowReport shadow;
    shadow.owner = readText(in, "owner");
    shadow.since = in.unixMs("since_unix_ms");
    shadow.age = in.ms("age_ms");
    in.list("differences", kMostEntries,
            [&](JsonReader each) { shadow.differences.push_back(readEntry(std::move(each))); });
    shadow.state = readState(in, "state");
    shadow.calls = in.number("calls", kLargestCount);
    shadow.trips = in.number("trips", kLargestCount);
    shadow.wouldRefuse = in.number("would_refuse", kLargestCount);
    shadow.refusedGood = in.number("refused_good", kLargestCount);
    shadow.liveTrips = in.number("live_trips", kLargestCount);
    shadow.liveRefused = in.number("live_refused", kLargestCount);
    shadow.notClosed = in.ms("not_closed_ms");
    shadow.liveNotClosed = in.ms("live_not_closed_ms");
    if (in.has("last_trip")) {
        shadow.lastTrip = readTrip(in.at("last_trip"));
    }
    shadow.standings = readStandings(in, "standings");
    return shadow;
}

/// What is there in some states only.
void readOccasional(JsonReader& in, Snapshot& snapshot) {
    snapshot.untilProbe = readMs(in, "until_probe_ms");
    snapshot.openWait = readMs(in, "open_wait_ms");
    if (in.has("probes")) {
        snapshot.probes = readProbes(in.at("probes"));
    }
    snapshot.halfOpenLimit = readMs(in, "half_open_limit_ms");
    if (in.has("ramp")) {
        snapshot.ramp = readRamp(in.at("ramp"));
    }
    if (in.has("limit")) {
        snapshot.limit = readLimit(in.at("limit"));
    }
    if (in.has("shadow")) {
        snapshot.shadow = std::make_shared<const ShadowReport>(readShadow(in.at("shadow")));
    }
}

RecentError readRecent(JsonReader in) {
    RecentError recent;
    recent.at = in.unixMs("at_unix_ms");
    recent.took = in.ms("took_ms");
    recent.counted = in.truth("counted");
    if (in.has("error")) {
        recent.error = readError(in.at("error"));
    }
    return recent;
}

WindowSlice readSlice(JsonReader in) {
    WindowSlice slice;
    slice.age = in.ms("age_ms");
    slice.span = in.ms("span_ms");
    slice.calls = in.number("calls", kLargestCount);
    slice.failures = in.number("failures", kLargestCount);
    slice.slow = in.number("slow", kLargestCount);
    return slice;
}

PastOutcome readOutcome(JsonReader in) {
    PastOutcome outcome;
    outcome.age = in.ms("age_ms");
    outcome.took = readMs(in, "took_ms");
    outcome.failed = in.truth("failed");
    outcome.slow = in.truth("slow");
    if (in.has("error")) {
        outcome.error = readError(in.at("error"));
    }
    return outcome;
}

}  // namespace

Identity readIdentity(JsonReader& in) {
    Identity identity;
    identity.id = BreakerId(readId(in, "id"));
    identity.name = readText(in, "name");
    identity.kind = readText(in, "kind");
    identity.target = readText(in, "target");
    identity.group = readIdOrNone(in, "group");
    identity.source = readText(in, "source");
    return identity;
}

Snapshot readSnapshot(JsonReader in) {
    Snapshot snapshot;
    snapshot.identity = std::make_shared<const Identity>(readIdentity(in));
    snapshot.revision = in.number("revision", kLargestCount);
    snapshot.generation = in.number32("generation");
    snapshot.state = readState(in, "state");
    bool allHoldsKnown = true;
    if (in.has("held_as")) {
        snapshot.heldAs = readWord<HoldMode>(in, "held_as", kHoldModes);
        allHoldsKnown = snapshot.heldAs.has_value();
    }
    in.list("holds", kMostHolds, [&](JsonReader each) {
        if (auto hold = readHold(std::move(each))) {
            snapshot.holds.push_back(std::move(*hold));
        } else {
            allHoldsKnown = false;
        }
    });
    if (!allHoldsKnown) {
        snapshot.state = State::unknown;
    }
    snapshot.metrics.timeInState = in.ms("time_in_state_ms");
    snapshot.metrics.transitions = in.number("transitions", kLargestCount);
    snapshot.metrics.totals = readTotals(in.at("totals"));
    snapshot.metrics.window = readWindow(in.at("window"));
    snapshot.metrics.latency = readLatency(in.at("latency"));
    snapshot.inFlight = readInFlight(in.at("in_flight"));
    snapshot.standings = readStandings(in, "standings");
    readOccasional(in, snapshot);
    return snapshot;
}

DetailRead readDetail(JsonReader in) {
    DetailRead read;
    auto sheet = std::make_shared<ConfigSheet>();
    sheet->preset = readText(in, "preset");
    in.list("config", kMostEntries, [&](JsonReader each) { sheet->entries.push_back(readEntry(std::move(each))); });
    read.detail.sheet = std::move(sheet);
    in.list("transitions", kMostTransitions, [&](JsonReader each) {
        if (auto transition = readTransition(std::move(each))) {
            read.detail.transitions.push_back(std::move(*transition));
        }
    });
    in.list("recent_errors", kMostErrors,
            [&](JsonReader each) { read.detail.recentErrors.push_back(readRecent(std::move(each))); });
    read.dossiers = in.numbers("dossiers", kMostDossiers, kLargestCount);
    return read;
}

Dossier readDossier(JsonReader in) {
    Dossier dossier;
    dossier.transition = readTransition(in.at("transition")).value_or(Transition());
    dossier.standings = readStandings(in, "standings");
    dossier.window = readWindow(in.at("window"));
    in.list("slices", kMostSlices, [&](JsonReader each) { dossier.slices.push_back(readSlice(std::move(each))); });
    in.list("last_outcomes", kMostOutcomes,
            [&](JsonReader each) { dossier.lastOutcomes.push_back(readOutcome(std::move(each))); });
    dossier.latency = readLatency(in.at("latency"));
    dossier.failuresByCategory = readCategories(in.at("failures_by_category"));
    dossier.totals = readTotals(in.at("totals"));
    dossier.inFlight = readInFlight(in.at("in_flight"));
    dossier.callsPerSecond = readReal(in, "calls_per_second");
    dossier.timeInClosed = in.ms("time_in_closed_ms");
    dossier.openWait = in.ms("open_wait_ms");
    dossier.retryAfter = readMs(in, "retry_after_ms");
    return dossier;
}

}  // namespace fusebox::domain
