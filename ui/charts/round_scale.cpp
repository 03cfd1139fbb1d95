#include <fusebox/charts/round_scale.h>

#include <cmath>

namespace fusebox::charts {

double roundStep(double top, int most) {
    const double least = top / most;
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    // Rounding may leave a step a hair too small; that much is forgiven.
    constexpr double kForgiven = 1 - 1e-9;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * kForgiven) return factor * power;
    }
    return 10 * power;
}

RoundScale roundScale(double top, int most) {
    RoundScale scale;
    scale.step = roundStep(top, most);
    scale.marks = static_cast<int>(std::ceil(top / scale.step * (1 - 1e-9)));
    return scale;
}

}  // namespace fusebox::charts
