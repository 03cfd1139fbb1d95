#include <fusebox/views/breaker_actions.h>

#include <fusebox/format/icons.h>
#include <fusebox/format/safe_text.h>

#include <algorithm>

namespace fusebox::views {
namespace {

struct Look {
    const char* name;
    const char* icon;
    const char* shortcut;
    const char* tip;
};

// Shortcuts need two modifiers: nobody trips a breaker by a slip of the finger.
constexpr std::array<Look, kBreakerActions.size()> kLooks{{
    {QT_TRANSLATE_NOOP("BreakerActions", "&Trip..."), "trip", "Ctrl+Shift+T",
     QT_TRANSLATE_NOOP("BreakerActions", "Open the breaker once; it recovers by itself after its wait")},
    {QT_TRANSLATE_NOOP("BreakerActions", "&Reset..."), "reset", "Ctrl+Shift+R",
     QT_TRANSLATE_NOOP("BreakerActions", "Close the breaker and forget the calls in its window")},
    {QT_TRANSLATE_NOOP("BreakerActions", "Hold &open..."), "hold-open", "Ctrl+Shift+O",
     QT_TRANSLATE_NOOP("BreakerActions", "Refuse all calls until the hold is released or expires")},
    {QT_TRANSLATE_NOOP("BreakerActions", "Hold &closed..."), "hold-closed", "Ctrl+Shift+C",
     QT_TRANSLATE_NOOP("BreakerActions", "Let all calls pass until the hold is released or expires")},
    {QT_TRANSLATE_NOOP("BreakerActions", "Re&lease..."), "release", "Ctrl+Shift+L",
     QT_TRANSLATE_NOOP("BreakerActions", "Take a hold away")},
    {QT_TRANSLATE_NOOP("BreakerActions", "&Probe now..."), "probe", "Ctrl+Shift+B",
     QT_TRANSLATE_NOOP("BreakerActions", "Let the next call through as a probe, without waiting")},
    {QT_TRANSLATE_NOOP("BreakerActions", "Only &measure..."), "chart", "Ctrl+Shift+M",
     QT_TRANSLATE_NOOP("BreakerActions", "Refuse nothing and count what would have been refused, until released")},
    {QT_TRANSLATE_NOOP("BreakerActions", "&Disable..."), "stop", "Ctrl+Shift+D",
     QT_TRANSLATE_NOOP("BreakerActions", "Let all calls pass and measure nothing, until released")},
}};

constexpr std::size_t kMostAsked = 200;

QString tipOf(const Look& look, const QString& more) {
    const QString tip = QCoreApplication::translate("BreakerActions", look.tip);
    const QString shortcut = QKeySequence(QLatin1String(look.shortcut)).toString(QKeySequence::NativeText);
    const QString first = QStringLiteral("%1 (%2)").arg(tip, shortcut);
    return format::SafeText::toolTip(more.isEmpty() ? first : first + QLatin1Char('\n') + more);
}

}  // namespace

intent::Wish wishOf(BreakerAction action, const domain::Snapshot& snapshot) {
    intent::Wish wish;
    switch (action) {
        case BreakerAction::trip:
            wish.kind = domain::CommandKind::trip;
            break;
        case BreakerAction::reset:
            wish.kind = domain::CommandKind::reset;
            break;
        case BreakerAction::holdOpen:
            wish.kind = domain::CommandKind::hold;
            wish.holdMode = domain::HoldMode::forceOpen;
            break;
        case BreakerAction::holdClosed:
            wish.kind = domain::CommandKind::hold;
            wish.holdMode = domain::HoldMode::forceClosed;
            break;
        case BreakerAction::release:
            wish.kind = domain::CommandKind::release;
            if (!snapshot.holds.empty()) wish.hold = snapshot.holds.back().id;
            break;
        case BreakerAction::probeNow:
            wish.kind = domain::CommandKind::probe;
            break;
        case BreakerAction::onlyMeasure:
            wish.kind = domain::CommandKind::hold;
            wish.holdMode = domain::HoldMode::metricsOnly;
            break;
        case BreakerAction::disable:
            wish.kind = domain::CommandKind::hold;
            wish.holdMode = domain::HoldMode::disabled;
            break;
    }
    return wish;
}

intent::Wish wishOfMany(BreakerAction action) {
    return wishOf(action, domain::Snapshot());
}

BreakerActions::BreakerActions(QObject* parent) : QObject(parent) {
    for (const BreakerAction which : kBreakerActions) {
        const auto index = static_cast<std::size_t>(which);
        const Look& look = kLooks[index];
        auto* made = new QAction(QCoreApplication::translate("BreakerActions", look.name), this);
        made->setObjectName(QLatin1String(look.icon));
        made->setShortcut(QKeySequence(QLatin1String(look.shortcut)));
        made->setToolTip(tipOf(look, {}));
        made->setEnabled(false);
        connect(made, &QAction::triggered, this, [this, which] { emit triggered(which); });
        m_actions[index] = made;
    }
}

void BreakerActions::show(const domain::Snapshot* snapshot, const intent::CommandDesk& desk) {
    for (const BreakerAction which : kBreakerActions) {
        intent::Possibility can{false, tr("Select a breaker first.")};
        if (snapshot != nullptr) can = desk.possible(wishOf(which, *snapshot), *snapshot);
        enable(which, can.enabled, can.enabled ? QString() : can.whyNot);
    }
}

void BreakerActions::show(const std::vector<const domain::Snapshot*>& snapshots, const intent::CommandDesk& desk) {
    const QString many = tr("To all %1 that are selected").arg(snapshots.size());
    for (const BreakerAction which : kBreakerActions) {
        const auto end = snapshots.begin() + static_cast<std::ptrdiff_t>(std::min(snapshots.size(), kMostAsked));
        // Who has selected thousands is told by the dialog which of them it is possible for.
        const bool able = snapshots.size() > kMostAsked || std::any_of(snapshots.begin(), end, [&](const auto* each) {
                              return desk.possible(wishOfMany(which), *each).enabled;
                          });
        enable(which, able, able ? many : tr("It can be done to none of those that are selected."));
    }
}

void BreakerActions::enable(BreakerAction which, bool enabled, const QString& more) {
    QAction* shown = action(which);
    shown->setEnabled(enabled);
    shown->setToolTip(tipOf(kLooks[static_cast<std::size_t>(which)], more));
}

void BreakerActions::tintIcons(const QPalette& palette) {
    for (const BreakerAction which : kBreakerActions) {
        const Look& look = kLooks[static_cast<std::size_t>(which)];
        action(which)->setIcon(format::icon(QLatin1String(look.icon), palette));
    }
}

}  // namespace fusebox::views
