#include <fusebox/format/recovery_text.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <QStringList>

namespace fusebox::format {

namespace {

QString starterOf(const domain::RecoveryOutcome& outcome) {
    if (outcome.actor.empty()) return QStringLiteral("Fusebox, by itself");
    const QString who = SafeText::oneLine(outcome.actor, SafeText::kNameLimit);
    return outcome.mode == domain::ActionMode::proposed ? who + QStringLiteral(", as Fusebox proposed") : who;
}

}  // namespace

QString standingText(const domain::ActionStanding& standing) {
    if (standing.running) {
        const bool saysWhat = standing.last && !standing.last->progress.empty();
        return saysWhat ? QStringLiteral("Running: ") + SafeText::oneLine(standing.last->progress, 200)
                        : QStringLiteral("Running");
    }
    if (!standing.proposal.empty()) return QStringLiteral("Proposed: ") + SafeText::oneLine(standing.proposal, 300);
    if (!standing.whyNot.empty()) return SafeText::oneLine(standing.whyNot, 300);
    if (standing.lockedOut) {
        return QStringLiteral("Locked after %1 in a row: only a person may run it")
            .arg(counted(standing.failuresInRow, QStringLiteral("failure"), QStringLiteral("failures")));
    }
    if (standing.coolDownLeft.count() > 0) {
        return QStringLiteral("Cools down, %1 left").arg(countdown(standing.coolDownLeft));
    }
    if (standing.budgetPerHour > 0 && standing.doneThisHour >= standing.budgetPerHour) {
        return QStringLiteral("The budget of this hour is spent");
    }
    return QStringLiteral("Ready");
}

QString recoveryVerdict(const domain::RecoveryOutcome& outcome) {
    const QString result = word(outcome.result).toLower();
    if (outcome.closedAfter) return result + QStringLiteral(", closed after ") + span(*outcome.closedAfter);
    return outcome.verdictIn ? result + QStringLiteral(", it did not close in time") : result;
}

QString outcomeText(const domain::RecoveryOutcome& outcome) {
    QStringList lines;
    lines << QStringLiteral("%1  %2").arg(dateTime(outcome.startedAt), word(outcome.action));
    lines << QStringLiteral("Result: %1").arg(recoveryVerdict(outcome));
    lines << QStringLiteral("Started by: %1").arg(starterOf(outcome));
    if (!outcome.reason.empty()) lines << QStringLiteral("Reason: %1").arg(SafeText::oneLine(outcome.reason));
    const QString after = outcome.after ? word(*outcome.after) : missing();
    lines << QStringLiteral("Breaker: %1 before, %2 after").arg(word(outcome.before), after);
    if (outcome.result != domain::RecoveryResult::running) {
        lines << QStringLiteral("Took: %1").arg(span(outcome.took));
    }
    if (!outcome.progress.empty()) lines << QStringLiteral("Now: %1").arg(SafeText::oneLine(outcome.progress));
    if (!outcome.detail.empty()) lines << QString() << SafeText::block(outcome.detail, SafeText::kLineLimit);
    if (!outcome.output.empty()) lines << QString() << SafeText::block(outcome.output);
    return lines.join(QLatin1Char('\n'));
}

}  // namespace fusebox::format
