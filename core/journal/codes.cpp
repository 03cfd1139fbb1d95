#include <fusebox/journal/codes.h>

#include <algorithm>
#include <array>

namespace fusebox::journal {

namespace {

using domain::EventKind;
using domain::Level;
using domain::State;

// The place in the list is the number in the file: new words only at the end.
constexpr std::array kKinds{EventKind::transition,     EventKind::command,     EventKind::holdPlaced,
                            EventKind::holdReleased,   EventKind::holdExpired, EventKind::breakerAdded,
                            EventKind::breakerRemoved, EventKind::notice,      EventKind::recoveryAction,
                            EventKind::errorPattern};
static_assert(kKinds.size() == domain::kEventKinds);
constexpr std::array kLevels{Level::info, Level::warning, Level::error};
constexpr std::array kStates{State::closed, State::open, State::halfOpen, State::unknown, State::stale};

template <typename List, typename Word>
std::int64_t placeIn(const List& list, Word word) {
    return std::find(list.begin(), list.end(), word) - list.begin();
}

template <typename List>
auto wordAt(const List& list, std::int64_t code, typename List::value_type harmless) {
    return code >= 0 && code < static_cast<std::int64_t>(list.size()) ? list[static_cast<std::size_t>(code)] : harmless;
}

int weightOf(State state) {
    switch (state) {
        case State::open:
            return 4;
        case State::halfOpen:
            return 3;
        case State::stale:
            return 2;
        case State::closed:
            return 1;
        case State::unknown:
            return 0;
    }
    return 0;
}

}  // namespace

std::int64_t codeOf(domain::EventKind kind) {
    return placeIn(kKinds, kind);
}

std::int64_t codeOf(domain::Level level) {
    return placeIn(kLevels, level);
}

std::int64_t codeOf(domain::State state) {
    return placeIn(kStates, state);
}

std::int64_t codeOf(StatePair states) {
    return codeOf(states.from) * 8 + codeOf(states.to);
}

domain::EventKind kindOfCode(std::int64_t code) {
    return wordAt(kKinds, code, EventKind::notice);
}

domain::Level levelOfCode(std::int64_t code) {
    return wordAt(kLevels, code, Level::error);
}

domain::State stateOfCode(std::int64_t code) {
    return wordAt(kStates, code, State::unknown);
}

StatePair statesOfCode(std::int64_t code) {
    return {stateOfCode(code / 8), stateOfCode(code % 8)};
}

domain::State worseOf(domain::State one, domain::State other) {
    return weightOf(other) > weightOf(one) ? other : one;
}

}  // namespace fusebox::journal
