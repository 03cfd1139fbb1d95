#pragma once
// The groups of the summary strip. Each breaker is in exactly one: a held one counts as held, whatever its automaton
// says.

#include <fusebox/domain/snapshot.h>

#include <QFlags>

namespace fusebox::models {

enum class StateGroup {
    closed = 0x01,
    open = 0x02,
    halfOpen = 0x04,
    held = 0x08,
    unknown = 0x10,  ///< unknown or stale
};

/// None set means: all.
using StateGroups = QFlags<StateGroup>;
Q_DECLARE_OPERATORS_FOR_FLAGS(StateGroups)

[[nodiscard]] StateGroup groupOf(const domain::Snapshot& snapshot);

}  // namespace fusebox::models
