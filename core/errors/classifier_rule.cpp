#include <fusebox/errors/classifier_rule.h>

#include <fusebox/errors/code_book.h>
#include <fusebox/errors/pieces.h>

#include <algorithm>
#include <string_view>

namespace fusebox::errors {

namespace {

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool alike(char a, char b) {
    return lowered(a) == lowered(b);
}

bool fits(std::string_view wanted, std::string_view given) {
    if (wanted.ends_with('*')) {
        wanted.remove_suffix(1);
        given = given.substr(0, wanted.size());
    }
    return std::equal(wanted.begin(), wanted.end(), given.begin(), given.end(), alike);
}

bool contains(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(), alike) != text.end();
}

}  // namespace

bool ClassifierRule::matches(const domain::Error& error) const {
    if (!system && code.empty() && type.empty() && text.empty()) return false;
    if (system && *system != error.codeSystem) return false;
    if (!code.empty() && !fits(code, error.code)) return false;
    const std::string_view typeName = std::string_view(error.type).substr(0, kLongestName);
    if (!type.empty() && !fits(type, typeName) && !fits(type, lastPart(typeName))) return false;
    if (text.empty()) return true;
    const Pieces pieces = piecesOf(error.message);
    return contains(pieces.head, text) || contains(pieces.tail, text);
}

}  // namespace fusebox::errors
