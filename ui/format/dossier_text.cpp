#include <fusebox/format/dossier_text.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/standings.h>
#include <fusebox/format/words.h>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace fusebox::format {

namespace {

using domain::Dossier;
using domain::TripReason;
using domain::TripRule;

constexpr qsizetype kErrorLimit = 1'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Dossier)
};

QString calls(std::uint64_t number) {
    return counted(number, Words::tr("call"), Words::tr("calls"));
}

QString within(const TripReason& reason) {
    return reason.span.count() > 0 ? Words::tr(" in %1").arg(span(reason.span)) : QString();
}

QString atLeast(const TripReason& reason) {
    return reason.minimumCalls > 0 ? Words::tr(" of at least %1").arg(calls(reason.minimumCalls)) : QString();
}

QString shareSentence(const TripReason& reason, const QString& what) {
    return Words::tr("%1 of %2 %3%4: %5, the limit is %6%7.")
        .arg(count(reason.failures), calls(reason.calls), what, within(reason), percent(reason.value),
             chosenShare(reason.threshold), atLeast(reason));
}

QString reasonSentence(const TripReason& reason) {
    const QString limit = count(static_cast<std::uint64_t>(std::max(0.0, reason.threshold)));
    switch (reason.rule) {
        case TripRule::failureRate:
            return shareSentence(reason, Words::tr("failed"));
        case TripRule::slowCallRate:
            return shareSentence(reason, Words::tr("were slow"));
        case TripRule::failureCount:
            return Words::tr("%1 of %2 failed%3; the limit is %4.")
                .arg(count(reason.failures), calls(reason.calls), within(reason), limit);
        case TripRule::consecutiveFailures:
            return Words::tr("%1 failed in a row; the limit is %2.").arg(calls(reason.failures), limit);
        case TripRule::totalOutage:
            return Words::tr("%1 failed and none succeeded%2; the limit is %3.")
                .arg(calls(reason.failures), within(reason), limit);
        case TripRule::lowSuccessAverage:
            return Words::tr("The average of successes fell to %1 over the last %2; the limit is %3.")
                .arg(percent(reason.value), calls(reason.calls), chosenShare(reason.threshold));
    }
    return {};
}

QString milliseconds(std::optional<base::Duration> took) {
    return took ? latency(took) : missing();
}

QStringList outcomeLines(const Dossier& dossier) {
    QStringList lines;
    for (auto outcome = dossier.lastOutcomes.rbegin(); outcome != dossier.lastOutcomes.rend(); ++outcome) {
        QString line = QStringLiteral("  -%1  %2  %3")
                           .arg(latency(outcome->age), milliseconds(outcome->took), resultText(*outcome));
        if (outcome->error) line += QStringLiteral("  ") + SafeText::oneLine(outcome->error->text(), kErrorLimit);
        lines << line;
    }
    return lines;
}

QStringList sliceLines(const Dossier& dossier) {
    QStringList lines;
    for (const domain::WindowSlice& slice : dossier.slices) {
        lines << Words::tr("  -%1: %2, %3 failed, %4 slow")
                     .arg(latency(slice.age), calls(slice.calls), count(slice.failures), count(slice.slow));
    }
    return lines;
}

}  // namespace

QString tripSentence(const domain::Transition& transition) {
    if (!transition.trip) return SafeText::oneLine(transition.text());
    return reasonSentence(*transition.trip);
}

QString waitSentence(const Dossier& dossier) {
    QString text = Words::tr("It had been closed for %1. It waits %2 before it probes")
                       .arg(span(dossier.timeInClosed), span(dossier.openWait));
    if (dossier.retryAfter)
        text += Words::tr(", as the dependency asked (Retry-After %1)").arg(span(*dossier.retryAfter));
    return text + QLatin1Char('.');
}

QString inFlightText(const domain::InFlight& inFlight) {
    QString text = Words::tr("%1 in flight").arg(count(inFlight.calls));
    if (inFlight.slow && *inFlight.slow > 0) text += Words::tr(", %1 of them slow").arg(count(*inFlight.slow));
    if (inFlight.oldest) text += Words::tr(", the oldest %1").arg(span(*inFlight.oldest));
    return text;
}

QString windowText(const domain::WindowMetrics& window) {
    return Words::tr("%1, %2 failed, %3 slow").arg(calls(window.calls), count(window.failures), count(window.slow));
}

QString categoriesText(const Dossier& dossier) {
    QStringList parts;
    for (const domain::Category category : domain::kCategories) {
        const std::uint64_t failures = dossier.failuresByCategory[static_cast<std::size_t>(category)];
        if (failures > 0) parts << QStringLiteral("%1 %2").arg(word(category), count(failures));
    }
    return parts.isEmpty() ? missing() : parts.join(QStringLiteral(", "));
}

QString resultText(const domain::PastOutcome& outcome) {
    const QString result = outcome.failed ? Words::tr("failed") : Words::tr("success");
    return outcome.slow ? result + Words::tr(", slow") : result;
}

QString plainText(const QString& breaker, const Dossier& dossier) {
    QStringList lines;
    lines << Words::tr("Why is %1 open?").arg(SafeText::oneLine(breaker, SafeText::kNameLimit));
    lines << QStringLiteral("%1  %2").arg(dateTime(dossier.transition.wall), tripSentence(dossier.transition));
    lines << waitSentence(dossier) << QString();
    lines << Words::tr("Rules at that moment:");
    for (const domain::RuleStanding& standing : dossier.standings)
        lines << QStringLiteral("  ") + standingText(standing);
    lines << Words::tr("Window: %1").arg(windowText(dossier.window)) << sliceLines(dossier);
    lines << Words::tr("Failures since it last closed: %1").arg(categoriesText(dossier));
    lines << Words::tr("Latency: P50 %1, P95 %2, P99 %3, longest %4 of %5")
                 .arg(latency(dossier.latency.p50), latency(dossier.latency.p95), latency(dossier.latency.p99),
                      latency(dossier.latency.max), calls(dossier.latency.samples));
    lines << Words::tr("Load: %1, %2").arg(callsPerSecond(dossier.callsPerSecond), inFlightText(dossier.inFlight));
    lines << Words::tr("Last outcomes, newest first:") << outcomeLines(dossier);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace fusebox::format
