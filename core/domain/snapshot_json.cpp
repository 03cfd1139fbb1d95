#include <fusebox/domain/snapshot_json.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>

namespace fusebox::domain {

namespace {

void writeIdentity(JsonWriter& out, const Identity& identity) {
    out.raw("\"id\":").text(identity.id.value).raw(",\"name\":").text(identity.name);
    out.raw(",\"kind\":").text(identity.kind).raw(",\"target\":").text(identity.target);
    out.raw(",\"group\":").text(identity.group).raw(",\"source\":").text(identity.source).raw(",");
}

void writeProbes(JsonWriter& out, const ProbeProgress& probes) {
    out.raw(",\"probes\":{\"admitted\":").number(probes.admitted).raw(",\"in_flight\":").number(probes.inFlight);
    out.raw(",\"succeeded\":").number(probes.succeeded).raw(",\"failed\":").number(probes.failed);
    out.raw(",\"needed\":").number(probes.needed).raw(",\"of\":").number(probes.of).raw("}");
}

void writeRamp(JsonWriter& out, const RampProgress& ramp) {
    out.raw(",\"ramp\":{\"step\":").number(ramp.step).raw(",\"of\":").number(ramp.of);
    out.realField(",\"share\":", ramp.share);
    out.raw(",\"step_left_ms\":").ms(ramp.stepLeft).raw("}");
}

void writeLimit(JsonWriter& out, const LimitStanding& limit) {
    out.raw(",\"limit\":{\"kind\":").word(limit.kind == LimitKind::fixed ? "fixed" : "adaptive");
    out.raw(",\"limit\":").number(limit.limit).raw(",\"lowest\":").number(limit.lowest);
    out.raw(",\"highest\":").number(limit.highest).raw(",\"in_flight\":").number(limit.inFlight);
    out.raw(",\"refused\":").number(limit.refused).raw("}");
}

void writeShadow(JsonWriter& out, const ShadowReport& shadow) {
    out.raw(",\"shadow\":{\"owner\":").text(shadow.owner).raw(",\"since_unix_ms\":").unixMs(shadow.since);
    out.raw(",\"age_ms\":").ms(shadow.age);
    out.listField(",\"differences\":", shadow.differences, [&](const ConfigEntry& entry) { writeJson(out, entry); });
    out.raw(",\"state\":").word(toWord(shadow.state)).raw(",\"calls\":").number(shadow.calls);
    out.raw(",\"trips\":").number(shadow.trips).raw(",\"would_refuse\":").number(shadow.wouldRefuse);
    out.raw(",\"refused_good\":").number(shadow.refusedGood).raw(",\"live_trips\":").number(shadow.liveTrips);
    out.raw(",\"live_refused\":").number(shadow.liveRefused).raw(",\"not_closed_ms\":").ms(shadow.notClosed);
    out.raw(",\"live_not_closed_ms\":").ms(shadow.liveNotClosed);
    if (shadow.lastTrip) {
        out.raw(",\"last_trip\":");
        writeJson(out, *shadow.lastTrip);
    }
    out.raw(",\"standings\":");
    writeJson(out, shadow.standings);
    out.raw("}");
}

/// What is there in some states only.
void writeOccasional(JsonWriter& out, const Snapshot& snapshot) {
    out.msField(",\"until_probe_ms\":", snapshot.untilProbe);
    out.msField(",\"open_wait_ms\":", snapshot.openWait);
    if (snapshot.probes) {
        writeProbes(out, *snapshot.probes);
    }
    out.msField(",\"half_open_limit_ms\":", snapshot.halfOpenLimit);
    if (snapshot.ramp) {
        writeRamp(out, *snapshot.ramp);
    }
    if (snapshot.limit) {
        writeLimit(out, *snapshot.limit);
    }
    if (snapshot.shadow) {
        writeShadow(out, *snapshot.shadow);
    }
}

}  // namespace

void appendJson(std::string& to, const Snapshot& snapshot) {
    JsonWriter out(to);
    out.raw("{");
    if (snapshot.identity) {
        writeIdentity(out, *snapshot.identity);
    }
    out.raw("\"revision\":").number(snapshot.revision).raw(",\"generation\":").number(snapshot.generation);
    out.raw(",\"state\":").word(toWord(snapshot.state));
    if (snapshot.heldAs) {
        out.raw(",\"held_as\":").word(toWord(*snapshot.heldAs));
    }
    out.listField(",\"holds\":", snapshot.holds, [&](const Hold& hold) { writeJson(out, hold); });
    out.raw(",\"time_in_state_ms\":").ms(snapshot.metrics.timeInState);
    out.raw(",\"transitions\":").number(snapshot.metrics.transitions).raw(",\"totals\":");
    writeJson(out, snapshot.metrics.totals);
    out.raw(",\"window\":");
    writeJson(out, snapshot.metrics.window);
    out.raw(",\"latency\":");
    writeJson(out, snapshot.metrics.latency);
    out.raw(",\"in_flight\":");
    writeJson(out, snapshot.inFlight);
    out.raw(",\"standings\":");
    writeJson(out, snapshot.standings);
    writeOccasional(out, snapshot);
    out.raw("}");
}

}  // namespace fusebox::domain
