#include <fusebox/errors/place_evidence.h>

#include <algorithm>

namespace fusebox::errors {

namespace {

// How many different words make a place a value. A programmer who words a message anew for each case seldom has more than
// four cases that agree in all other words; names come in any number.
constexpr std::size_t kEnough = 5;
constexpr std::size_t kEnoughFirst = 8;     ///< the first word mostly says what happens
constexpr std::size_t kEnoughCaps = 8;      ///< state machines have more states than that only rarely in one place
constexpr std::size_t kEnoughStates = 12;   ///< "started" and "paused" are two messages; a dozen states are a column
constexpr std::size_t kEnoughLetters = 3;   ///< a, b, c
constexpr std::size_t kEnoughAssigned = 3;  ///< key=word
constexpr std::size_t kEnoughUsers = 2;     ///< who or what it was that something happened to

std::size_t enoughWords(const PlaceEvidence& evidence, const PlaceContext& context) {
    if (context.user || context.process) return kEnoughUsers;
    if (evidence.states * 2 >= evidence.words) return kEnoughStates;
    if (context.first) return kEnoughFirst;
    if (evidence.letters == evidence.words) return kEnoughLetters;
    if (evidence.caps * 2 > evidence.words) return kEnoughCaps;
    return context.assigned ? kEnoughAssigned : kEnough;
}

}  // namespace

void PlaceEvidence::add(WordKind kind) {
    known = known || kind == WordKind::any;
    value = value || kind == WordKind::value;
    if (kind == WordKind::any || kind == WordKind::value) {
        return;
    }
    ++words;
    states += kind == WordKind::state ? 1U : 0U;
    caps += kind == WordKind::caps ? 1U : 0U;
    letters += kind == WordKind::letter ? 1U : 0U;
}

bool isValuePlace(const PlaceEvidence& evidence, const PlaceContext& context) {
    if (evidence.words == 0 || evidence.known) {
        return true;
    }
    if (context.constants == 0) {
        return false;  // nothing but this word tells one message from another
    }
    const std::size_t thin = context.constants == 1 ? 2 : 1;
    if (evidence.value && evidence.states * 2 < evidence.words) {
        return context.constants >= 2 || evidence.words >= kEnoughAssigned;
    }
    return evidence.words >= enoughWords(evidence, context) * thin;
}

}  // namespace fusebox::errors
