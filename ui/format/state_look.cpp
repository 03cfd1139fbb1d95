#include <fusebox/format/state_look.h>

#include <fusebox/format/words.h>

namespace fusebox::format {

namespace {

StateLook heldLook(domain::HoldMode mode) {
    switch (mode) {
        case domain::HoldMode::forceOpen:
            return {word(mode), Shape::lockedOpen, Tone::forced};
        case domain::HoldMode::forceClosed:
            return {word(mode), Shape::lockedClosed, Tone::forced};
        case domain::HoldMode::metricsOnly:
            return {word(mode), Shape::eye, Tone::forced};
        case domain::HoldMode::disabled:
            return {word(mode), Shape::struckRing, Tone::forced};
    }
    return {};
}

}  // namespace

StateLook lookOf(domain::State state, std::optional<domain::HoldMode> heldAs) {
    if (heldAs) return heldLook(*heldAs);
    switch (state) {
        case domain::State::closed:
            return {word(state), Shape::disc, Tone::closed};
        case domain::State::open:
            return {word(state), Shape::cross, Tone::open};
        case domain::State::halfOpen:
            return {word(state), Shape::halfDisc, Tone::halfOpen};
        case domain::State::unknown:
        case domain::State::stale:
            return {word(state), Shape::question, Tone::unknown};
    }
    return {};
}

StateLook lookOf(const domain::Snapshot& snapshot) {
    return lookOf(snapshot.state, snapshot.heldAs);
}

}  // namespace fusebox::format
