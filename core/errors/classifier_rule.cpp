#include <fusebox/errors/classifier_rule.h>

#include <fusebox/errors/code_book.h>

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
    if (!type.empty() && !fits(type, error.type) && !fits(type, lastPart(error.type))) return false;
    return text.empty() || contains(error.message, text);
}

}  // namespace fusebox::errors
