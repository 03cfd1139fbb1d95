#include <fusebox/errors/name_values.h>

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/char_run.h>
#include <fusebox/errors/known_words.h>
#include <fusebox/errors/number_values.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace fusebox::errors {

using namespace char_class;

namespace {

std::string_view textOf(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

const char* withoutClosingPunctuation(const char* begin, const char* end) {
    while (end != begin && isClosing(end[-1])) --end;
    return end;
}

/// Up to the first blank, quote or closing bracket.
const char* urlEnd(const char* p, const char* end) {
    const char* q = p;
    while (q != end && !isBlank(*q) && std::string_view("\"'`<>()[]{}|").find(*q) == std::string_view::npos) ++q;
    return withoutClosingPunctuation(p, q);
}

bool isPathEnd(char c) {
    return !isWordChar(c) || c == ':';
}

/// A bracket that opens right behind a slash belongs to the path up to where it closes: /log//[2017-07-03]-x.txt
const char* skipBracketedName(const char* p, const char* end) {
    const char close = *p == '[' ? ']' : *p == '(' ? ')' : *p == '{' ? '}' : '\0';
    if (close == '\0') return p;
    const char* const found = std::find(p, end, close);
    return found == end ? p : found + 1;
}

/// Behind = or : a path goes on when a further name and a slash follow: "/logs/run=3:1/x", but not "/a:/b" or "/a=1".
bool pathGoesOn(const char* p, const char* end) {
    const char* q = p;
    while (q != end && *q != '/' && (!isPathEnd(*q) || *q == ':')) ++q;
    return q != p && q != end && *q == '/';
}

const char* pathEnd(const char* p, const char* end) {
    const char* q = p;
    while (q != end) {
        if (!isPathEnd(*q)) {
            ++q;
        } else if (const char* next = q != p && q[-1] == '/' ? skipBracketedName(q, end) : q; next != q) {
            q = next;
        } else if ((*q == '=' || *q == ':') && pathGoesOn(q + 1, end)) {
            ++q;
        } else {
            break;
        }
    }
    return withoutClosingPunctuation(p, q);
}

/// As pathEnd, but a blank ends it only if no backslash follows in the next word: C:\Program Files\x.
const char* windowsPathEnd(const char* p, const char* end) {
    const char* q = p;
    while (true) {
        q = pathEnd(q, end);
        if (q == end || *q != ' ') return q;
        const char* const nextWord = pathEnd(q + 1, end);
        const std::string_view word = textOf(q + 1, nextWord);
        const std::size_t backslash = word.find('\\');
        if (backslash == std::string_view::npos || backslash == 0) return q;
        q = nextWord;
    }
}

/// host:port as one value, since the port often stays away.
const char* skipPort(const char* p, const char* end) {
    if (p == end || *p != ':') return p;
    const char* const q = digitsEnd(p + 1);
    const bool port = q != p + 1 && q - p <= 6 && (q == end || !isAlnum(*q));
    return port ? q : p;
}

/// What stands behind the last dot; empty when there is none.
std::string_view lastLabel(const char* begin, const char* end) {
    const char* p = end;
    while (p != begin && p[-1] != '.') --p;
    return p == begin ? std::string_view() : textOf(p, end);
}

/// Letters, digits and dashes between dots, all small but for the first label.
bool isHostShaped(const char* begin, const char* end) {
    const char* const firstDot = std::find(begin, end, '.');
    for (const char* p = begin; p != end; ++p) {
        const CharMarks kind = classOf(*p);
        if ((kind & kDot) != 0 ? (p == begin || p[-1] == '.') : (kind & (kLetter | kDigit | kDash)) == 0 && *p != '_') {
            return false;
        }
        if ((kind & kUpper) != 0 && p > firstDot) return false;
    }
    return !startsReverseName(textOf(begin, firstDot));
}

/// A known ending, or three labels and a port.
bool isHost(const char* begin, const char* end, NameEnding ending, const char* textEnd) {
    if (ending == NameEnding::other && (skipPort(end, textEnd) == end || std::count(begin, end, '.') < 2)) {
        return false;
    }
    const std::string_view top = lastLabel(begin, end);
    return top.size() >= 2 && isLetter(top.front()) && isHostShaped(begin, end);
}

/// A name without dots that is a host because of the port behind it: node-12:9000, localhost:80.
bool isServer(std::string_view name, std::ptrdiff_t portLength) {
    constexpr std::ptrdiff_t shortest = 5;  // the colon, and more digits than most counts have
    if (name == "localhost") return portLength > 0;
    const bool numbered = std::any_of(name.begin(), name.end(), isDigit);
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return isAlnum(c) || c == '-'; });
    return portLength >= shortest && numbered && plain;
}

/// local@host.tld; what lies before the @ has been checked by the caller.
const char* emailEnd(const char* at, const char* end) {
    const char* q = at + 1;
    while (q != end && (isAlnum(*q) || *q == '.' || *q == '-')) ++q;
    q = withoutClosingPunctuation(at + 1, q);
    const std::string_view domain = textOf(at + 1, q);
    const std::size_t dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return nullptr;
    const std::string_view top = domain.substr(dot + 1);
    const bool letters = top.size() >= 2 && std::all_of(top.begin(), top.end(), isLetter);
    return letters ? q : nullptr;
}

/// Counts over one run of letters and digits.
struct RunShape {
    std::size_t length = 0;
    std::size_t digits = 0;
    std::size_t turns = 0;   ///< from letters to digits or back
    std::size_t shifts = 0;  ///< between small letters and capitals
    bool hex = true;

    explicit RunShape(std::string_view run) : length(run.size()) {
        for (std::size_t i = 0; i < run.size(); ++i) {
            digits += isDigit(run[i]) ? 1U : 0U;
            hex = hex && isHexDigit(run[i]);
            if (i == 0) continue;
            turns += isDigit(run[i]) != isDigit(run[i - 1]) ? 1U : 0U;
            shifts += isLetter(run[i]) && isLetter(run[i - 1]) && isUpper(run[i]) != isUpper(run[i - 1]) ? 1U : 0U;
        }
    }
    /// Hexadecimal, or letters and digits shuffled as no name has them.
    [[nodiscard]] bool isRandom() const {
        if (hex && length >= 6 && digits >= 2) return true;
        if (turns >= 3 && length >= 5 && digits * 4 >= length) return true;
        return length >= 16 && turns >= 1 && (turns + shifts) * 3 >= length;
    }
};

/// A number too long to count things, or see RunShape.
bool isRandomRun(const char* begin, const char* end) {
    if (lettersEnd(begin) == end) return false;
    if (digitsEnd(begin) == end) return end - begin >= 9;
    return end - begin >= 5 && RunShape(textOf(begin, end)).isRandom();
}

bool isRandomIdentifier(std::string_view segment) {
    const char* p = segment.data();
    const char* const end = p + segment.size();
    while (p != end) {
        const char* const q = alnumEnd(p);
        const bool hexNumber = q - p > 2 && *p == '0' && (p[1] == 'x' || p[1] == 'X');
        if (q != p && !hexNumber && isRandomRun(p, q)) {
            return true;
        }
        p = q == end ? q : q + 1;
    }
    return false;
}

bool startsIp(const char* p, const char* end) {
    if (p == end || !isDigit(*p)) return false;
    return matchNumber({p, p, end, end, 0}, NumberPlace::free).mask == Mask::ip;
}

/// Words joined by slashes that are a path all the same: three or more, or a file with an ending.
bool isRelativePath(std::string_view segment) {
    const auto slashes = std::count(segment.begin(), segment.end(), '/');
    const std::string_view last = segment.substr(segment.rfind('/') + 1);
    const std::size_t dot = last.rfind('.');
    const bool file = dot != std::string_view::npos && dot > 0 && dot + 1 < last.size() && isLetter(last[dot + 1]);
    return slashes >= 2 || file;
}

ValueMatch matchWithSlash(const TextSpan& text, const char* segmentEnd) {
    const char* const slash = std::find(text.at, segmentEnd, '/');
    if (startsIp(slash + 1, text.end)) {
        return {matchNumber({text.begin, slash + 1, text.wordEnd, text.end, 0}, NumberPlace::free).end, Mask::ip};
    }
    const char* const end = pathEnd(text.at, text.end);
    return isRelativePath(textOf(text.at, end)) ? ValueMatch{end, Mask::path} : ValueMatch{};
}

/// "node-3.log": the rest of a word that is the name of a data file.
ValueMatch matchFileName(const TextSpan& text) {
    const char* const segmentEnd = std::find(text.at, text.wordEnd, ':');
    const char* const end = withoutClosingPunctuation(text.at, segmentEnd);
    const char* dot = end;
    while (dot != text.at && *dot != '.' && end - dot < 8) --dot;
    const bool named = *text.at != '.' && dot != text.at && dot != end && *dot == '.';
    return named && endingOf(textOf(dot + 1, end)) == NameEnding::dataFile ? ValueMatch{end, Mask::path} : ValueMatch{};
}

/// One letter and digits are a label, not a name with a number: R30, A8, v2.
ValueMatch matchLabel(const TextSpan& text) {
    const char* const p = text.at;
    if (p + 1 == text.wordEnd || !isDigit(p[1])) {
        return {};
    }
    const bool listed = p - text.begin >= 2 && isDigit(p[-2]);
    const char* const runEnd = alnumEnd(p);
    if (!listed && isTechnologyName(textOf(p, runEnd))) {
        return {};
    }
    return {matchNumber({text.begin, p + 1, text.wordEnd, text.end, text.marks}, NumberPlace::free).end, Mask::id};
}

/// Letters and digits shuffled, in the midst of a word.
ValueMatch matchRandomRun(const TextSpan& text) {
    const char* const end = alnumEnd(text.at);
    return isRandomRun(text.at, end) ? ValueMatch{end, Mask::id} : ValueMatch{};
}

/// A segment: a word, or a part of one behind a colon, that is a value as a whole.
ValueMatch matchName(const TextSpan& text) {
    const auto has = [&text](CharMarks marks) { return (text.marks & marks) != 0; };
    const char* segmentEnd = has(kColon) ? std::find(text.at, text.wordEnd, ':') : text.wordEnd;
    if (segmentEnd != text.wordEnd) {
        if (text.end - segmentEnd > 3 && segmentEnd[1] == '/' && segmentEnd[2] == '/') {
            return {urlEnd(segmentEnd, text.end), Mask::url};
        }
        if (segmentEnd - text.at == 1 && segmentEnd + 1 != text.end &&
            (segmentEnd[1] == '\\' || segmentEnd[1] == '/')) {
            return {windowsPathEnd(segmentEnd + 1, text.end), Mask::path};
        }
    }
    if (const char* const at = has(kAt) ? std::find(text.at, segmentEnd, '@') : segmentEnd; at != segmentEnd) {
        const char* const end = at != text.at ? emailEnd(at, text.end) : nullptr;
        if (end != nullptr) return {end, Mask::email};
        segmentEnd = at;
    }
    if (has(kSlash) && std::find(text.at, segmentEnd, '/') != segmentEnd) {
        if (const ValueMatch match = matchWithSlash(text, segmentEnd)) return match;
        segmentEnd = std::find(text.at, segmentEnd, '/');
    }
    if (has(kDot)) {
        const NameEnding ending = endingOf(lastLabel(text.at, segmentEnd));
        if (ending == NameEnding::dataFile) return {segmentEnd, Mask::path};
        if (isHost(text.at, segmentEnd, ending, text.end)) return {skipPort(segmentEnd, text.end), Mask::host};
    }
    if (!has(kDigit)) {
        return {};
    }
    if (has(kColon)) {
        const char* const port = skipPort(segmentEnd, text.end);
        if (isServer(textOf(text.at, segmentEnd), port - segmentEnd)) return {port, Mask::host};
    }
    const std::string_view segment = textOf(text.at, withoutClosingPunctuation(text.at, segmentEnd));
    return isRandomIdentifier(segment) ? ValueMatch{segment.data() + segment.size(), Mask::id} : ValueMatch{};
}

}  // namespace

ValueMatch matchPath(const TextSpan& text) {
    const char* const p = text.at;
    if (p + 1 == text.end) return {};
    if (*p == '\\') {
        const bool share = p[1] == '\\' && p + 2 != text.end && (isAlnum(p[2]) || p[2] == '?' || p[2] == '.');
        return share ? ValueMatch{windowsPathEnd(p, text.end), Mask::path} : ValueMatch{};
    }
    if (*p == '~') {
        return p[1] == '/' ? ValueMatch{pathEnd(p, text.end), Mask::path} : ValueMatch{};
    }
    if (startsIp(p + 1, text.end)) {
        return {matchNumber({text.begin, p + 1, text.wordEnd, text.end, 0}, NumberPlace::free).end, Mask::ip};
    }
    const bool named = isAlnum(p[1]) || p[1] == '.' || p[1] == '_' || p[1] == '/' || p[1] == '~';
    const char* const end = pathEnd(p, text.end);
    return named && end - p >= 2 ? ValueMatch{end, Mask::path} : ValueMatch{};
}

ValueMatch matchNumberedHost(const TextSpan& text) {
    const char* const segmentEnd = std::find(text.at, text.wordEnd, ':');
    if (!isLetter(segmentEnd[-1])) return {};
    const bool host = isHost(text.at, segmentEnd, endingOf(lastLabel(text.at, segmentEnd)), text.end);
    return host ? ValueMatch{skipPort(segmentEnd, text.end), Mask::host} : ValueMatch{};
}

ValueMatch matchLetters(const TextSpan& text, RunPlace place) {
    if (place == RunPlace::segment) {
        if (const ValueMatch name = matchName(text)) return name;
    } else if ((text.marks & (kDigit | kDot)) == 0) {
        return {};
    } else if (const ValueMatch file = matchFileName(text)) {
        return file;
    } else if (const ValueMatch random = matchRandomRun(text)) {
        return random;
    }
    return matchLabel(text);
}

}  // namespace fusebox::errors
