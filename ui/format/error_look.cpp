#include <fusebox/format/error_look.h>

namespace fusebox::format {

QColor colourOf(domain::Category category, const Theme& theme) {
    switch (category) {
        case domain::Category::transient:
            return theme.seriesP50;
        case domain::Category::permanent:
            return theme.outcomeFailure;
        case domain::Category::rateLimit:
            return theme.outcomeSlow;
        case domain::Category::authentication:
            return theme.outcomeRejected;
        case domain::Category::dataValidation:
            return theme.outcomeSuccess;
        case domain::Category::unknown:
            return theme.stateUnknown;
    }
    return theme.stateUnknown;
}

}  // namespace fusebox::format
