#include <fusebox/domain/json_parts.h>

namespace fusebox::domain {

namespace {

constexpr int kDeepestCause = 8;

void writeContext(JsonWriter& out, const ErrorContext& context) {
    out.raw("{\"component\":").text(context.component);
    out.textField(",\"operation\":", context.operation);
    out.textField(",\"request_id\":", context.requestId);
    out.textField(",\"user\":", context.user);
    if (!context.attributes.empty()) {
        out.listField(",\"attributes\":", context.attributes, [&](const auto& attribute) {
            out.raw("{\"name\":").text(attribute.first).raw(",\"value\":").text(attribute.second).raw("}");
        });
    }
    out.raw("}");
}

void writeError(JsonWriter& out, const Error& error, int depth) {
    out.raw("{\"type\":").text(error.type).raw(",\"message\":").text(error.message);
    if (error.codeSystem != CodeSystem::none) {
        out.raw(",\"code_system\":").word(toWord(error.codeSystem)).raw(",\"code\":").text(error.code);
    }
    if (error.category) {
        out.raw(",\"category\":").word(toWord(*error.category));
    }
    if (error.retryAfter) {
        out.raw(",\"retry_after_ms\":").ms(*error.retryAfter);
    }
    if (error.context != ErrorContext()) {
        out.raw(",\"context\":");
        writeContext(out, error.context);
    }
    if (error.cause != nullptr && depth < kDeepestCause) {
        out.raw(",\"cause\":");
        writeError(out, *error.cause, depth + 1);
    }
    out.raw("}");
}

}  // namespace

void writeCategories(JsonWriter& out, const std::array<std::uint64_t, kCategoryCount>& byCategory) {
    static_assert(kCategoryCount == 6);
    out.raw("{\"TRANSIENT\":").number(byCategory[0]).raw(",\"PERMANENT\":").number(byCategory[1]);
    out.raw(",\"RATE_LIMIT\":").number(byCategory[2]).raw(",\"AUTHENTICATION\":").number(byCategory[3]);
    out.raw(",\"DATA_VALIDATION\":").number(byCategory[4]).raw(",\"UNKNOWN\":").number(byCategory[5]).raw("}");
}

void writeJson(JsonWriter& out, const Totals& totals) {
    out.raw("{\"permitted\":").number(totals.permitted).raw(",\"rejected\":").number(totals.rejected);
    out.raw(",\"success\":").number(totals.success).raw(",\"failure\":").number(totals.failure);
    out.raw(",\"ignored\":").number(totals.ignored).raw(",\"cancelled\":").number(totals.cancelled);
    out.raw(",\"slow\":").number(totals.slow).raw(",\"in_flight\":").number(totals.inFlight);
    out.raw(",\"would_reject\":").number(totals.wouldReject).raw(",\"failures_by_category\":");
    writeCategories(out, totals.failuresByCategory);
    out.raw("}");
}

void writeJson(JsonWriter& out, const WindowMetrics& window) {
    out.raw("{\"span_ms\":").ms(window.span).raw(",\"calls\":").number(window.calls);
    out.raw(",\"failures\":").number(window.failures).raw(",\"slow\":").number(window.slow);
    out.raw(",\"minimum_calls\":").number(window.minimumCalls);
    out.realField(",\"failure_rate\":", window.failureRate);
    out.realField(",\"slow_rate\":", window.slowRate);
    out.raw("}");
}

void writeJson(JsonWriter& out, const LatencyMetrics& latency) {
    out.raw("{\"samples\":").number(latency.samples);
    out.msField(",\"mean_ms\":", latency.mean);
    out.msField(",\"p50_ms\":", latency.p50);
    out.msField(",\"p95_ms\":", latency.p95);
    out.msField(",\"p99_ms\":", latency.p99);
    out.msField(",\"max_ms\":", latency.max);
    out.realField(",\"relative_error\":", latency.relativeError);
    out.raw("}");
}

void writeJson(JsonWriter& out, const InFlight& inFlight) {
    out.raw("{\"calls\":").number(inFlight.calls);
    out.numberField(",\"slow\":", inFlight.slow);
    out.msField(",\"oldest_ms\":", inFlight.oldest);
    out.raw("}");
}

void writeJson(JsonWriter& out, const Hold& hold) {
    out.raw("{\"id\":").number(hold.id.value).raw(",\"mode\":").word(toWord(hold.mode));
    out.raw(",\"who\":").text(hold.who).raw(",\"why\":").text(hold.why);
    out.raw(",\"since_unix_ms\":").unixMs(hold.since);
    if (hold.until) {
        out.raw(",\"until_unix_ms\":").unixMs(*hold.until);
    }
    out.msField(",\"remaining_ms\":", hold.remaining);
    out.raw("}");
}

void writeJson(JsonWriter& out, const ConfigEntry& entry) {
    out.raw("{\"option\":").text(entry.option).raw(",\"value\":").text(entry.value).raw("}");
}

void writeJson(JsonWriter& out, const TripReason& trip) {
    out.raw("{\"rule\":").word(toWord(trip.rule));
    out.realField(",\"value\":", trip.value);
    out.realField(",\"threshold\":", trip.threshold);
    out.raw(",\"calls\":").number(trip.calls).raw(",\"failures\":").number(trip.failures);
    out.raw(",\"minimum_calls\":").number(trip.minimumCalls).raw(",\"span_ms\":").ms(trip.span).raw("}");
}

void writeJson(JsonWriter& out, const Transition& transition) {
    out.raw("{\"sequence\":").number(transition.sequence).raw(",\"generation\":").number(transition.generation);
    out.raw(",\"from\":").word(toWord(transition.from)).raw(",\"to\":").word(toWord(transition.to));
    out.raw(",\"cause\":").word(toWord(transition.cause));
    if (transition.trip) {
        out.raw(",\"trip\":");
        writeJson(out, *transition.trip);
    }
    out.textField(",\"actor\":", transition.actor);
    out.textField(",\"reason\":", transition.reason);
    out.raw(",\"at_unix_ms\":").unixMs(transition.wall).raw(",\"text\":").text(transition.text()).raw("}");
}

void writeJson(JsonWriter& out, const Error& error) {
    writeError(out, error, 0);
}

void writeJson(JsonWriter& out, const std::vector<RuleStanding>& standings) {
    out.listField("", standings, [&](const RuleStanding& standing) {
        out.raw("{\"rule\":").word(toWord(standing.rule));
        out.realField(",\"value\":", standing.value);
        out.realField(",\"threshold\":", standing.threshold);
        out.raw(",\"calls\":").number(standing.calls).raw(",\"minimum_calls\":").number(standing.minimumCalls);
        out.numberField(",\"failures_to_trip\":", standing.failuresToTrip);
        out.raw("}");
    });
}

}  // namespace fusebox::domain
