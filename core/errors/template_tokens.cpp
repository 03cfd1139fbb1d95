#include <fusebox/errors/template_tokens.h>

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/known_words.h>

#include <algorithm>
#include <cstddef>

namespace fusebox::errors {

namespace {

constexpr std::size_t kMaxWords = 128;
constexpr std::size_t kLongestItem = 4;  ///< words in one item of a list

constexpr char kTail = static_cast<char>(Mask::tail);

bool isAny(char c) {
    return c == static_cast<char>(Mask::word);
}

/// Masks are control characters, which the table takes for blanks.
bool endsWord(char c) {
    return !isMask(c) && !isWordChar(c);
}

/// The bracket that closes what hangs on a word without blanks, "LOCAL(0)", "WorkSource{10113}": it belongs to the word.
std::size_t bracketEnd(std::string_view text, std::size_t open) {
    constexpr std::string_view opening = "([{<";
    constexpr std::string_view closing = ")]}>";
    const std::size_t bracket = opening.find(text[open]);
    if (bracket == std::string_view::npos || open == 0 || !(isAlnum(text[open - 1]) || text[open - 1] == '_')) {
        return std::string_view::npos;
    }
    for (std::size_t i = open + 1; i < text.size(); ++i) {
        if (text[i] == closing[bracket]) return i;
        if (text[i] == ' ' || opening.find(text[i]) != std::string_view::npos) break;
    }
    return std::string_view::npos;
}

std::size_t wordEnd(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        if (!endsWord(text[at])) {
            ++at;
        } else if (const std::size_t close = bracketEnd(text, at); close != std::string_view::npos) {
            at = close + 1;
        } else {
            break;
        }
    }
    return at;
}

WordKind kindOf(std::string_view word) {
    std::size_t letters = 0;
    std::size_t capitals = 0;
    bool masked = false;
    bool inner = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (isAny(word[i])) return WordKind::any;
        masked = masked || isMask(word[i]);
        letters += isLetter(word[i]) ? 1U : 0U;
        capitals += isUpper(word[i]) ? 1U : 0U;
        inner = inner || (i > 0 && isUpper(word[i]) && !isUpper(word[i - 1])) || word[i] == '_' ||
                (word[i] == '.' && i + 1 < word.size());
    }
    if (letters == 0) return masked ? WordKind::value : WordKind::sign;
    if (letters == 1 && !masked) return WordKind::letter;
    const std::size_t end = word.find_last_not_of(".:!?") + 1;
    if (isStateWord(word.substr(0, end))) return WordKind::state;
    if (masked || inner) return capitals == letters ? WordKind::caps : WordKind::name;
    return capitals == letters && letters > 1 ? WordKind::caps : WordKind::prose;
}

/// Do the `length` words from a and from b read the same, with the same gaps inside?
bool sameItem(const std::vector<TemplateWord>& words, std::size_t a, std::size_t b, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) {
        if (words[a + i].text != words[b + i].text || (i > 0 && words[a + i].gap != words[b + i].gap)) return false;
    }
    return true;
}

bool holdsValue(const std::vector<TemplateWord>& words, std::size_t from, std::size_t length) {
    return std::any_of(
        words.begin() + static_cast<std::ptrdiff_t>(from), words.begin() + static_cast<std::ptrdiff_t>(from + length),
        [](const TemplateWord& word) { return std::any_of(word.text.begin(), word.text.end(), isMask); });
}

/// Blanks and commas; a closing bracket and the blank behind it.
bool separatesItems(std::string_view gap, std::size_t length) {
    const bool list = gap.find_first_not_of(" ,;") == std::string_view::npos;
    return list || (length > 1 && gap.find_first_not_of(" ,;()[]<>{}") == std::string_view::npos);
}

/// Keeps the first of equal items that follow each other, "node-<> <> <ok> node-<> <> <ok>", and of letters: "X Y Z".
void foldLists(std::vector<TemplateWord>& words) {
    for (std::size_t length = 1; length <= kLongestItem; ++length) {
        std::size_t i = 0;
        while (i + 2 * length <= words.size()) {
            const std::size_t next = i + length;
            const bool letters = length == 1 && words[i].kind == WordKind::letter && words[next].kind == words[i].kind;
            const bool repeats = holdsValue(words, i, length) && sameItem(words, i, next, length);
            if (separatesItems(words[next].gap, length) && (letters || repeats)) {
                words.erase(words.begin() + static_cast<std::ptrdiff_t>(next),
                            words.begin() + static_cast<std::ptrdiff_t>(next + length));
            } else {
                ++i;
            }
        }
    }
}

}  // namespace

TemplateWords splitTemplate(std::string_view text) {
    TemplateWords split;
    std::size_t at = 0;
    std::size_t gapBegin = 0;
    if (const std::size_t head = text.find(kHeadEnd); head != std::string_view::npos) {
        split.words.push_back({text.substr(0, head + 1), {}, WordKind::head});
        at = gapBegin = head + 1;
    }
    while (at < text.size()) {
        if (endsWord(text[at])) {
            ++at;
            continue;
        }
        const std::size_t end = wordEnd(text, at);
        const std::string_view word = text.substr(at, end - at);
        split.words.push_back({word, text.substr(gapBegin, at - gapBegin), kindOf(word)});
        at = gapBegin = end;
    }
    split.tail = text.substr(gapBegin);
    return split;
}

std::string normalised(std::string_view masked) {
    std::string even(masked);
    const std::size_t head = even.find(kHeadEnd);
    for (std::size_t i = head == std::string::npos ? 0 : head + 1; i < even.size(); ++i) {
        const auto mask = static_cast<Mask>(even[i]);
        const bool kept = mask == Mask::word || mask == Mask::tail || mask == Mask::decimal;
        if (isMask(even[i]) && !kept) even[i] = static_cast<char>(Mask::id);
    }
    TemplateWords split = splitTemplate(even);
    foldLists(split.words);
    const bool tooLong = split.words.size() > kMaxWords;
    if (tooLong) split.words.resize(kMaxWords);
    std::string text;
    text.reserve(even.size());
    for (const TemplateWord& word : split.words) {
        text += word.gap;
        text += word.text;
    }
    text += tooLong ? std::string_view(&kTail, 1) : split.tail;
    return text;
}

}  // namespace fusebox::errors
