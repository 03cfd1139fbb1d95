#include <fusebox/errors/number_values.h>

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/char_run.h>
#include <fusebox/errors/known_words.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::errors {

using namespace char_class;

namespace {

std::string_view textOf(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

/// Groups of digits that hang together: 10.0.0.1:80, 2016/9/27:20:30:31.455, 12,345, 1-4.
struct Cluster {
    static constexpr std::size_t kGroups = 4;  ///< how many are looked at

    const char* end = nullptr;
    std::array<std::ptrdiff_t, kGroups> digits{};  ///< of the first groups
    std::array<char, kGroups> joints{};            ///< behind the first groups
    std::size_t groups = 0;
    bool colon = false;
    bool letters = false;  ///< a group has letters in it
    Mask unit = Mask::none;

    void add(std::ptrdiff_t length) {
        if (groups < kGroups) digits[groups] = length;
        ++groups;
    }
    void join(char joint) {
        if (groups <= kGroups) joints[groups - 1] = joint;
        colon = colon || joint == ':';
    }
    [[nodiscard]] bool isPlain() const { return !letters && (groups == 1 || (groups == 2 && joints[0] == '.')); }
    [[nodiscard]] bool isDate() const {
        const bool joined = joints[0] == joints[1] && (joints[0] == '-' || joints[0] == '/' || joints[0] == '.');
        const bool yearLast = digits[2] == 4 && (groups == 3 || joints[2] == ':');
        return groups >= 3 && joined && (digits[0] == 4 || yearLast);
    }
    [[nodiscard]] bool isIp() const {
        const bool dotted = joints[0] == '.' && joints[1] == '.' && joints[2] == '.';
        return groups >= 4 && dotted && std::all_of(digits.begin(), digits.end(), [](auto n) { return n <= 3; });
    }
    [[nodiscard]] bool isTime() const {
        return (groups >= 2 && joints[0] == ':' && digits[0] <= 2 && digits[1] == 2) || (isDate() && colon);
    }
    [[nodiscard]] Mask mask() const {
        if (groups == 1 && !letters && unit == Mask::none) return Mask::number;
        if (unit != Mask::none) return unit;
        if (isIp()) return Mask::ip;
        if (isTime() || (isDate() && !letters)) return Mask::time;
        if (letters) return Mask::id;
        if (groups == 1) return Mask::number;
        if (groups == 2 && joints[0] == '.') return Mask::decimal;
        return joints[0] == ',' && digits[1] == 3 ? Mask::number : Mask::id;
    }
};

bool isJoint(char c, NumberPlace place) {
    switch (c) {
        case '.':
        case '_':
        case '-':
            return true;
        case ':':
        case '/':
        case ',':
        case '#':
        case '+':
        case 'x':
        case '*':
            return place == NumberPlace::free;
        default:
            return false;
    }
}

/// Behind a joint: the next group's first character, or nothing when no group follows.
const char* nextGroup(const char* p, const char* end, NumberPlace place) {
    if (p == end || !isJoint(*p, place)) {
        return nullptr;
    }
    const char joint = *p;
    do {
        ++p;
    } while (joint == '#' && p != end && *p == '#');
    if (joint == ',' && p != end && (*p == '+' || *p == '-')) ++p;
    return p != end && isDigit(*p) ? p : nullptr;
}

/// Month names inside a date: 10/Oct/2000, 05-Jan-2024.
const char* behindMonth(const char* p, const char* end) {
    if (end - p < 6 || (*p != '/' && *p != '-') || !isLetter(p[1]) || !isMonth({p + 1, 3}) || *p != p[4] ||
        !isDigit(p[5])) {
        return nullptr;
    }
    return p + 5;
}

bool isCompoundDuration(const char* p, const char* end) {
    while (p != end) {
        const char* const letters = digitsEnd(p);
        const char* const next = lettersEnd(letters);
        if (letters == p || unitOf(textOf(letters, next)) != Mask::duration) return false;
        p = next;
    }
    return true;
}

/// The letters behind a group of digits: a unit ends the cluster, anything else makes it an id.
void takeLetters(Cluster& cluster, const char* group, const char* letters) {
    const char* const runEnd = alnumEnd(letters);
    const char* const wordEnd = lettersEnd(letters);
    cluster.end = runEnd;
    const std::string_view word = textOf(letters, wordEnd);
    // Of a run of hexadecimal digits the last letter is no unit: 0000000d, 1f.
    const bool plainNumber =
        cluster.isPlain() && (word.size() > 1 || (letters - group <= 6 && (*group != '0' || cluster.groups > 1)));
    if (wordEnd == runEnd && plainNumber) {
        cluster.unit = unitOf(word);
    } else if (wordEnd != runEnd && isCompoundDuration(group, runEnd)) {
        cluster.unit = Mask::duration;
    }
    cluster.letters = cluster.letters || cluster.unit == Mask::none;
}

Cluster scanCluster(const char* p, const char* end, NumberPlace place) {
    Cluster cluster;
    bool first = true;
    while (true) {
        const char* const digits = digitsEnd(p);
        cluster.add(digits - p);
        cluster.end = digits;
        if (digits != end && isLetter(*digits)) {
            const bool timesSign = *digits == 'x' && digits + 1 != end && isDigit(digits[1]);
            if (place == NumberPlace::embedded && first && !timesSign) {
                return cluster;
            }
            if (!timesSign) takeLetters(cluster, p, digits);
            if (cluster.unit != Mask::none) return cluster;
        }
        first = false;
        const char* next = nextGroup(cluster.end, end, place);
        if (next != nullptr) {
            cluster.join(*cluster.end);
        } else if ((next = behindMonth(cluster.end, end)) != nullptr) {
            cluster.join(*cluster.end);
            cluster.add(2);
            cluster.join(*cluster.end);
        } else {
            return cluster;
        }
        p = next;
    }
}

/// A unit that is written as a word of its own: "12 ms", "2 hours".
ValueMatch unitWord(const char* p, const char* end) {
    if (end - p < 2 || *p != ' ' || !isLetter(p[1])) {
        return {};
    }
    const char* const wordEnd = lettersEnd(p + 1);
    const std::string_view word = textOf(p + 1, wordEnd);
    const bool goesOn = wordEnd != end && (isAlnum(*wordEnd) || *wordEnd == '_' || *wordEnd == '-' || *wordEnd == '=');
    if (goesOn || (word.size() == 1 && word != "s" && word != "B")) {
        return {};
    }
    return {wordEnd, unitOf(word)};
}

/// The same size again in other units: " (18.4 KB)" behind "18846 bytes".
const char* skipRepetition(const char* p, const char* end) {
    if (end - p < 5 || *p != ' ' || p[1] != '(' || !isDigit(p[2])) {
        return p;
    }
    const Cluster cluster = scanCluster(p + 2, end, NumberPlace::free);
    const char* close = cluster.end;
    if (cluster.unit == Mask::none) {
        const ValueMatch unit = unitWord(cluster.end, end);
        if (!unit) return p;
        close = unit.end;
    }
    return close != end && *close == ')' ? close + 1 : p;
}

/// " +0200", " UTC" and the like behind a time.
const char* skipZone(const char* p, const char* end) {
    if (end - p >= 6 && *p == ' ' && (p[1] == '+' || p[1] == '-') && digitsEnd(p + 2) == p + 6) {
        return p + 6;
    }
    if (end - p >= 4 && *p == ' ') {
        const std::string_view zone(p + 1, 3);
        const bool ends = p + 4 == end || !isAlnum(p[4]);
        if (ends && (zone == "UTC" || zone == "GMT")) return p + 4;
    }
    return p;
}

/// "07:16:52,975" behind a date and a blank.
const char* skipTimeOfDay(const char* p, const char* end) {
    if (end - p < 6 || *p != ' ' || !isDigit(p[1])) {
        return p;
    }
    const Cluster cluster = scanCluster(p + 1, end, NumberPlace::free);
    return cluster.isTime() ? cluster.end : p;
}

ValueMatch matchHexNumber(const char* p, const char* end) {
    if (end - p < 3 || *p != '0' || (p[1] != 'x' && p[1] != 'X') || !isHexDigit(p[2])) {
        return {};
    }
    return {alnumEnd(p + 2), Mask::hex};
}

/// A number and the unit behind it, if there is one.
ValueMatch withUnit(ValueMatch number, const char* end) {
    const ValueMatch unit = unitWord(number.end, end);
    if (!unit) return number;
    const Mask mask = unit.mask == Mask::number ? number.mask : unit.mask;
    return {mask == Mask::size ? skipRepetition(unit.end, end) : unit.end, mask};
}

/// 10.0.0.1 or 10.0.0.1:80, and nothing that would make it something else.
ValueMatch matchIp(const char* p, const char* end) {
    for (int group = 0; group < 4; ++group) {
        const char* const next = digitsEnd(p);
        const bool last = group == 3;
        if (next == p || next - p > 3 || (!last && (next == end || *next != '.'))) return {};
        p = last ? next : next + 1;
    }
    if (p != end && *p == ':' && p + 1 != end && isDigit(p[1])) p = digitsEnd(p + 1);
    const bool goesOn = p != end && (isAlnum(*p) || nextGroup(p, end, NumberPlace::free) != nullptr);
    return goesOn ? ValueMatch{} : ValueMatch{p, Mask::ip};
}

constexpr std::array<std::ptrdiff_t, 5> kUuidGroups = {8, 4, 4, 4, 12};

ValueMatch matchUuid(const char* p, const char* end) {
    for (std::size_t i = 0; i < kUuidGroups.size(); ++i) {
        const char* const next = hexEnd(p);
        const bool last = i + 1 == kUuidGroups.size();
        if (next - p != kUuidGroups[i] || (!last && (next == end || *next != '-'))) {
            return {};
        }
        p = last ? next : next + 1;
    }
    return p != end && isAlnum(*p) ? ValueMatch{} : ValueMatch{p, Mask::uuid};
}

/// Groups of hexadecimal digits between colons (or dashes, of two digits): MAC and IPv6 addresses.
ValueMatch matchHexChain(const char* p, const char* end, char joint) {
    std::size_t groups = 0;
    std::size_t pairs = 0;
    bool gap = false;
    bool digit = false;
    bool letter = false;
    while (true) {
        const char* const next = hexEnd(p);
        if (next - p > 4 || (next == p && gap && groups > 0 && (p == end || *p != joint))) {
            break;
        }
        digit = digit || std::any_of(p, next, isDigit);
        letter = letter || std::any_of(p, next, isLetter);
        groups += next == p ? 0U : 1U;
        pairs += next - p == 2 ? 1U : 0U;
        p = next;
        if (p == end || *p != joint || p + 1 == end || (!isHexDigit(p[1]) && p[1] != joint)) break;
        gap = gap || p[1] == joint;
        p += p[1] == joint ? 2 : 1;
    }
    if (!digit || (p != end && isAlnum(*p))) {
        return {};
    }
    if (groups >= 6 && pairs == groups) return {p, Mask::mac};
    // Four groups of digits alone are a time with milliseconds.
    const bool address = joint == ':' && (gap ? groups >= 1 : groups >= (letter ? 4U : 8U));
    return address ? ValueMatch{p, Mask::ip} : ValueMatch{};
}

}  // namespace

ValueMatch matchHexGroups(const TextSpan& text) {
    const char* const group = hexEnd(text.at);
    if (group == text.wordEnd) {
        return {};
    }
    if (*group == ':') {
        if (const ValueMatch address = matchHexChain(text.at, text.wordEnd, ':')) return address;
    }
    if (*group != '-') {
        return {};
    }
    const ValueMatch uuid = matchUuid(text.at, text.wordEnd);
    return uuid ? uuid : matchHexChain(text.at, text.wordEnd, '-');
}

ValueMatch matchNumber(const TextSpan& text, NumberPlace place) {
    const char* p = text.at;
    if (*p == '-' || *p == '+') ++p;
    if (place == NumberPlace::free) {
        const char* const digits = digitsEnd(p);
        const char next = digits != text.end ? *digits : ' ';
        const bool groupsFollow = next == ':' && digits[1] != ' ' && (isHexDigit(digits[1]) || digits[1] == ':');
        if (!isLetter(next) && !groupsFollow && next != '/' &&
            (!isJoint(next, place) || nextGroup(digits, text.end, place) == nullptr)) {
            return withUnit({digits, Mask::number}, text.end);
        }
        if (const ValueMatch ip = next == '.' ? matchIp(p, text.end) : ValueMatch{}) {
            return ip;
        }
        if (const ValueMatch hex = matchHexNumber(p, text.wordEnd)) {
            return hex;
        }
        if (const ValueMatch groups = matchHexGroups({text.begin, p, text.wordEnd, text.end, text.marks})) {
            return groups;
        }
    }
    // A comma joins groups of digits only where no blank follows, so that lists stay lists: 13,48,39 but not "1, 2".
    const Cluster cluster = scanCluster(p, text.end, place);
    ValueMatch match{cluster.end, cluster.mask()};
    if (match.mask == Mask::time) {
        if (!cluster.colon) match.end = skipTimeOfDay(match.end, text.end);
        match.end = skipZone(match.end, text.end);
        return match;
    }
    if (cluster.unit == Mask::none && cluster.isPlain() && place == NumberPlace::free) {
        return withUnit(match, text.end);
    }
    if (match.mask == Mask::size) match.end = skipRepetition(match.end, text.end);
    return match;
}

ValueMatch matchDayAndTime(const TextSpan& text) {
    const char* const day = digitsEnd(text.at);
    const char* const time = skipTimeOfDay(day, text.end);
    if (day - text.at > 2 || time == day) {
        return {};
    }
    // " EST", and " 2004".
    const char* p = time;
    if (text.end - p >= 4 && *p == ' ' && isUpper(p[1])) {
        const char* const zone = lettersEnd(p + 1);
        if (zone - p == 4 && std::all_of(p + 1, zone, isUpper)) p = zone;
    }
    const bool year = text.end - p >= 5 && *p == ' ' && digitsEnd(p + 1) == p + 5;
    return {year ? p + 5 : time, Mask::time};
}

}  // namespace fusebox::errors
