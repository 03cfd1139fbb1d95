#include <fusebox/models/state_group.h>

namespace fusebox::models {

StateGroup groupOf(const domain::Snapshot& snapshot) {
    if (snapshot.heldAs) return StateGroup::held;
    switch (snapshot.state) {
        case domain::State::closed:
            return StateGroup::closed;
        case domain::State::open:
            return StateGroup::open;
        case domain::State::halfOpen:
            return StateGroup::halfOpen;
        case domain::State::unknown:
        case domain::State::stale:
            return StateGroup::unknown;
    }
    return StateGroup::unknown;
}

}  // namespace fusebox::models
