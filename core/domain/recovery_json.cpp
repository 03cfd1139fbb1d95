#include <fusebox/domain/recovery_json.h>

namespace fusebox::domain {

void writeJson(JsonWriter& out, const RecoveryOutcome& outcome) {
    out.raw("{\"id\":").number(outcome.id.value).raw(",\"breaker\":").text(outcome.breaker.value);
    out.raw(",\"action\":").word(toWord(outcome.action)).raw(",\"mode\":").word(toWord(outcome.mode));
    out.textField(",\"actor\":", outcome.actor);
    out.textField(",\"reason\":", outcome.reason);
    if (outcome.pattern) {
        out.raw(",\"pattern\":").number(outcome.pattern->value);
    }
    out.raw(",\"result\":").word(toWord(outcome.result));
    out.textField(",\"detail\":", outcome.detail);
    out.textField(",\"progress\":", outcome.progress);
    out.textField(",\"output\":", outcome.output);
    out.raw(",\"started_unix_ms\":").unixMs(outcome.startedAt).raw(",\"took_ms\":").ms(outcome.took);
    out.raw(",\"before\":").word(toWord(outcome.before));
    if (outcome.after) {
        out.raw(",\"after\":").word(toWord(*outcome.after));
    }
    out.msField(",\"closed_after_ms\":", outcome.closedAfter);
    out.raw(",\"verdict_in\":").truth(outcome.verdictIn).raw("}");
}

void writeJson(JsonWriter& out, const ActionStanding& standing) {
    out.raw("{\"action\":").word(toWord(standing.action)).raw(",\"mode\":").word(toWord(standing.mode));
    out.raw(",\"effect\":").text(standing.effect);
    out.textField(",\"why_not\":", standing.whyNot);
    out.raw(",\"timeout_ms\":").ms(standing.timeout).raw(",\"cool_down_ms\":").ms(standing.coolDown);
    out.raw(",\"cool_down_left_ms\":").ms(standing.coolDownLeft);
    out.raw(",\"done_this_hour\":").number(standing.doneThisHour);
    out.raw(",\"budget_per_hour\":").number(standing.budgetPerHour);
    out.raw(",\"failures_in_row\":").number(standing.failuresInRow);
    out.raw(",\"locked_out\":").truth(standing.lockedOut).raw(",\"running\":").truth(standing.running);
    out.textField(",\"proposal\":", standing.proposal);
    if (standing.last) {
        out.raw(",\"last\":");
        writeJson(out, *standing.last);
    }
    out.raw("}");
}

void writeJson(JsonWriter& out, const RecoveryReport& report) {
    out.raw("{\"stopped\":").truth(report.stopped);
    out.textField(",\"stopped_by\":", report.stoppedBy);
    out.listField(",\"breakers\":", report.breakers, [&](const BreakerRecovery& one) {
        out.raw("{\"breaker\":").text(one.breaker.value);
        out.listField(",\"actions\":", one.actions, [&](const ActionStanding& action) { writeJson(out, action); });
        out.raw("}");
    });
    out.listField(",\"history\":", report.history, [&](const RecoveryOutcome& outcome) { writeJson(out, outcome); });
    out.listField(",\"rates\":", report.rates, [&](const RecoveryRate& rate) {
        out.raw("{\"action\":").word(toWord(rate.action));
        if (rate.pattern) {
            out.raw(",\"pattern\":").number(rate.pattern->value);
        }
        out.raw(",\"runs\":").number(rate.runs).raw(",\"helped\":").number(rate.helped);
        out.raw(",\"average_time_ms\":").ms(rate.averageTime).raw("}");
    });
    out.raw("}");
}

void writeJson(JsonWriter& out, const HandlingStanding& standing) {
    out.raw("{\"breaker\":").text(standing.breaker.value).raw(",\"strategies\":{");
    for (std::size_t i = 0; i < kCategories.size(); ++i) {
        if (i > 0) {
            out.raw(",");
        }
        out.word(toWord(kCategories[i])).raw(":").word(toWord(standing.strategies[i]));
    }
    out.raw("},\"serving\":").word(toWord(standing.serving));
    out.msField(",\"age_ms\":", standing.age);
    out.raw(",\"retries\":").number(standing.retries).raw(",\"retries_refused\":").number(standing.retriesRefused);
    out.raw(",\"from_cache\":").number(standing.fromCache).raw(",\"from_default\":").number(standing.fromDefault);
    out.raw(",\"reduced\":").number(standing.reduced).raw(",\"failed\":").number(standing.failed);
    out.realField(",\"retry_budget\":", standing.retryBudget);
    out.raw("}");
}

}  // namespace fusebox::domain
