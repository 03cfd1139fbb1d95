#include <fusebox/format/shadow_text.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>

#include <QCoreApplication>

namespace fusebox::format {

namespace {

constexpr std::uint64_t kFewCalls = 100;
constexpr qsizetype kWhoLimit = 40;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Shadow)
};

QString calls(std::uint64_t number) {
    return counted(number, Words::tr("call"), Words::tr("calls"));
}

QString times(std::uint64_t number) {
    return counted(number, Words::tr("time"), Words::tr("times"));
}

QString tripsText(const domain::ShadowReport& report) {
    if (report.trips < report.liveTrips) {
        return Words::tr("would have tripped %1 less").arg(times(report.liveTrips - report.trips));
    }
    if (report.trips > report.liveTrips) {
        return Words::tr("would have tripped %1 more").arg(times(report.trips - report.liveTrips));
    }
    if (report.trips == 0) return Words::tr("would not have tripped either");
    return Words::tr("would have tripped as often");
}

QString refusedText(const domain::ShadowReport& report) {
    if (report.wouldRefuse < report.liveRefused) {
        return Words::tr("refused %1 fewer").arg(calls(report.liveRefused - report.wouldRefuse));
    }
    if (report.wouldRefuse > report.liveRefused) {
        return Words::tr("refused %1 more").arg(calls(report.wouldRefuse - report.liveRefused));
    }
    return report.wouldRefuse == 0 ? Words::tr("refused none") : Words::tr("refused as many calls");
}

QString goodText(const domain::ShadowReport& report) {
    if (report.wouldRefuse == 0) return {};
    return Words::tr(" Of the %1 that it would have refused, %2 good.")
        .arg(calls(report.wouldRefuse), counted(report.refusedGood, Words::tr("was"), Words::tr("were")));
}

}  // namespace

QString verdict(const domain::ShadowReport& report) {
    if (report.calls == 0) return Words::tr("The candidate has not seen a call yet.");
    QString text = Words::tr("The candidate %1 and %2.").arg(tripsText(report), refusedText(report)) + goodText(report);
    if (report.calls < kFewCalls) text += Words::tr(" It has seen only %1: too few to judge.").arg(calls(report.calls));
    return text;
}

QString shadowTitle(const domain::ShadowReport& report) {
    return Words::tr("Candidate of %1, for %2, has seen %3")
        .arg(SafeText::oneLine(report.owner, kWhoLimit), span(report.age), calls(report.calls));
}

}  // namespace fusebox::format
