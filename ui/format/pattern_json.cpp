// An error pattern as JSON, in the names that are used everywhere else, indented for people.

#include <fusebox/format/pattern_text.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>

#include <QByteArray>
#include <QJsonDocument>

#include <string>

namespace fusebox::format {

namespace {

void write(domain::JsonWriter& out, const domain::ErrorPattern& pattern) {
    // Ids use all 64 bits, more than a number in JSON can be relied upon to keep.
    out.raw("{\"id\":").text(std::to_string(pattern.id.value)).raw(",\"text\":").text(pattern.text);
    out.raw(",\"category\":").word(toWord(pattern.category));
    out.realField(",\"confidence\":", pattern.confidence);
    out.textField(",\"evidence\":", pattern.evidence);
    out.textField(",\"component\":", pattern.component);
    out.raw(",\"severity\":").word(toWord(pattern.severity)).raw(",\"trend\":").word(toWord(pattern.trend));
    out.raw(",\"count\":").number(pattern.count);
    out.realField(",\"per_minute\":", pattern.perMinute);
    out.raw(",\"first_seen_unix_ms\":").unixMs(pattern.firstSeen);
    out.raw(",\"last_seen_unix_ms\":").unixMs(pattern.lastSeen);
    out.listField(",\"minutes\":", pattern.minutes, [&](std::uint32_t count) { out.number(count); });
    out.listField(",\"breakers\":", pattern.breakers, [&](const domain::BreakerShare& share) {
        out.raw("{\"breaker\":").text(share.breaker.value).raw(",\"count\":").number(share.count).raw("}");
    });
    out.listField(",\"trips\":", pattern.trips, [&](const domain::TripShare& trip) {
        out.raw("{\"breaker\":").text(trip.breaker.value).raw(",\"transition\":").number(trip.transition);
        out.raw(",\"at_unix_ms\":").unixMs(trip.at).raw(",\"count\":").number(trip.count);
        out.realField(",\"share\":", trip.share);
        out.raw("}");
    });
    if (pattern.strategy) out.raw(",\"strategy\":").word(toWord(*pattern.strategy));
    if (pattern.action) out.raw(",\"action\":").word(toWord(*pattern.action));
    out.listField(",\"samples\":", pattern.samples, [&](const domain::ErrorSample& sample) {
        out.raw("{\"at_unix_ms\":").unixMs(sample.at).raw(",\"breaker\":").text(sample.breaker.value);
        if (sample.error != nullptr) {
            out.raw(",\"error\":");
            writeJson(out, *sample.error);
        }
        out.raw("}");
    });
    out.raw("}");
}

}  // namespace

QString jsonText(const domain::ErrorPattern& pattern) {
    std::string compact;
    {
        domain::JsonWriter out(compact);
        write(out, pattern);
    }
    return QString::fromUtf8(QJsonDocument::fromJson(QByteArray::fromStdString(compact)).toJson());
}

}  // namespace fusebox::format
