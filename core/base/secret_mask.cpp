#include <fusebox/base/secret_mask.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace fusebox::base {

namespace {

constexpr std::string_view kMask = "***";
constexpr std::string_view kEndsOfAddress = "/?#\\\"'<>()[]{}, \t\r\n";
constexpr std::string_view kEndsOfValue = "\\\"'&;,)}]<> \t\r\n";
constexpr std::string_view kBetween = "\\\"' ";
constexpr std::size_t kLongName = 20;
constexpr std::size_t kLongCredential = 16;

/// What stands before a mark that tells a secret. `spaced`: also with a space between, as in a header; words that prose uses
/// ("unexpected token: }") are not.
struct Word {
    std::string_view ending;
    bool spaced;
};
constexpr std::array kWords{Word{"password", true},   Word{"passwd", true},      Word{"pwd", true},
                            Word{"passphrase", true}, Word{"secret", false},     Word{"token", false},
                            Word{"api_key", true},    Word{"api-key", true},     Word{"apikey", true},
                            Word{"access_key", true}, Word{"private_key", true}, Word{"authorization", true},
                            Word{"cookie", true},     Word{"credential", false}, Word{"credentials", false},
                            Word{"signature", false}, Word{"sig", false},        Word{"requirepass", true}};

constexpr std::array<std::string_view, 5> kSchemes{"bearer", "basic", "digest", "negotiate", "token"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isSame(std::string_view text, std::string_view lowerCase) {
    return text.size() == lowerCase.size() &&
           std::equal(text.begin(), text.end(), lowerCase.begin(), [](char a, char b) { return lower(a) == b; });
}

class Masking {
public:
    explicit Masking(std::string& text) : m_text(text) {}

    void run() {
        for (std::size_t at = find(":=", 0); at != std::string::npos; at = find(":=", at + 1)) {
            if (view(at, 3) == "://") {
                maskAddress(at + 3);
            } else if (const Word* word = wordBefore(at)) {
                maskValue(at + 1, *word);
            }
        }
        for (std::size_t at = m_text.find(' '); at != std::string::npos; at = m_text.find(' ', at + 1)) {
            if (isScheme(lastWord(at))) {
                maskCredential(at + 1);
            }
        }
    }

private:
    [[nodiscard]] std::size_t find(std::string_view any, std::size_t from) const {
        return m_text.find_first_of(any, from);
    }
    [[nodiscard]] std::string_view view(std::size_t from, std::size_t count) const {
        return std::string_view(m_text).substr(std::min(from, m_text.size()), count);
    }
    [[nodiscard]] std::size_t endOf(std::size_t from, std::string_view ends) const {
        return std::min(find(ends, from), m_text.size());
    }

    /// The password between the name and the last '@' of the address, or a name so long that it is a token.
    void maskAddress(std::size_t from) {
        const std::string_view authority = view(from, endOf(from, kEndsOfAddress) - from);
        const std::size_t at = authority.rfind('@');
        if (at == std::string_view::npos) {
            return;
        }
        const std::size_t colon = authority.substr(0, at).find(':');
        if (colon != std::string_view::npos) {
            replace(from + colon + 1, at - colon - 1);
        } else if (at >= kLongName) {
            replace(from, at);
        }
    }

    [[nodiscard]] const Word* wordBefore(std::size_t mark) const {
        std::size_t end = mark;
        while (end > 0 && mark - end < 4 && kBetween.find(m_text[end - 1]) != std::string_view::npos) {
            --end;
        }
        const auto word = std::find_if(kWords.begin(), kWords.end(), [&](const Word& each) {
            const std::size_t size = each.ending.size();
            return end >= size && lower(m_text[end - 1]) == each.ending.back() &&
                   isSame(view(end - size, size), each.ending);
        });
        return word == kWords.end() ? nullptr : word;
    }

    void maskValue(std::size_t from, const Word& word) {
        std::size_t begin = from;
        while (begin < m_text.size() && kBetween.find(m_text[begin]) != std::string_view::npos) {
            ++begin;
        }
        if (!word.spaced && view(from, begin - from).find(' ') != std::string_view::npos) {
            return;
        }
        std::size_t end = endOf(begin, kEndsOfValue);
        if (isScheme(view(begin, end - begin)) && view(end, 1) == " ") {
            begin = end + 1;
            end = endOf(begin, kEndsOfValue);
        }
        replace(begin, end - begin);
    }

    [[nodiscard]] std::string_view lastWord(std::size_t end) const {
        std::size_t begin = end;
        while (begin > 0 && end - begin < 10 && lower(m_text[begin - 1]) >= 'a' && lower(m_text[begin - 1]) <= 'z') {
            --begin;
        }
        return view(begin, end - begin);
    }

    [[nodiscard]] static bool isScheme(std::string_view word) {
        return std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view each) { return isSame(word, each); });
    }

    /// "Basic authentication failed" is prose: a credential has a digit, or is long.
    void maskCredential(std::size_t from) {
        const std::string_view word = view(from, endOf(from, kEndsOfValue) - from);
        const bool hasDigit = word.find_first_of("0123456789") != std::string_view::npos;
        if (word.size() >= kLongCredential || (hasDigit && word.size() >= kLongCredential / 2)) {
            replace(from, word.size());
        }
    }

    void replace(std::size_t from, std::size_t count) {
        if (count > 0) {
            m_text.replace(from, count, kMask);
        }
    }

    std::string& m_text;
};

}  // namespace

std::string withoutSecrets(std::string text) {
    Masking(text).run();
    return text;
}

}  // namespace fusebox::base
