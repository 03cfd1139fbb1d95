#include <fusebox/domain/saved_json.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/json_writer.h>

#include <exception>
#include <set>
#include <stdexcept>

namespace fusebox::domain {

namespace {

constexpr std::string_view kFormat = "fusebox breakers";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kMostBreakers = 100'000;
constexpr std::size_t kMostHolds = 64;
constexpr std::size_t kMostTransitions = 50;
constexpr std::size_t kMostSlices = 1024;
constexpr int kDeepest = 8;
constexpr std::size_t kStates = 3;  // those that a local breaker can be in
constexpr std::size_t kHoldModes = 4;
constexpr std::size_t kRules = 6;
constexpr std::size_t kCauses = 11;

void writeSlice(JsonWriter& out, const WindowSlice& slice) {
    out.raw("{\"age_ms\":").ms(slice.age).raw(",\"span_ms\":").ms(slice.span);
    out.raw(",\"calls\":").number(slice.calls).raw(",\"failures\":").number(slice.failures);
    out.raw(",\"slow\":").number(slice.slow).raw("}");
}

void writeBreaker(JsonWriter& out, const SavedBreaker& saved) {
    out.raw("{\"id\":").text(saved.id.value).raw(",\"target\":").text(saved.target);
    out.raw(",\"saved_unix_ms\":").unixMs(saved.savedAt).raw(",\"state\":").word(toWord(saved.state));
    out.raw(",\"time_in_state_ms\":").ms(saved.timeInState).raw(",\"until_probe_ms\":").ms(saved.untilProbe);
    out.raw(",\"open_wait_ms\":").ms(saved.openWait).raw(",\"attempt\":").number(saved.attempt);
    out.raw(",\"outage_ms\":").ms(saved.outage).raw(",\"last_outage_ms\":").ms(saved.lastOutage);
    out.raw(",\"ramps\":").truth(saved.ramps).raw(",\"generation\":").number(saved.generation);
    out.raw(",\"revision\":").number(saved.revision).raw(",\"transition_count\":").number(saved.transitionCount);
    out.listField(",\"transitions\":", saved.transitions, [&](const Transition& each) { writeJson(out, each); });
    out.listField(",\"holds\":", saved.holds, [&](const Hold& hold) { writeJson(out, hold); });
    out.raw(",\"last_hold\":").number(saved.lastHold);
    out.listField(",\"slices\":", saved.slices, [&](const WindowSlice& slice) { writeSlice(out, slice); });
    out.raw(",\"failures_in_a_row\":").number(saved.failuresInARow).raw("}");
}

TripReason readTrip(JsonReader in) {
    TripReason trip;
    trip.rule = in.word<TripRule>("rule", kRules);
    trip.value = in.real("value");
    trip.threshold = in.real("threshold");
    trip.calls = in.number("calls");
    trip.failures = in.number("failures");
    trip.minimumCalls = in.number("minimum_calls");
    trip.span = in.ms("span_ms");
    return trip;
}

Transition readTransition(JsonReader in) {
    Transition transition;
    transition.sequence = in.number("sequence");
    transition.generation = in.number32("generation");
    transition.from = in.word<State>("from", kStates);
    transition.to = in.word<State>("to", kStates);
    transition.cause = in.word<TransitionCause>("cause", kCauses);
    if (in.has("trip")) {
        transition.trip = readTrip(in.at("trip"));
    }
    transition.actor = in.textOr("actor", {});
    transition.reason = in.textOr("reason", {});
    transition.wall = in.unixMs("at_unix_ms");
    return transition;
}

Hold readHold(JsonReader in) {
    Hold hold;
    hold.id = HoldId(in.number("id"));
    hold.mode = in.word<HoldMode>("mode", kHoldModes);
    hold.who = in.text("who");
    hold.why = in.text("why");
    hold.since = in.unixMs("since_unix_ms");
    if (in.has("until_unix_ms")) {
        hold.until = in.unixMs("until_unix_ms");
    }
    if (in.has("remaining_ms")) {
        hold.remaining = in.ms("remaining_ms");
    }
    if (hold.until.has_value() != hold.remaining.has_value()) {
        in.complain("until_unix_ms", "and remaining_ms must stand together");
    }
    return hold;
}

WindowSlice readSlice(JsonReader in) {
    WindowSlice slice;
    slice.age = in.ms("age_ms");
    slice.span = in.ms("span_ms");
    slice.calls = in.number("calls");
    slice.failures = in.number("failures", slice.calls);
    slice.slow = in.number("slow", slice.calls);
    return slice;
}

SavedBreaker readBreaker(JsonReader in) {
    SavedBreaker saved;
    saved.id = BreakerId(in.text("id"));
    saved.target = in.text("target");
    saved.savedAt = in.unixMs("saved_unix_ms");
    saved.state = in.word<State>("state", kStates);
    saved.timeInState = in.ms("time_in_state_ms");
    saved.untilProbe = in.ms("until_probe_ms");
    saved.openWait = in.ms("open_wait_ms");
    saved.attempt = in.number32("attempt");
    saved.outage = in.ms("outage_ms");
    saved.lastOutage = in.ms("last_outage_ms");
    saved.ramps = in.truth("ramps");
    saved.generation = in.number32("generation");
    saved.revision = in.number("revision", UINT64_MAX / 2);
    saved.transitionCount = in.number("transition_count", UINT64_MAX / 2);
    in.list("transitions", kMostTransitions,
            [&](JsonReader each) { saved.transitions.push_back(readTransition(std::move(each))); });
    in.list("holds", kMostHolds, [&](JsonReader each) { saved.holds.push_back(readHold(std::move(each))); });
    saved.lastHold = in.number("last_hold", UINT64_MAX / 2);
    in.list("slices", kMostSlices, [&](JsonReader each) { saved.slices.push_back(readSlice(std::move(each))); });
    saved.failuresInARow = in.number32("failures_in_a_row");
    if (saved.untilProbe > saved.openWait) {
        in.complain("until_probe_ms", "must be at most open_wait_ms");
    }
    return saved;
}

/// A file of nothing but brackets would take fifty times its size.
bool refuseDepth(int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > kDeepest) {
        throw std::length_error("it is nested too deep");
    }
    return true;
}

base::Result<std::vector<SavedBreaker>> readAll(const nlohmann::json& document) {
    ReadTrouble trouble;
    JsonReader in(document, {}, trouble);
    if (in.text("format") != kFormat) {
        in.complain("format", "must be \"fusebox breakers\"");
    }
    if (in.number("version") != kVersion) {
        in.complain("version", "must be 1: the file is of another version of Fusebox");
    }
    std::vector<SavedBreaker> all;
    std::set<std::string> ids;
    in.list("breakers", kMostBreakers, [&](JsonReader each) {
        // The trouble that is kept is the first; the rest of a broken file need not be read.
        if (!trouble.first()) {
            all.push_back(readBreaker(each));
            if (!ids.insert(all.back().id.value).second) {
                each.complain("id", "stands there twice");
            }
        }
    });
    if (trouble.first()) {
        return tl::unexpected(*trouble.first());
    }
    return all;
}

}  // namespace

std::string savedToJson(const std::vector<SavedBreaker>& breakers) {
    std::string text;
    {
        JsonWriter out(text);
        out.raw("{\"format\":").word(kFormat).raw(",\"version\":").number(kVersion).raw(",\n\"breakers\":[");
        bool first = true;
        for (const SavedBreaker& saved : breakers) {
            first ? out.raw("\n") : out.raw(",\n");
            first = false;
            writeBreaker(out, saved);
        }
        out.raw("\n]}\n");
    }
    return text;
}

base::Result<std::vector<SavedBreaker>> savedFromJson(std::string_view text) {
    if (text.size() > kMostBytes) {
        return base::trouble(base::TroubleCode::invalidInput, "the file is larger than 64 MiB");
    }
    try {
        const auto document = nlohmann::json::parse(text, refuseDepth, false);
        if (document.is_discarded()) {
            return base::trouble(base::TroubleCode::invalidInput, "the file is not JSON");
        }
        return readAll(document);
    } catch (const std::exception& thrown) {
        return base::trouble(base::TroubleCode::invalidInput, "the file cannot be read", {}, thrown.what());
    }
}

}  // namespace fusebox::domain
