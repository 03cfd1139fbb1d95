#include <fusebox/errors/message_parts.h>

#include <algorithm>
#include <cstddef>

namespace fusebox::errors {

namespace {

constexpr std::ptrdiff_t kLongestQuote = 1024;  ///< beyond that a quote was not closed

}  // namespace

std::string_view firstLine(std::string_view message) {
    while (true) {
        const std::size_t lineEnd = message.find('\n');
        if (lineEnd == std::string_view::npos) {
            return message;
        }
        const std::string_view line = message.substr(0, lineEnd);
        if (!std::all_of(line.begin(), line.end(), isBlank)) {
            return line;
        }
        message.remove_prefix(lineEnd + 1);
    }
}

const char* skipEscape(const char* p, const char* end) {
    if (p == end || *p != '[') return p;
    ++p;
    while (p != end && *p >= 0x20 && *p < 0x40) ++p;
    return p == end ? p : p + 1;
}

const char* closingQuote(const char* open, const char* end) {
    const char* const limit = end - open > kLongestQuote ? open + kLongestQuote : end;
    for (const char* q = open + 1; q < limit; ++q) {
        if (*q == '\\' && q + 1 < limit && (q[1] == *open || q[1] == '\\')) {
            ++q;
        } else if (*q == *open && (q + 1 == end || !isAlnum(q[1]))) {
            return q;
        }
    }
    return nullptr;
}

const char* skipPadding(const char* p, const char* end) {
    const char* q = p;
    while (q != end && *q == '=' && q - p < 2) ++q;
    return q == end || !isAlnum(*q) ? q : p;
}

}  // namespace fusebox::errors
