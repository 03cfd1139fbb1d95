#include <fusebox/errors/word_reader.h>

#include <algorithm>

namespace fusebox::errors {

std::string_view sliceOf(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    std::uint32_t symbols = 0;
    std::size_t from = text.size();
    std::size_t to = 0;
    readWords(text, [&](std::uint8_t symbol, std::size_t at) {
        if (symbol != kSpaceSymbol && symbols >= begin && symbols < end) {
            from = std::min(from, at);
            to = at + 1;
        }
        return ++symbols < end;
    });
    return from < to ? text.substr(from, to - from) : std::string_view();
}

}  // namespace fusebox::errors
