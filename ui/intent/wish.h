#pragma once
// What an operator wants done to one breaker, before it is a command.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>
#include <fusebox/domain/snapshot.h>

#include <QString>

#include <optional>
#include <vector>

namespace fusebox::intent {

struct Wish {
    domain::CommandKind kind = domain::CommandKind::trip;
    domain::HoldMode holdMode = domain::HoldMode::forceOpen;  ///< hold
    std::optional<base::Duration> duration;                   ///< hold: until it expires; nothing: until it is released
    std::optional<domain::HoldId> hold;                       ///< release: which one; nothing: all of the actor's
    std::vector<domain::ConfigEntry> options;                 ///< configure, shadow; shadow without any: end it
    QString reason;
};

/// Whether a wish can be granted now, and if not, why: a sentence for a tooltip.
struct Possibility {
    bool enabled = true;
    QString whyNot;
};

[[nodiscard]] Possibility possible(const Wish& wish, const domain::Snapshot& snapshot, const QString& actor);

/// One or two sentences that say beforehand what will happen:
/// "About 12 calls/s will be refused until it is reset or its wait of 30 s ends."
[[nodiscard]] QString preview(const Wish& wish, const domain::Snapshot& snapshot, std::optional<double> callsPerSecond);

/// "Trip", "Hold open", "Hold closed", "Only measure", "Release", "Configure", "Start shadow", "End shadow", ...
[[nodiscard]] QString verb(const Wish& wish);

/// "about 12 calls/s"; "calls" when their number is not known.
[[nodiscard]] QString traffic(std::optional<double> callsPerSecond);

}  // namespace fusebox::intent
