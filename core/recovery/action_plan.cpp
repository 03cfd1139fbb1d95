#include <fusebox/recovery/action_plan.h>

#include <algorithm>
#include <iterator>

namespace fusebox::recovery {

using domain::Category;
using domain::RecoveryAction;

RecoveryAction usualAction(Category category) {
    switch (category) {
        case Category::rateLimit:
            return RecoveryAction::reduceLoad;
        case Category::authentication:
        case Category::permanent:
            return RecoveryAction::alertAdmin;
        case Category::dataValidation:
            return RecoveryAction::clearCache;
        case Category::transient:
        case Category::unknown:
            break;
    }
    return RecoveryAction::none;
}

std::vector<Category> usualCauses(RecoveryAction action) {
    std::vector<Category> causes;
    std::copy_if(domain::kCategories.begin(), domain::kCategories.end(), std::back_inserter(causes),
                 [&](Category category) { return usualAction(category) == action; });
    return causes;
}

}  // namespace fusebox::recovery
