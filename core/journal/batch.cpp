#include <fusebox/journal/batch.h>

#include <fusebox/base/secret_mask.h>
#include <fusebox/domain/command_json.h>
#include <fusebox/domain/detail_json.h>
#include <fusebox/journal/codes.h>
#include <fusebox/journal/stored_json.h>

#include <algorithm>
#include <variant>

namespace fusebox::journal {

namespace {

std::string dossierOf(const domain::BreakerId& breaker, std::uint64_t sequence, const domain::Frame& frame) {
    const auto snapshot =
        std::find_if(frame.snapshots.begin(), frame.snapshots.end(),
                     [&](const domain::Snapshot& each) { return each.identity && each.identity->id == breaker; });
    if (snapshot == frame.snapshots.end() || !snapshot->detail) {
        return {};
    }
    std::string json;
    for (const auto& dossier : snapshot->detail->dossiers) {
        if (dossier && dossier->transition.sequence == sequence) {
            domain::appendJson(json, *dossier);
            return json;
        }
    }
    return json;
}

}  // namespace

RollupCounts& RollupCounts::operator+=(const RollupCounts& other) {
    success += other.success;
    failure += other.failure;
    ignored += other.ignored;
    cancelled += other.cancelled;
    rejected += other.rejected;
    slow += other.slow;
    return *this;
}

EventRow rowOf(const domain::Event& event, const domain::Frame& frame) {
    EventRow row;
    row.id = static_cast<std::int64_t>(event.id.value);
    row.atMs = unixMs(event.at);
    row.kind = codeOf(event.kind);
    row.level = codeOf(event.level);
    row.breaker = event.breaker.value;
    row.actor = event.actor;
    row.text = base::withoutSecrets(event.text);
    row.carried = base::withoutSecrets(carriedJson(event));
    if (const auto* transition = std::get_if<domain::Transition>(&event.body)) {
        row.states = codeOf(StatePair{transition->from, transition->to});
        if (transition->trip) {
            row.dossier = base::withoutSecrets(dossierOf(event.breaker, transition->sequence, frame));
        }
    }
    return row;
}

AuditRecord recordOf(const domain::CommandReport& report, base::WallTime at) {
    AuditRecord record;
    record.at = at;
    record.kind = report.status == domain::CommandStatus::pending ? "asked" : "result";
    record.command = report.command.id.value;
    record.breaker = report.command.breaker;
    record.actor = report.command.actor;
    record.origin = report.command.origin;
    record.text = std::string(domain::toWord(report.command.kind)) + " " + std::string(domain::toWord(report.status));
    if (!report.message.empty()) {
        record.text += ": " + base::withoutSecrets(report.message);
    }
    domain::appendJson(record.body, report);
    record.body = base::withoutSecrets(std::move(record.body));
    return record;
}

}  // namespace fusebox::journal
