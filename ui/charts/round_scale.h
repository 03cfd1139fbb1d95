#pragma once
// Round marks for a vertical axis that begins at zero.

#include <vector>

namespace fusebox::charts {

/// The distance of the marks, 1, 2 or 5 times a power of ten, so that at most `most` reach `top`.
/// REQUIRES: top > 0; most >= 1.
[[nodiscard]] double roundStep(double top, int most);

struct RoundScale {
    double step = 1;
    int marks = 1;  ///< above zero

    [[nodiscard]] double top() const { return step * marks; }
    bool operator==(const RoundScale&) const = default;
};

/// The smallest scale whose top is not below `top`.
[[nodiscard]] RoundScale roundScale(double top, int most = 4);

}  // namespace fusebox::charts
