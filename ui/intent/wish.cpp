#include <fusebox/intent/wish.h>

#include <fusebox/command/hold_rules.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <QStringList>

#include <algorithm>
#include <string_view>

namespace fusebox::intent {

namespace {

using domain::CommandKind;
using domain::HoldMode;
using domain::State;

Possibility no(QString whyNot) {
    return {false, std::move(whyNot)};
}

bool isHeldHard(const domain::Snapshot& snapshot) {
    return snapshot.heldAs && *snapshot.heldAs != HoldMode::metricsOnly;
}

QStringList holders(const domain::Snapshot& snapshot) {
    QStringList names;
    for (const domain::Hold& hold : snapshot.holds) {
        const QString name = format::SafeText::oneLine(hold.who, 40);
        if (!names.contains(name)) names.append(name);
    }
    return names;
}

Possibility releasePossible(const Wish& wish, const domain::Snapshot& snapshot, const QString& actor) {
    if (snapshot.holds.empty()) return no(QStringLiteral("No hold lies on it."));
    const auto isMeant = [&](const domain::Hold& hold) {
        return wish.hold ? hold.id == *wish.hold : QString::fromStdString(hold.who) == actor;
    };
    if (std::any_of(snapshot.holds.begin(), snapshot.holds.end(), isMeant)) return {};
    if (wish.hold) return no(QStringLiteral("This hold is gone."));
    return no(QStringLiteral("It is held by %1, not by you: release that hold in the list of holds.")
                  .arg(holders(snapshot).join(QStringLiteral(", "))));
}

/// What the gate of an agent leaves to admins.
bool needsAdmin(const Wish& wish) {
    switch (wish.kind) {
        case CommandKind::hold:
            return wish.holdMode == HoldMode::forceClosed || wish.holdMode == HoldMode::disabled;
        case CommandKind::configure:
        case CommandKind::shadow:
        case CommandKind::actionMode:
        case CommandKind::resumeActions:
        case CommandKind::strategy:
            return true;
        default:
            return false;
    }
}

QString capitalised(QString sentence) {
    if (!sentence.isEmpty()) sentence[0] = sentence[0].toUpper();
    return sentence;
}

/// " of 30 s", as the configuration says; empty when it does not say.
QString configuredWait(const domain::Snapshot& snapshot) {
    if (!snapshot.detail) return {};
    for (const domain::ConfigEntry& entry : snapshot.detail->config()) {
        if (entry.option == std::string_view("open_timeout")) {
            return QStringLiteral(" of ") + format::SafeText::oneLine(entry.value, 40);
        }
    }
    return {};
}

QString tripPreview(const Wish& wish, const domain::Snapshot& snapshot, const QString& calls) {
    if (snapshot.heldAs == HoldMode::metricsOnly) {
        return QStringLiteral("No call will be refused, since a hold lets all pass; it will count as open.");
    }
    const QString wait =
        wish.duration ? QStringLiteral(" of ") + format::span(*wish.duration) : configuredWait(snapshot);
    return capitalised(QStringLiteral("%1 will be refused until it is reset or its wait%2 ends.").arg(calls, wait));
}

QString untilWhen(const Wish& wish) {
    return QStringLiteral("for %1, or until the hold is released").arg(format::span(lengthOf(wish)));
}

QString holdPreview(const Wish& wish, const domain::Snapshot& snapshot, const QString& calls) {
    const bool isHarder = snapshot.heldAs && *snapshot.heldAs < wish.holdMode;
    if (isHarder) {
        return QStringLiteral("Nothing changes as long as the stronger hold (%1 by %2) lies on it.")
            .arg(format::word(*snapshot.heldAs).toLower(), holders(snapshot).join(QStringLiteral(", ")));
    }
    switch (wish.holdMode) {
        case HoldMode::forceOpen:
            return capitalised(QStringLiteral("%1 will be refused %2.").arg(calls, untilWhen(wish)));
        case HoldMode::forceClosed:
            return capitalised(
                QStringLiteral("%1 will pass %2, however many of them fail.").arg(calls, untilWhen(wish)));
        case HoldMode::metricsOnly:
            return capitalised(QStringLiteral("%1 will pass %2; it still counts and says when it would have opened.")
                                   .arg(calls, untilWhen(wish)));
        case HoldMode::disabled:
            return capitalised(QStringLiteral("%1 will pass %2, and nothing is measured.").arg(calls, untilWhen(wish)));
    }
    return {};
}

QString automatonRules(const domain::Snapshot& snapshot, const QString& calls) {
    if (snapshot.state == State::closed) return capitalised(QStringLiteral("%1 will pass again.").arg(calls));
    return QStringLiteral("Its own state rules again (%1): probes decide whether calls pass.")
        .arg(format::word(snapshot.state).toLower());
}

QString releasePreview(const Wish& wish, const domain::Snapshot& snapshot, const QString& calls) {
    if (!wish.hold) return automatonRules(snapshot, calls);
    const auto meant = std::find_if(snapshot.holds.begin(), snapshot.holds.end(),
                                    [&](const domain::Hold& hold) { return hold.id == *wish.hold; });
    if (meant == snapshot.holds.end()) return {};
    if (snapshot.holds.size() > 1) {
        return QStringLiteral("The hold of %1 ends; %2 on it.")
            .arg(format::SafeText::oneLine(meant->who, 40),
                 format::counted(snapshot.holds.size() - 1, QStringLiteral("other hold stays"),
                                 QStringLiteral("other holds stay")));
    }
    return automatonRules(snapshot, calls);
}

QString modeVerb(domain::ActionMode mode) {
    switch (mode) {
        case domain::ActionMode::manual:
            return QStringLiteral("Only by hand");
        case domain::ActionMode::proposed:
            return QStringLiteral("Let Fusebox propose");
        case domain::ActionMode::automatic:
            return QStringLiteral("Let Fusebox run");
    }
    return {};
}

QString modePreview(domain::ActionMode mode) {
    switch (mode) {
        case domain::ActionMode::manual:
            return QStringLiteral("It runs only when a person starts it.");
        case domain::ActionMode::proposed:
            return QStringLiteral("When its cause appears Fusebox proposes it, and a person approves.");
        case domain::ActionMode::automatic:
            return QStringLiteral("When its cause appears Fusebox runs it by itself, within its budget and cool-down.");
    }
    return {};
}

QString probePreview(const domain::Snapshot& snapshot) {
    const QString probes = QStringLiteral("The next calls pass as probes and decide whether it closes.");
    if (!snapshot.untilProbe || snapshot.untilProbe->count() <= 0) return probes;
    return probes + QStringLiteral(" By itself it would probe in %1.").arg(format::countdown(*snapshot.untilProbe));
}

}  // namespace

Possibility allowed(const Wish& wish, const domain::Snapshot& snapshot) {
    if (snapshot.from == nullptr) return {};
    const domain::SourceStanding& from = *snapshot.from;
    const QString name = format::SafeText::oneLine(from.name, 60);
    if (from.state != domain::SourceState::connected) {
        return no(QStringLiteral("The agent %1 is not connected: what is shown of it is of before.").arg(name));
    }
    if (from.role == "viewer") return no(QStringLiteral("Your token for the agent %1 only allows to look.").arg(name));
    if (from.role != "admin" && needsAdmin(wish)) {
        return no(QStringLiteral("It needs the role admin at the agent %1; your token has the role %2.")
                      .arg(name, format::SafeText::oneLine(from.role, 20)));
    }
    return {};
}

Possibility possible(const Wish& wish, const domain::Snapshot& snapshot, const QString& actor) {
    if (Possibility can = allowed(wish, snapshot); !can.enabled) return can;
    // The action's own standing decides, see below: a dependency can be cured whatever its breaker's state.
    if (wish.kind == CommandKind::action || wish.kind == CommandKind::actionMode) return {};
    if (snapshot.state == State::unknown || snapshot.state == State::stale) {
        return no(QStringLiteral("Its state is not known now."));
    }
    const bool always =
        wish.kind == CommandKind::hold || wish.kind == CommandKind::configure || wish.kind == CommandKind::shadow;
    if (wish.kind == CommandKind::shadow && wish.options.empty() && !snapshot.shadow) {
        return no(QStringLiteral("No candidate runs beside it."));
    }
    if (always) return {};
    if (wish.kind == CommandKind::release) {
        // An agent knows us by its token's name, which is in its holds.
        const bool isRemote = snapshot.from != nullptr && !snapshot.from->actor.empty();
        return releasePossible(wish, snapshot, isRemote ? QString::fromStdString(snapshot.from->actor) : actor);
    }
    if (isHeldHard(snapshot)) {
        return no(QStringLiteral("It is held by %1: release the hold first.")
                      .arg(holders(snapshot).join(QStringLiteral(", "))));
    }
    if (wish.kind == CommandKind::trip && snapshot.state == State::open)
        return no(QStringLiteral("It is open already."));
    if (wish.kind == CommandKind::reset && snapshot.state == State::closed)
        return no(QStringLiteral("It is closed already."));
    if (wish.kind == CommandKind::probe && snapshot.state != State::open) {
        return no(snapshot.state == State::halfOpen ? QStringLiteral("It is probing already.")
                                                    : QStringLiteral("Only an open breaker can be probed."));
    }
    return {};
}

base::Duration lengthOf(const Wish& wish) {
    return wish.duration.value_or(command::usualDuration(wish.holdMode));
}

QString preview(const Wish& wish, const domain::Snapshot& snapshot, std::optional<double> callsPerSecond) {
    const QString calls = traffic(callsPerSecond);
    switch (wish.kind) {
        case CommandKind::trip:
            return tripPreview(wish, snapshot, calls);
        case CommandKind::reset:
            return capitalised(
                QStringLiteral("%1 will pass again at once; it starts with an empty window.").arg(calls));
        case CommandKind::hold:
            return holdPreview(wish, snapshot, calls);
        case CommandKind::release:
            return releasePreview(wish, snapshot, calls);
        case CommandKind::probe:
            return probePreview(snapshot);
        case CommandKind::configure:
            return QStringLiteral("The changed options are in force at once; window and state stay.");
        case CommandKind::shadow:
            return wish.options.empty() ? QStringLiteral("The candidate and all that it has counted are forgotten.")
                                        : QStringLiteral("The candidate only watches: it refuses no call.");
        case CommandKind::action:
        case CommandKind::actionMode:
        case CommandKind::stopActions:
        case CommandKind::resumeActions:
        case CommandKind::strategy:
            break;
    }
    return {};
}

Possibility possible(const Wish& wish, const domain::ActionStanding* standing) {
    if (standing == nullptr) return no(QStringLiteral("It has no such action."));
    if (wish.kind == CommandKind::actionMode) {
        return standing->mode == wish.mode ? no(QStringLiteral("That is its mode already.")) : Possibility{};
    }
    if (standing->running) return no(QStringLiteral("It is running already."));
    if (!standing->whyNot.empty()) return no(format::SafeText::oneLine(standing->whyNot));
    return {};
}

QString preview(const Wish& wish, const domain::ActionStanding& standing) {
    if (wish.kind == CommandKind::actionMode) return modePreview(wish.mode);
    QStringList sentences{standing.effect.empty() ? QStringLiteral("It does not say what it will do.")
                                                  : format::SafeText::oneLine(standing.effect)};
    if (standing.lockedOut) {
        sentences << QStringLiteral("It failed %1 in a row and is locked: only a person may run it.")
                         .arg(format::counted(standing.failuresInRow, QStringLiteral("time"), QStringLiteral("times")));
    }
    if (standing.coolDownLeft.count() > 0) {
        sentences << QStringLiteral("It cools down for another %1: by itself it would not run now.")
                         .arg(format::countdown(standing.coolDownLeft));
    }
    return sentences.join(QLatin1Char(' '));
}

QString traffic(std::optional<double> callsPerSecond) {
    if (!callsPerSecond) return QStringLiteral("calls");
    if (*callsPerSecond < 0.05) return QStringLiteral("calls (none come now)");
    if (*callsPerSecond < 1) return QStringLiteral("less than 1 call/s");
    const auto whole = static_cast<std::uint64_t>(*callsPerSecond + 0.5);
    return QStringLiteral("about %1").arg(format::counted(whole, QStringLiteral("call/s"), QStringLiteral("calls/s")));
}

QString verb(const Wish& wish) {
    if (wish.kind == CommandKind::action) return format::word(wish.action);
    if (wish.kind == CommandKind::actionMode) {
        return modeVerb(wish.mode) + QStringLiteral(": ") + format::word(wish.action).toLower();
    }
    if (wish.kind == CommandKind::shadow) {
        return wish.options.empty() ? QStringLiteral("End shadow") : QStringLiteral("Start shadow");
    }
    if (wish.kind != CommandKind::hold) return format::word(wish.kind);
    switch (wish.holdMode) {
        case HoldMode::forceOpen:
            return QStringLiteral("Hold open");
        case HoldMode::forceClosed:
            return QStringLiteral("Hold closed");
        case HoldMode::metricsOnly:
            return QStringLiteral("Only measure");
        case HoldMode::disabled:
            return QStringLiteral("Disable");
    }
    return {};
}

}  // namespace fusebox::intent
