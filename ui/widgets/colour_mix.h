#pragma once
// An opaque colour between two others: tints that do not depend on what lies below.

#include <QColor>

namespace fusebox::widgets {

/// share 0: the ground, 1: the tint. REQUIRES: 0 <= share <= 1.
[[nodiscard]] inline QColor mixed(const QColor& ground, const QColor& tint, double share) {
    const auto between = [share](int from, int to) { return static_cast<int>(from + (to - from) * share + 0.5); };
    return {between(ground.red(), tint.red()), between(ground.green(), tint.green()),
            between(ground.blue(), tint.blue())};
}

}  // namespace fusebox::widgets
