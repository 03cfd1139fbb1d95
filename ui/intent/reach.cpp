#include <fusebox/intent/reach.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>

#include <QStringList>

#include <algorithm>

namespace fusebox::intent {

namespace {

using domain::CommandKind;
using domain::HoldMode;

constexpr std::size_t kMostNamed = 4;

QString breakers(std::size_t number) {
    return format::counted(number, QStringLiteral("breaker"), QStringLiteral("breakers"));
}

std::optional<double> sumOf(const std::vector<Aim>& aims) {
    std::optional<double> sum;
    for (const Aim& aim : aims) {
        if (aim.callsPerSecond) sum = sum.value_or(0) + *aim.callsPerSecond;
    }
    return sum;
}

QString untilWhen(const Wish& wish) {
    return QStringLiteral("for %1, or until the holds are released").arg(format::span(lengthOf(wish)));
}

QString holdEffect(const Wish& wish, const QString& calls) {
    switch (wish.holdMode) {
        case HoldMode::forceOpen:
            return QStringLiteral("%1 will be refused %2.").arg(calls, untilWhen(wish));
        case HoldMode::forceClosed:
            return QStringLiteral("%1 will pass %2, however many of them fail.").arg(calls, untilWhen(wish));
        case HoldMode::metricsOnly:
            return QStringLiteral("%1 will pass %2, and it is counted what would have been refused.")
                .arg(calls, untilWhen(wish));
        case HoldMode::disabled:
            return QStringLiteral("%1 will pass %2, and nothing is measured.").arg(calls, untilWhen(wish));
    }
    return {};
}

QString effect(const Wish& wish, const QString& calls) {
    switch (wish.kind) {
        case CommandKind::trip:
            return QStringLiteral("%1 will be refused until each is reset or its wait ends.").arg(calls);
        case CommandKind::reset:
            return QStringLiteral("%1 will pass again at once; each starts with an empty window.").arg(calls);
        case CommandKind::hold:
            return holdEffect(wish, calls);
        case CommandKind::release:
            return QStringLiteral("your holds on them end; other holds stay, else each one's own state rules again.");
        case CommandKind::probe:
            return QStringLiteral("the next calls pass as probes and decide whether each closes.");
        case CommandKind::configure:
            return QStringLiteral("the changed options are in force at once.");
        case CommandKind::shadow:
            return QStringLiteral("the candidates only watch.");
        case CommandKind::action:
        case CommandKind::actionMode:
        case CommandKind::stopActions:
        case CommandKind::resumeActions:
        case CommandKind::strategy:
            break;
    }
    return {};
}

/// "search (It is open already.), cache (...) and 3 more"
QString named(const std::vector<Unable>& unable) {
    QStringList parts;
    for (std::size_t i = 0; i < std::min(unable.size(), kMostNamed); ++i) {
        parts << QStringLiteral("%1 (%2)").arg(format::SafeText::oneLine(unable[i].id.value, 60), unable[i].whyNot);
    }
    QString text = parts.join(QStringLiteral(", "));
    if (unable.size() > kMostNamed) text += QStringLiteral(" and %1 more").arg(unable.size() - kMostNamed);
    return text;
}

}  // namespace

Reach reachOf(const Wish& wish, const std::vector<Aim>& aims, const QString& actor) {
    Reach reach;
    for (const Aim& aim : aims) {
        const Possibility can = aim.snapshot == nullptr ? Possibility{false, QStringLiteral("It is no longer there.")}
                                                        : possible(wish, *aim.snapshot, actor);
        if (can.enabled) {
            reach.able.push_back(aim);
        } else {
            reach.unable.push_back({aim.id, can.whyNot});
        }
    }
    return reach;
}

QString preview(const Wish& wish, const Reach& reach) {
    const std::size_t all = reach.able.size() + reach.unable.size();
    if (all == 0) return QStringLiteral("There is no breaker.");
    QString text;
    if (reach.able.empty()) {
        text = QStringLiteral("It can be done to none of %1.").arg(breakers(all));
    } else {
        const QString count = reach.unable.empty()
                                  ? QStringLiteral("All %1").arg(breakers(all))
                                  : QStringLiteral("%1 of %2").arg(reach.able.size()).arg(breakers(all));
        text = count + QStringLiteral(": ") + effect(wish, traffic(sumOf(reach.able)));
    }
    if (!reach.unable.empty()) text += QStringLiteral("\nLeft out: %1.").arg(named(reach.unable));
    return text;
}

}  // namespace fusebox::intent
