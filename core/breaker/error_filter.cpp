#include <fusebox/breaker/error_filter.h>

#include <algorithm>
#include <cctype>

namespace fusebox::breaker {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// 'x' in the pattern stands for any digit.
bool fits(std::string_view pattern, std::string_view code) {
    return std::ranges::equal(
        pattern, code, [](char wanted, char given) { return wanted == given || (wanted == 'x' && isDigit(given)); });
}

bool fitsCode(std::string_view pattern, const domain::Error& error) {
    const std::string_view system = domain::toWord(error.codeSystem);
    const std::size_t space = pattern.find(' ');
    if (space != std::string_view::npos && pattern.substr(0, space) == system) {
        return fits(pattern.substr(space + 1), error.code);
    }
    return fits(pattern, error.code);
}

bool anyFits(const std::vector<std::string>& codes, const domain::Error& error) {
    const auto excepted = [&](std::string_view code) {
        return code.starts_with('!') && fitsCode(code.substr(1), error);
    };
    return std::ranges::any_of(codes, [&](const std::string& code) { return fitsCode(code, error); }) &&
           std::ranges::none_of(codes, excepted);
}

}  // namespace

bool ErrorFilter::matches(domain::Category category) const {
    return std::ranges::find(categories, category) != categories.end();
}

bool ErrorFilter::matches(const domain::Error& error) const {
    return matches(error.category.value_or(domain::Category::unknown)) ||
           std::ranges::find(types, error.type) != types.end() || anyFits(codes, error);
}

ErrorFilter callersOwnFaults() {
    return {.categories = {domain::Category::authentication, domain::Category::dataValidation},
            .types = {},
            .codes = {"http 4xx", "!http 408", "!http 429"}};
}

}  // namespace fusebox::breaker
