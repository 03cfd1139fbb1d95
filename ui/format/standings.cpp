#include <fusebox/format/standings.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/words.h>

#include <QCoreApplication>

#include <algorithm>

namespace fusebox::format {

namespace {

using domain::RuleStanding;
using domain::TripRule;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Standings)
};

QString whole(double value) {
    return count(static_cast<std::uint64_t>(std::max(0.0, value)));
}

}  // namespace

bool isRate(TripRule rule) {
    return rule == TripRule::failureRate || rule == TripRule::slowCallRate || rule == TripRule::lowSuccessAverage;
}

double nearness(const RuleStanding& standing) {
    if (!standing.value) return 0;
    if (standing.rule == TripRule::lowSuccessAverage) {
        return standing.threshold < 1 ? (1 - *standing.value) / (1 - standing.threshold) : 1;
    }
    return standing.threshold > 0 ? *standing.value / standing.threshold : 1;
}

QString standingValue(const RuleStanding& standing) {
    if (!standing.value) return tooFewCalls();
    return isRate(standing.rule) ? percent(standing.value) : whole(*standing.value);
}

QString standingLimit(const RuleStanding& standing) {
    return isRate(standing.rule) ? chosenShare(standing.threshold) : whole(standing.threshold);
}

QString standingText(const RuleStanding& standing) {
    const QString rule = word(standing.rule).toLower();
    if (!standing.value) {
        return Words::tr("%1: too few calls, %2 of %3").arg(rule, count(standing.calls), count(standing.minimumCalls));
    }
    if (!isRate(standing.rule)) {
        return Words::tr("%1 %2 of %3").arg(rule, standingValue(standing), standingLimit(standing));
    }
    return Words::tr("%1 %2 of %3, limit %4")
        .arg(rule, standingValue(standing), counted(standing.calls, Words::tr("call"), Words::tr("calls")),
             standingLimit(standing));
}

}  // namespace fusebox::format
