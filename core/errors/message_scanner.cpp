#include <fusebox/errors/message_scanner.h>

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/char_run.h>
#include <fusebox/errors/known_words.h>
#include <fusebox/errors/message_parts.h>
#include <fusebox/errors/name_values.h>
#include <fusebox/errors/number_values.h>
#include <fusebox/errors/numbered_names.h>

#include <algorithm>
#include <cstring>

namespace fusebox::errors {

using namespace char_class;

namespace {

constexpr std::ptrdiff_t kShortestPadded = 16;   ///< Base64 that is worth its padding
constexpr std::ptrdiff_t kLongestCharacter = 4;  ///< bytes of UTF-8: none is cut in two
constexpr std::size_t kChunk = 32;               ///< bytes copied at a time

std::string_view textOf(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

/// Copies in chunks; both buffers are padded for that.
char* copied(const char* begin, const char* end, char* out) {
    const auto length = static_cast<std::size_t>(end - begin);
    std::size_t done = 0;
    do {
        std::memcpy(out + done, begin + done, kChunk);
        done += kChunk;
    } while (done < length);
    return out + length;
}

bool isNumeric(char c) {
    const auto mask = static_cast<Mask>(c);
    return mask == Mask::number || mask == Mask::decimal || mask == Mask::hex || mask == Mask::id;
}

/// Joins values to one within a word.
bool isJoint(char c) {
    return c == '-' || c == '_' || c == '.' || c == ':' || c == '/' || c == '+';
}

/// What stands between the items of a list.
bool separatesItems(std::string_view gap) {
    return gap == " " || gap == "," || gap == ", " || gap == ";" || gap == "; ";
}

/// Two items of one list: equal once masked, or both numbers of whatever form.
bool isSameItem(std::string_view a, std::string_view b) {
    return a == b || (a.size() == 1 && b.size() == 1 && isNumeric(a[0]) && isNumeric(b[0]));
}

}  // namespace

std::string_view MessageScanner::scan(std::string_view message) {
    m_out = m_buffer.data();
    return scanFirstLine(message);
}

std::string_view MessageScanner::scan(std::string_view message, std::string_view type, std::string_view code) {
    m_out = m_buffer.data();
    putHead(type);
    if (!code.empty()) {
        *m_out++ = '[';
        putHead(code);
        *m_out++ = ']';
    }
    *m_out++ = kHeadEnd;
    return scanFirstLine(message);
}

void MessageScanner::putHead(std::string_view text) {
    text = text.substr(0, kMaxHead);
    m_out = std::transform(text.begin(), text.end(), m_out, [](char c) { return isBlank(c) ? ' ' : c; });
}

std::string_view MessageScanner::scanFirstLine(std::string_view message) {
    const std::string_view line = firstLine(message);
    const std::size_t length = std::min(line.size(), kMaxBytes);
    std::copy_n(line.data(), length, m_input.data());
    std::memset(m_input.data() + length, 0, LineMap::kPadding);
    m_map.read(m_input.data(), length);
    m_begin = m_from = m_input.data();
    m_end = m_begin + length;
    m_text = m_out;
    m_lastEnd = nullptr;
    const char* at = isBlank(*m_begin) ? skipBlanks(m_begin) : m_begin;
    while (true) {
        at = m_begin + m_map.nextEvent(static_cast<std::size_t>(at - m_begin));
        if (at >= m_end) break;
        at = scanEvent(at);
    }
    if (m_from < m_end) copyUntil(m_end);
    if (m_out != m_text && m_out[-1] == ' ') --m_out;
    const bool tooLong = m_out - m_text > kMaxMasked;
    if (tooLong) {
        m_out = m_text + kMaxMasked;
        const char* const earliest = m_out - kLongestCharacter;
        while (m_out != earliest && (static_cast<unsigned char>(*m_out) & 0xc0U) == 0x80U) --m_out;
    }
    if (tooLong || line.size() > kMaxBytes) {
        *m_out++ = static_cast<char>(Mask::tail);
    }
    return textOf(m_buffer.data(), m_out);
}

void MessageScanner::copyUntil(const char* p) {
    m_out = copied(m_from, p, m_out);
    m_from = p;
}

const char* MessageScanner::scanEvent(const char* at) {
    const CharMarks kind = classOf(*at);
    if ((kind & (kBlank | kBoundary)) == 0) {
        return scanSign(at);
    }
    return (kind & kBlank) != 0 ? skipBlanks(at) : scanMark(at);
}

/// Writes one blank for all blanks and control characters that follow each other, and none for escapes.
const char* MessageScanner::skipBlanks(const char* at) {
    while (at != m_from && isBlank(at[-1])) --at;
    if (at > m_from) copyUntil(at);
    bool blank = false;
    while (at != m_end && isBlank(*at)) {
        const bool escape = *at++ == '\x1b';
        blank = blank || !escape;
        if (escape) at = skipEscape(at, m_end);
    }
    if (blank && m_out != m_text && m_out[-1] != ' ') *m_out++ = ' ';
    m_from = at;
    return at;
}

const char* MessageScanner::scanMark(const char* at) {
    const bool afterWord = at != m_begin && isAlnum(at[-1]);
    switch (*at) {
        case '(':
            return afterWord ? scanAssigned(at + 1) : at + 1;
        case '=': {
            const char* const word = m_begin + m_map.wordBegin(static_cast<std::size_t>(at - m_begin));
            const bool padded = at[1] == '=' && word >= m_from && at - word >= kShortestPadded;
            if (!padded || skipPadding(at, m_end) != at + 2) return scanAssigned(at + 1);
            copyUntil(word);
            return putValue({at + 2, Mask::id});
        }
        case '<':
            // "<1 sec" is a duration as "3 sec" is; "Switch<0>" is not.
            if (isDigit(at[1])) {
                const Mask mask = matchNumber({at + 1, at + 1, wordEnd(at + 1), m_end, 0}, NumberPlace::free).mask;
                if (mask == Mask::duration || mask == Mask::size) {
                    copyUntil(at);
                    m_from = at + 1;
                }
            }
            return at + 1;
        default:
            return afterWord ? at + 1 : scanQuoted(at);
    }
}

/// Truth values that are assigned or passed are values: "on=true", "on: true", "setOn(true)".
const char* MessageScanner::scanAssigned(const char* at) {
    const char* const word = *at == ' ' ? at + 1 : at;
    if ((classOf(*word) & kTruthInitial) == 0) {
        return at;
    }
    const char* const end = withoutClosing(word, wordEnd(word));
    if (!isTruthWord(textOf(word, end))) {
        return at;
    }
    copyUntil(word);
    return putValue({end, Mask::boolean});
}

/// The text behind msg= or "error": is a message: it is read as one.
bool MessageScanner::isMessageText(const char* quote) const {
    const char* end = quote;
    while (end != m_begin && end[-1] == ' ') --end;
    if (end == m_begin || (end[-1] != '=' && end[-1] != ':')) return false;
    --end;
    if (end != m_begin && end[-1] == '"') --end;
    const char* begin = end;
    while (begin != m_begin && (isAlnum(begin[-1]) || begin[-1] == '@')) --begin;
    return isMessageField(textOf(begin, end));
}

/// A quoted text is a value, unless it is a key, a request or a state.
const char* MessageScanner::scanQuoted(const char* open) {
    const char* const close = closingQuote(open, m_end);
    if (close == nullptr || close[1] == ':' || close[1] == '=') {
        return open + 1;
    }
    const std::string_view content = textOf(open + 1, close);
    const std::string_view firstWord = content.substr(0, content.find(' '));
    const bool request = firstWord.size() < content.size() && isHttpMethod(firstWord);
    if (request || isStateWord(content) || isMessageText(open)) {
        return open + 1;
    }
    copyUntil(open);
    return putValue({close + 1, Mask::quoted});
}

/// A digit, or a sign that can be part of a value: the whole word is looked at.
const char* MessageScanner::scanSign(const char* at) {
    if (isClosing(*at) && !isWordChar(at[1])) {
        return *at == ':' ? scanAssigned(at + 1) : at + 1;  // ends a phrase, as most do
    }
    const char* const end = wordEnd(at);
    const char* begin = m_begin + m_map.wordBegin(static_cast<std::size_t>(at - m_begin));
    begin = std::max(begin, m_from);
    const char* const stop = withoutClosing(begin, end);
    if (at >= stop) {
        return end;
    }
    copyUntil(begin);
    const char* const next = scanValues(begin, stop);
    return next == stop && stop != end && *stop == ':' && stop + 1 == end ? scanAssigned(end) : next;
}

/// One capital that is joined to an id belongs to it: R30-M0-N4-C.
bool MessageScanner::isLetterOfId(const char* p, const char* stop, const char* wordBegin) const {
    const bool joined = m_out - wordBegin >= 2 && m_out[-1] == '-' && m_out[-2] == static_cast<char>(Mask::id);
    return joined && isUpper(*p) && (p + 1 == stop || p[1] == '-' || p[1] == ':');
}

/// Writes a word with the values in it masked; `stop` is where the punctuation at its end begins.
const char* MessageScanner::scanValues(const char* begin, const char* stop) {
    if (isDigit(*begin)) {
        if (const ValueMatch date = matchDayOfMonth(begin)) return putValue(date);
        const ValueMatch number = matchNumber({begin, begin, stop, m_end, 0}, NumberPlace::free);
        if (number.end >= stop) {
            putValue(number);
            return m_from = skipPaddingOfId(begin, number.end);
        }
    }
    if (isLetter(*begin)) {
        const char* const nameEnd = lettersEnd(begin);
        if (isNumberedKey(begin, stop)) {
            return stop;
        }
        if (isNumberedId(nameEnd, stop)) {
            return putValue({stop, Mask::id});
        }
        if (isNumberedName(begin, nameEnd, stop)) {
            if (isTechnologyName(textOf(begin, stop))) return stop;
            char* const out = m_out;
            copyUntil(nameEnd);
            *m_out++ = static_cast<char>(Mask::number);
            foldList(out);
            return m_from = stop;
        }
    }
    return maskPieces(begin, stop);
}

const char* MessageScanner::maskPieces(const char* begin, const char* stop) {
    TextSpan word{begin, begin, stop, m_end, 0};
    // Up to the word's end, not to `stop`: a loop that could be counted beforehand would be turned into a slow one.
    for (const char* q = begin; isWordChar(*q); ++q) {
        word.marks = static_cast<CharMarks>(word.marks | classOf(*q));
    }
    char* const out = m_out;
    bool masked = false;
    const char* p = begin;
    while (p < stop) {
        if (const ValueMatch match = matchAt(p, word)) {
            putMask(match.mask, out);
            masked = true;
            p = match.end;
            continue;
        }
        if (!isLetter(*p)) {
            *m_out++ = *p++;
            continue;
        }
        if (isLetterOfId(p, stop, out)) {
            m_out[-2] = static_cast<char>(Mask::id);
            --m_out;
            ++p;
            continue;
        }
        const char* runEnd = lettersEnd(p);
        if (runEnd != stop && isDigit(*runEnd)) {
            const char* const wholeEnd = alnumEnd(p);
            if (isTechnologyName(textOf(p, wholeEnd))) runEnd = wholeEnd;
        }
        m_out = copied(p, runEnd, m_out);
        p = runEnd;
    }
    if (masked) {
        p = skipPaddingOfId(begin, p);
        foldList(out);
    }
    return m_from = p;
}

/// The value, if one starts at p within the word.
ValueMatch MessageScanner::matchAt(const char* p, const TextSpan& word) const {
    const TextSpan text{word.begin, p, word.wordEnd, word.end, word.marks};
    const CharMarks kind = classOf(*p);
    const bool segmentStart = p == word.begin || p[-1] == ':' || p[-1] == '@';
    const bool runStart = p == word.begin || !isAlnum(p[-1]);
    if ((kind & kDigit) != 0) {
        if (segmentStart && (word.marks & kDot) != 0 && (word.marks & kLetter) != 0) {
            if (const ValueMatch host = matchNumberedHost(text)) return host;
        }
        return matchNumber(text, runStart ? NumberPlace::free : NumberPlace::embedded);
    }
    if ((*p == '-' || *p == '+') && p + 1 != word.wordEnd && isDigit(p[1])) {
        const bool sign = segmentStart || p[-1] == '_';
        return sign ? matchNumber(text, NumberPlace::free) : ValueMatch{};
    }
    if (segmentStart && (kind & kSlash) != 0) {
        return matchPath(text);
    }
    if (segmentStart && ((kind & kHexLetter) != 0 || *p == ':') && (word.marks & (kColon | kDash)) != 0) {
        if (const ValueMatch groups = matchHexGroups(text)) return groups;
    }
    return (kind & kLetter) != 0 && runStart ? matchLetters(text, segmentStart ? RunPlace::segment : RunPlace::inside)
                                             : ValueMatch{};
}

/// "Jul 24 02:38:22": the day decides, the month and the weekday before it have been written already.
ValueMatch MessageScanner::matchDayOfMonth(const char* day) {
    const char* month = m_out - 4;
    if (month < m_text || m_out[-1] != ' ' || (classOf(*month) & kDateInitial) == 0 || !isMonth({month, 3})) {
        return {};
    }
    const ValueMatch date = matchDayAndTime({m_begin, day, m_end, m_end, 0});
    if (!date) {
        return {};
    }
    m_out = m_text + (month - m_text);
    const std::string_view before = textOf(m_text, m_out);
    const std::size_t weekday = before.ends_with(", ") ? 5 : 4;
    if (before.size() >= weekday && before.back() == ' ' && isWeekday(before.substr(before.size() - weekday, 3))) {
        m_out -= weekday;
    }
    return date;
}

const char* MessageScanner::putValue(const ValueMatch& match) {
    char* const begin = m_out;
    *m_out++ = static_cast<char>(match.mask);
    foldList(begin);
    return m_from = match.end;
}

/// Values that hang together within a word are one: R30-M0-N4.
void MessageScanner::putMask(Mask mask, const char* wordBegin) {
    const char c = static_cast<char>(mask);
    const bool joined = m_out - wordBegin >= 2 && isMask(m_out[-2]);
    if (joined && isNumeric(c) && isNumeric(m_out[-2]) && isJoint(m_out[-1])) {
        m_out -= 1;
        m_out[-1] = static_cast<char>(Mask::id);
        return;
    }
    *m_out++ = c;
}

/// A word that repeats the one before it in a list adds nothing: lists of any length read the same.
void MessageScanner::foldList(char* begin) {
    const bool listed = m_lastEnd != nullptr && separatesItems(textOf(m_lastEnd, begin)) &&
                        isSameItem(textOf(m_lastBegin, m_lastEnd), textOf(begin, m_out));
    if (!listed) {
        m_lastBegin = begin;
        m_lastEnd = m_out;
        return;
    }
    if (m_out - begin == 1 && *m_lastBegin != *begin) {
        *m_lastBegin = static_cast<char>(Mask::id);
    }
    m_out = m_lastEnd;
}

const char* MessageScanner::skipPaddingOfId(const char* begin, const char* end) const {
    const bool id = m_out[-1] == static_cast<char>(Mask::id) && end - begin >= kShortestPadded;
    return id ? skipPadding(end, m_end) : end;
}

}  // namespace fusebox::errors
