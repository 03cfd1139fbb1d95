#pragma once
// Masks the values of a message in one pass, so that messages of one kind become one text: "dial tcp 10.0.0.1:80: i/o
// timeout after 30s" reads "dial tcp <ip>: i/o timeout after <duration>".
// What is masked: timestamps, UUIDs, URLs, e-mail addresses, IP and MAC addresses, paths, host names, hexadecimal and other
// numbers, identifiers of mixed letters and digits, sizes and durations with their units, quoted texts, truth values. A
// number glued to a name leaves the name (node-<num>). A list of like values is one value. Words stay: PatternMiner
// decides which of them are values.
// Threads: one scanner per thread; it owns the buffers that it works in.
// Limits: of a message the first line that is not blank counts, and of that 4 KiB: longer ones are dumps. Of the masked text
// 1 KiB is kept: enough to tell messages apart, and templates are stored by the thousand.
// Errors: any bytes are fine. Control characters count as blanks, terminal escapes are left out.

#include <fusebox/errors/line_map.h>
#include <fusebox/errors/value_match.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace fusebox::errors {

class MessageScanner {
public:
    static constexpr std::size_t kMaxBytes = LineMap::kMaxBytes;
    static constexpr std::ptrdiff_t kMaxMasked = 1024;

    /// The masked message. Lifetime: until the next call.
    [[nodiscard]] std::string_view scan(std::string_view message);

    /// The same behind a head of the error's type and code, see kHeadEnd. They are shortened where they are long.
    [[nodiscard]] std::string_view scan(std::string_view message, std::string_view type, std::string_view code);

private:
    static constexpr std::size_t kMaxHead = 96;  ///< of the type, and of the code

    void putHead(std::string_view text);
    std::string_view scanFirstLine(std::string_view message);

    // These look at what stands at `at`, write what must be written and say where to look next.
    const char* scanEvent(const char* at);
    const char* skipBlanks(const char* at);
    const char* scanMark(const char* at);
    const char* scanQuoted(const char* open);
    const char* scanAssigned(const char* at);
    const char* scanSign(const char* at);
    const char* scanValues(const char* begin, const char* stop);
    const char* maskPieces(const char* begin, const char* stop);
    [[nodiscard]] ValueMatch matchAt(const char* p, const TextSpan& word) const;
    [[nodiscard]] ValueMatch matchDayOfMonth(const char* day);
    [[nodiscard]] bool isLetterOfId(const char* p, const char* stop, const char* wordBegin) const;
    [[nodiscard]] bool isMessageText(const char* quote) const;

    void copyUntil(const char* p);
    const char* putValue(const ValueMatch& match);
    void putMask(Mask mask, const char* wordBegin);
    void foldList(char* begin);
    [[nodiscard]] const char* skipPaddingOfId(const char* begin, const char* end) const;
    [[nodiscard]] const char* wordEnd(const char* p) const {
        return m_begin + m_map.wordEnd(static_cast<std::size_t>(p - m_begin));
    }

    LineMap m_map;
    std::array<char, kMaxBytes + LineMap::kPadding> m_input{};
    std::array<char, 2 * kMaxHead + kMaxBytes + LineMap::kPadding> m_buffer{};
    const char* m_begin = nullptr;
    const char* m_end = nullptr;
    const char* m_from = nullptr;  ///< what has not been written yet begins here
    char* m_out = nullptr;
    char* m_text = nullptr;       ///< where the masked message starts in the buffer
    char* m_lastBegin = nullptr;  ///< the last word with a value, as it was written
    char* m_lastEnd = nullptr;
};

}  // namespace fusebox::errors
