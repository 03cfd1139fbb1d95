#include <fusebox/format/pattern_text.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace fusebox::format {

namespace {

using SafeText::kNameLimit;
using SafeText::oneLine;

constexpr int kDeepest = 8;  // causes
constexpr std::size_t kMostListed = 20;
constexpr qsizetype kMessageLimit = 8'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PatternText)
};

void addField(QStringList& lines, const QString& name, const std::string& value) {
    if (!value.empty()) lines << name + QStringLiteral(": ") + oneLine(value);
}

void addContext(QStringList& lines, const domain::ErrorContext& context) {
    addField(lines, Words::tr("Component"), context.component);
    addField(lines, Words::tr("Operation"), context.operation);
    addField(lines, Words::tr("Request"), context.requestId);
    addField(lines, Words::tr("User"), context.user);
    for (const auto& [name, value] : context.attributes) addField(lines, oneLine(name, kNameLimit), value);
}

void addError(QStringList& lines, const domain::Error& error) {
    lines << SafeText::block(error.text(), kMessageLimit);
    if (error.category) lines << Words::tr("Category: %1").arg(word(*error.category));
    if (error.retryAfter) lines << Words::tr("Retry after: %1").arg(span(*error.retryAfter));
    addContext(lines, error.context);
}

}  // namespace

QString patternName(const domain::ErrorPattern& pattern) {
    if (pattern.id.value == 0) return Words::tr("All others, which could not be kept apart");
    return oneLine(pattern.text);
}

QString categoryText(const domain::ErrorPattern& pattern) {
    const QString sure = Words::tr("%1, %2 sure").arg(word(pattern.category), percent(pattern.confidence));
    return pattern.evidence.empty() ? sure : sure + QStringLiteral(": ") + oneLine(pattern.evidence);
}

QString handlingText(const domain::ErrorPattern& pattern) {
    const QString strategy = pattern.strategy ? word(*pattern.strategy) : Words::tr("nothing is set to handle it");
    const bool acted = pattern.action && *pattern.action != domain::RecoveryAction::none;
    return acted ? Words::tr("%1; last action: %2").arg(strategy, word(*pattern.action).toLower())
                 : Words::tr("%1; no action was taken").arg(strategy);
}

QString sampleText(const domain::ErrorSample& sample) {
    QStringList lines{dateTime(sample.at) + QStringLiteral("   ") + oneLine(sample.breaker.value, kNameLimit)};
    int depth = 0;
    for (const domain::Error* error = sample.error.get(); error != nullptr; error = error->cause.get()) {
        if (depth++ == kDeepest) {
            lines << QString() << Words::tr("(more causes are left out)");
            break;
        }
        lines << QString();
        if (depth > 1) lines << Words::tr("caused by");
        addError(lines, *error);
    }
    return lines.join(QLatin1Char('\n'));
}

QString plainText(const domain::ErrorPattern& pattern) {
    QStringList lines{patternName(pattern)};
    lines << Words::tr("%1 severity, %2").arg(word(pattern.severity), word(pattern.trend).toLower());
    lines << categoryText(pattern);
    lines << Words::tr("%1, %2 a minute; first %3, last %4")
                 .arg(counted(pattern.count, Words::tr("error"), Words::tr("errors")),
                      QString::number(pattern.perMinute, 'f', 1), dateTime(pattern.firstSeen),
                      dateTime(pattern.lastSeen));
    addField(lines, Words::tr("Component"), pattern.component);
    lines << Words::tr("Handled by: %1").arg(handlingText(pattern));
    for (std::size_t i = 0; i < std::min(pattern.breakers.size(), kMostListed); ++i) {
        lines << Words::tr("Breaker %1: %2")
                     .arg(oneLine(pattern.breakers[i].breaker.value, kNameLimit), count(pattern.breakers[i].count));
    }
    for (const domain::TripShare& trip : pattern.trips) {
        lines << Words::tr("Trip of %1 at %2: %3 of its errors")
                     .arg(oneLine(trip.breaker.value, kNameLimit), dateTime(trip.at), percent(trip.share));
    }
    for (const domain::ErrorSample& sample : pattern.samples) {
        lines << QString() << Words::tr("--- sample ---") << sampleText(sample);
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace fusebox::format
