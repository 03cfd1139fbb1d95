#include <fusebox/models/fleet_summary.h>

namespace fusebox::models {

std::size_t FleetSummary::count(StateGroup group) const {
    switch (group) {
        case StateGroup::closed:
            return closed;
        case StateGroup::open:
            return open;
        case StateGroup::halfOpen:
            return halfOpen;
        case StateGroup::held:
            return held;
        case StateGroup::unknown:
            return unknown;
    }
    return 0;
}

}  // namespace fusebox::models
