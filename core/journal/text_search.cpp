#include <fusebox/journal/text_search.h>

#include <sqlite3.h>

#include <algorithm>
#include <memory>

namespace fusebox::journal {

namespace {

constexpr std::size_t kFurthest = 255;

constexpr std::array<unsigned char, 256> kFold = [] {
    std::array<unsigned char, 256> fold{};
    for (std::size_t i = 0; i < fold.size(); ++i) {
        fold[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i - 'A' + 'a' : i);
    }
    return fold;
}();

unsigned char folded(char c) {
    return kFold[static_cast<unsigned char>(c)];
}

std::string_view textOf(sqlite3_value* value) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void forget(void* needle) {
    const std::unique_ptr<Needle> owned(static_cast<Needle*>(needle));
}

void holds(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
        return sqlite3_result_int(context, 0);
    }
    // The needle is the same for all rows, and is looked at once.
    if (const auto* kept = static_cast<const Needle*>(sqlite3_get_auxdata(context, 1)); kept != nullptr) {
        return sqlite3_result_int(context, kept->isIn(textOf(values[0])) ? 1 : 0);
    }
    auto needle = std::make_unique<Needle>(textOf(values[1]));
    sqlite3_result_int(context, needle->isIn(textOf(values[0])) ? 1 : 0);
    sqlite3_set_auxdata(context, 1, needle.release(), forget);
}

}  // namespace

Needle::Needle(std::string_view text) : m_folded(text) {
    std::transform(m_folded.begin(), m_folded.end(), m_folded.begin(),
                   [](char c) { return static_cast<char>(folded(c)); });
    const std::size_t length = m_folded.size();
    m_skip.fill(static_cast<std::uint8_t>(std::min(std::max<std::size_t>(length, 1), kFurthest)));
    for (std::size_t i = 0; i + 1 < length; ++i) {
        m_skip[folded(m_folded[i])] = static_cast<std::uint8_t>(std::min(length - 1 - i, kFurthest));
    }
}

bool Needle::isIn(std::string_view text) const {
    const std::size_t length = m_folded.size();
    if (length == 0) {
        return true;
    }
    for (std::size_t end = length - 1; end < text.size(); end += m_skip[folded(text[end])]) {
        std::size_t left = length;
        while (left > 0 && folded(text[end + left - length]) == folded(m_folded[left - 1])) {
            --left;
        }
        if (left == 0) {
            return true;
        }
    }
    return false;
}

int addTextSearch(sqlite3* database) {
    return sqlite3_create_function_v2(database, "holds", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                      nullptr, holds, nullptr, nullptr, nullptr);
}

}  // namespace fusebox::journal
