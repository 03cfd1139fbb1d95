#pragma once
// How a breaker's state looks: a word, a shape and a tone. The shape alone tells the states apart.

#include <fusebox/domain/snapshot.h>
#include <fusebox/domain/state.h>
#include <fusebox/format/theme.h>

#include <QString>

#include <cstdint>
#include <optional>

namespace fusebox::format {

enum class Shape : std::uint8_t {
    disc,          ///< closed: calls pass
    cross,         ///< open: a square with a cross, calls are refused
    halfDisc,      ///< half-open: a ring, half filled
    lockedOpen,    ///< forced open: a padlock on a square
    lockedClosed,  ///< forced closed: a padlock on a disc
    eye,           ///< metrics only: watches, refuses nothing
    struckRing,    ///< disabled: a ring struck through, out of use
    question,      ///< unknown or stale: a dashed ring with a question mark
};

struct StateLook {
    QString word;
    Shape shape = Shape::question;
    Tone tone = Tone::unknown;

    bool operator==(const StateLook&) const = default;
};

[[nodiscard]] StateLook lookOf(domain::State state, std::optional<domain::HoldMode> heldAs = std::nullopt);
[[nodiscard]] StateLook lookOf(const domain::Snapshot& snapshot);

}  // namespace fusebox::format
