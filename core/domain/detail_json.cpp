#include <fusebox/domain/detail_json.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>

namespace fusebox::domain {

namespace {

void writeRecent(JsonWriter& out, const RecentError& recent) {
    out.raw("{\"at_unix_ms\":").unixMs(recent.at).raw(",\"took_ms\":").ms(recent.took);
    out.raw(",\"counted\":").truth(recent.counted);
    if (recent.error != nullptr) {
        out.raw(",\"error\":");
        writeJson(out, *recent.error);
    }
    out.raw("}");
}

void writeSlice(JsonWriter& out, const WindowSlice& slice) {
    out.raw("{\"age_ms\":").ms(slice.age).raw(",\"span_ms\":").ms(slice.span);
    out.raw(",\"calls\":").number(slice.calls).raw(",\"failures\":").number(slice.failures);
    out.raw(",\"slow\":").number(slice.slow).raw("}");
}

void writeOutcome(JsonWriter& out, const PastOutcome& outcome) {
    out.raw("{\"age_ms\":").ms(outcome.age);
    out.msField(",\"took_ms\":", outcome.took);
    out.raw(",\"failed\":").truth(outcome.failed).raw(",\"slow\":").truth(outcome.slow);
    if (outcome.error != nullptr) {
        out.raw(",\"error\":");
        writeJson(out, *outcome.error);
    }
    out.raw("}");
}

}  // namespace

void appendJson(std::string& to, const Detail& detail) {
    JsonWriter out(to);
    out.raw("{\"preset\":").text(detail.preset());
    out.listField(",\"config\":", detail.config(), [&](const ConfigEntry& entry) { writeJson(out, entry); });
    out.listField(",\"transitions\":", detail.transitions, [&](const Transition& each) { writeJson(out, each); });
    out.listField(",\"recent_errors\":", detail.recentErrors, [&](const RecentError& each) { writeRecent(out, each); });
    out.listField(",\"dossiers\":", detail.dossiers, [&](const std::shared_ptr<const Dossier>& dossier) {
        out.number(dossier != nullptr ? dossier->transition.sequence : 0);
    });
    out.raw("}");
}

void appendJson(std::string& to, const Dossier& dossier) {
    JsonWriter out(to);
    out.raw("{\"transition\":");
    writeJson(out, dossier.transition);
    out.raw(",\"standings\":");
    writeJson(out, dossier.standings);
    out.raw(",\"window\":");
    writeJson(out, dossier.window);
    out.listField(",\"slices\":", dossier.slices, [&](const WindowSlice& slice) { writeSlice(out, slice); });
    out.listField(",\"last_outcomes\":", dossier.lastOutcomes,
                  [&](const PastOutcome& each) { writeOutcome(out, each); });
    out.raw(",\"latency\":");
    writeJson(out, dossier.latency);
    out.raw(",\"failures_by_category\":");
    writeCategories(out, dossier.failuresByCategory);
    out.raw(",\"totals\":");
    writeJson(out, dossier.totals);
    out.raw(",\"in_flight\":");
    writeJson(out, dossier.inFlight);
    out.realField(",\"calls_per_second\":", dossier.callsPerSecond);
    out.raw(",\"time_in_closed_ms\":").ms(dossier.timeInClosed).raw(",\"open_wait_ms\":").ms(dossier.openWait);
    out.msField(",\"retry_after_ms\":", dossier.retryAfter);
    out.raw("}");
}

}  // namespace fusebox::domain
