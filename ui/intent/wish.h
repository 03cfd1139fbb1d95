#pragma once
// What an operator wants done to one breaker, before it is a command.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/domain/snapshot.h>

#include <QString>

#include <optional>
#include <vector>

namespace fusebox::intent {

struct Wish {
    domain::CommandKind kind = domain::CommandKind::trip;
    domain::HoldMode holdMode = domain::HoldMode::forceOpen;  ///< hold
    std::optional<base::Duration> duration;    ///< hold: until it expires; nothing: as long as such holds usually last
    std::optional<domain::HoldId> hold;        ///< release: which one; nothing: all of the actor's
    std::vector<domain::ConfigEntry> options;  ///< configure, shadow; shadow without any: end it
    domain::RecoveryAction action = domain::RecoveryAction::none;  ///< action, actionMode
    domain::ActionMode mode = domain::ActionMode::manual;          ///< actionMode
    QString reason;
};

/// Whether a wish can be granted now, and if not, why: a sentence for a tooltip.
struct Possibility {
    bool enabled = true;
    QString whyNot;
};

[[nodiscard]] Possibility possible(const Wish& wish, const domain::Snapshot& snapshot, const QString& actor);

/// Whether the source of a breaker is reached, and lets us do it: an agent's token may only allow to look.
[[nodiscard]] Possibility allowed(const Wish& wish, const domain::Snapshot& snapshot);

/// Whether a recovery action can be run, or be given another mode. nullptr: the breaker has no such action.
[[nodiscard]] Possibility possible(const Wish& wish, const domain::ActionStanding* standing);

/// How long a hold will last unless it is released.
[[nodiscard]] base::Duration lengthOf(const Wish& wish);

/// One or two sentences that say beforehand what will happen:
/// "About 12 calls/s will be refused until it is reset or its wait of 30 s ends."
[[nodiscard]] QString preview(const Wish& wish, const domain::Snapshot& snapshot, std::optional<double> callsPerSecond);

/// What will happen, as the action itself says it, and what stands against it.
[[nodiscard]] QString preview(const Wish& wish, const domain::ActionStanding& standing);

/// "Trip", "Hold open", "Only measure", "Start shadow", "Restart service", "Let Fusebox propose: restart service", ...
[[nodiscard]] QString verb(const Wish& wish);

/// "about 12 calls/s"; "calls" when their number is not known.
[[nodiscard]] QString traffic(std::optional<double> callsPerSecond);

}  // namespace fusebox::intent
