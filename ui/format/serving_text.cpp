#include <fusebox/format/serving_text.h>

#include <fusebox/format/numbers.h>

#include <QCoreApplication>
#include <QStringList>

namespace fusebox::format {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ServingText)
};

}  // namespace

QString servingText(const domain::HandlingStanding& standing) {
    switch (standing.serving) {
        case domain::Served::cache:
            return standing.age ? Words::tr("serving cache, %1 old").arg(span(*standing.age))
                                : Words::tr("serving cache");
        case domain::Served::defaultValue:
            return Words::tr("serving default value");
        case domain::Served::reduced:
            return Words::tr("serving reduced form");
        case domain::Served::live:
        case domain::Served::nothing:
            break;
    }
    return {};
}

QString servingDetails(const domain::HandlingStanding& standing) {
    const QStringList lines{
        Words::tr("Answered from the cache: %1").arg(count(standing.fromCache)),
        Words::tr("Answered by the default value: %1").arg(count(standing.fromDefault)),
        Words::tr("Answered by the reduced form: %1").arg(count(standing.reduced)),
        Words::tr("Not answered: %1").arg(count(standing.failed)),
        Words::tr("Retries: %1, refused %2, budget left %3")
            .arg(count(standing.retries), count(standing.retriesRefused), percent(standing.retryBudget))};
    return lines.join(QLatin1Char('\n'));
}

}  // namespace fusebox::format
