// A dossier as JSON: the same names as in the domain, the unit last.

#include <fusebox/format/dossier_text.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <string_view>

namespace fusebox::format {

namespace {

using domain::Dossier;

QJsonValue ms(base::Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

QJsonValue ms(std::optional<base::Duration> duration) {
    return duration ? ms(*duration) : QJsonValue();
}

QJsonValue number(std::uint64_t value) {
    return static_cast<qint64>(value);
}

QString text(std::string_view word) {
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

QJsonObject tripOf(const domain::TripReason& reason) {
    return {{QStringLiteral("rule"), text(toWord(reason.rule))},
            {QStringLiteral("value"), reason.value},
            {QStringLiteral("threshold"), reason.threshold},
            {QStringLiteral("calls"), number(reason.calls)},
            {QStringLiteral("failures"), number(reason.failures)},
            {QStringLiteral("minimum_calls"), number(reason.minimumCalls)},
            {QStringLiteral("span_ms"), ms(reason.span)}};
}

QJsonArray standingsOf(const Dossier& dossier) {
    QJsonArray all;
    for (const domain::RuleStanding& standing : dossier.standings) {
        all.append(QJsonObject{{QStringLiteral("rule"), text(toWord(standing.rule))},
                               {QStringLiteral("value"), standing.value ? QJsonValue(*standing.value) : QJsonValue()},
                               {QStringLiteral("threshold"), standing.threshold},
                               {QStringLiteral("calls"), number(standing.calls)},
                               {QStringLiteral("minimum_calls"), number(standing.minimumCalls)}});
    }
    return all;
}

QJsonArray slicesOf(const Dossier& dossier) {
    QJsonArray all;
    for (const domain::WindowSlice& slice : dossier.slices) {
        all.append(QJsonObject{{QStringLiteral("age_ms"), ms(slice.age)},
                               {QStringLiteral("span_ms"), ms(slice.span)},
                               {QStringLiteral("calls"), number(slice.calls)},
                               {QStringLiteral("failures"), number(slice.failures)},
                               {QStringLiteral("slow"), number(slice.slow)}});
    }
    return all;
}

QJsonArray outcomesOf(const Dossier& dossier) {
    QJsonArray all;
    for (const domain::PastOutcome& outcome : dossier.lastOutcomes) {
        QJsonObject one{{QStringLiteral("age_ms"), ms(outcome.age)},
                        {QStringLiteral("took_ms"), ms(outcome.took)},
                        {QStringLiteral("failed"), outcome.failed},
                        {QStringLiteral("slow"), outcome.slow}};
        if (outcome.error) one.insert(QStringLiteral("error"), SafeText::block(outcome.error->text(), 2'000));
        all.append(one);
    }
    return all;
}

QJsonObject categoriesOf(const Dossier& dossier) {
    QJsonObject all;
    for (const domain::Category category : domain::kCategories) {
        all.insert(text(toWord(category)), number(dossier.failuresByCategory[static_cast<std::size_t>(category)]));
    }
    return all;
}

QJsonObject latencyOf(const domain::LatencyMetrics& latency) {
    return {{QStringLiteral("samples"), number(latency.samples)},
            {QStringLiteral("p50_ms"), ms(latency.p50)},
            {QStringLiteral("p95_ms"), ms(latency.p95)},
            {QStringLiteral("p99_ms"), ms(latency.p99)},
            {QStringLiteral("max_ms"), ms(latency.max)},
            {QStringLiteral("relative_error"), latency.relativeError}};
}

QJsonObject loadOf(const Dossier& dossier) {
    const domain::InFlight& now = dossier.inFlight;
    return {{QStringLiteral("calls_per_second"), dossier.callsPerSecond},
            {QStringLiteral("in_flight"), number(now.calls)},
            {QStringLiteral("slow_in_flight"), now.slow ? number(*now.slow) : QJsonValue()},
            {QStringLiteral("oldest_in_flight_ms"), ms(now.oldest)}};
}

}  // namespace

QString jsonText(const QString& breaker, const Dossier& dossier) {
    const domain::Transition& transition = dossier.transition;
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(transition.wall.time_since_epoch().count(), Qt::UTC);
    const QJsonObject all{
        {QStringLiteral("breaker"), SafeText::oneLine(breaker)},
        {QStringLiteral("sequence"), number(transition.sequence)},
        {QStringLiteral("at"), at.toString(Qt::ISODateWithMs)},
        {QStringLiteral("why"), tripSentence(transition)},
        {QStringLiteral("trip"), transition.trip ? QJsonValue(tripOf(*transition.trip)) : QJsonValue()},
        {QStringLiteral("rules"), standingsOf(dossier)},
        {QStringLiteral("window"), QJsonObject{{QStringLiteral("span_ms"), ms(dossier.window.span)},
                                               {QStringLiteral("calls"), number(dossier.window.calls)},
                                               {QStringLiteral("failures"), number(dossier.window.failures)},
                                               {QStringLiteral("slow"), number(dossier.window.slow)},
                                               {QStringLiteral("slices"), slicesOf(dossier)}}},
        {QStringLiteral("last_outcomes"), outcomesOf(dossier)},
        {QStringLiteral("failures_by_category"), categoriesOf(dossier)},
        {QStringLiteral("latency"), latencyOf(dossier.latency)},
        {QStringLiteral("load"), loadOf(dossier)},
        {QStringLiteral("closed_for_ms"), ms(dossier.timeInClosed)},
        {QStringLiteral("open_wait_ms"), ms(dossier.openWait)},
        {QStringLiteral("retry_after_ms"), ms(dossier.retryAfter)}};
    return QString::fromUtf8(QJsonDocument(all).toJson());
}

}  // namespace fusebox::format
