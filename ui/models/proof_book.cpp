#include <fusebox/models/proof_book.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <algorithm>
#include <variant>

namespace fusebox::models {
namespace {

bool changesCalls(domain::CommandKind kind) {
    return kind == domain::CommandKind::trip || kind == domain::CommandKind::reset ||
           kind == domain::CommandKind::hold || kind == domain::CommandKind::release;
}

}  // namespace

void ProofBook::apply(const domain::Frame& frame) {
    for (const domain::Event& event : frame.events) {
        const auto* report = std::get_if<domain::CommandReport>(&event.body);
        const bool isMeant =
            report != nullptr && report->status == domain::CommandStatus::applied && changesCalls(report->command.kind);
        if (isMeant) begin(*report, frame);
    }
}

void ProofBook::begin(const domain::CommandReport& report, const domain::Frame& frame) {
    const domain::Command& command = report.command;
    std::erase_if(m_begins, [&](const auto& each) { return frame.wall - each.second.at > kKept; });
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        const bool isMeant = command.group.empty() ? snapshot.identity->id == command.breaker
                                                   : snapshot.identity->group == command.group;
        if (!isMeant || m_begins.size() >= kMost) continue;
        m_begins[snapshot.identity->id.value] = {command.kind, command.actor, frame.wall, snapshot.metrics.totals};
    }
}

Fact ProofBook::of(const domain::Snapshot& snapshot, base::WallTime now) const {
    const auto found = m_begins.find(snapshot.identity->id.value);
    if (found == m_begins.end() || now - found->second.at > kKept) return {};
    const Begin& begin = found->second;
    const domain::Totals& totals = snapshot.metrics.totals;
    // A breaker that was made anew counts from zero.
    if (totals.permitted < begin.totals.permitted || totals.rejected < begin.totals.rejected) return {};
    const std::uint64_t passed = totals.permitted - begin.totals.permitted;
    const std::uint64_t refused = totals.rejected - begin.totals.rejected;
    const QString time = format::clockTime(begin.at);
    Fact fact;
    fact.text = QStringLiteral("%1 passed, %2 refused since %3")
                    .arg(format::counted(passed, QStringLiteral("call"), QStringLiteral("calls")),
                         format::count(refused), time);
    fact.more = QStringLiteral("Proof from the breaker's counters, since the command \"%1\" of %2 was reported at %3")
                    .arg(format::word(begin.kind), format::SafeText::oneLine(begin.actor), time);
    return fact;
}

}  // namespace fusebox::models
