#pragma once
// Writes JSON into a string that its owner reuses: no tree, no allocation once the string has grown.
// Numbers are exact: a reader of doubles gets the same value back. What cannot be said in JSON (NaN, infinity) is not
// written. Text that is not valid UTF-8 keeps its valid parts; each broken sequence becomes U+FFFD.
// Threads: one at a time.
// Lifetime: the string outlives it and is complete once it is destroyed.

#include <fusebox/base/time.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::domain {

class JsonWriter {
public:
    /// Appends to `out`.
    explicit JsonWriter(std::string& out) : m_out(out) {}
    ~JsonWriter() { flush(); }
    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;

    /// Marks and keys, as they stand: JSON already.
    template <std::size_t N>
    JsonWriter& raw(const char (&json)[N]) {
        static_assert(N <= kRoom);
        makeRoom(N);
        std::memcpy(m_at, json, N - 1);
        m_at += N - 1;
        return *this;
    }

    JsonWriter& number(std::uint64_t value) {
        makeRoom(kLongestNumber);
        if (value < 10) {
            *m_at++ = static_cast<char>('0' + value);  // most counts of a quiet breaker
            return *this;
        }
        m_at = std::to_chars(m_at, m_at + kLongestNumber, value).ptr;
        return *this;
    }
    JsonWriter& truth(bool value) { return value ? raw("true") : raw("false"); }
    /// Milliseconds with up to six decimals: exact to the nanosecond.
    JsonWriter& ms(base::Duration span);
    /// Milliseconds since 1970, UTC.
    JsonWriter& unixMs(base::WallTime time);
    /// REQUIRES: finite.
    JsonWriter& real(double value);
    /// Quoted; a word of our own that needs no escapes.
    JsonWriter& word(std::string_view word);
    /// Quoted and escaped.
    JsonWriter& text(std::string_view text);

    // A field whose key comes with comma and colon, left out where there is nothing to say.
    template <std::size_t N>
    void msField(const char (&key)[N], const std::optional<base::Duration>& span) {
        if (span) {
            raw(key).ms(*span);
        }
    }
    template <std::size_t N>
    void numberField(const char (&key)[N], const std::optional<std::uint64_t>& value) {
        if (value) {
            raw(key).number(*value);
        }
    }
    template <std::size_t N>
    void realField(const char (&key)[N], std::optional<double> value) {
        if (value && std::isfinite(*value)) {
            raw(key).real(*value);
        }
    }
    template <std::size_t N>
    void textField(const char (&key)[N], std::string_view value) {
        if (!value.empty()) {
            raw(key).text(value);
        }
    }
    /// An array; `each` writes one item.
    template <std::size_t N, typename List, typename Each>
    void listField(const char (&key)[N], const List& list, Each each) {
        raw(key).raw("[");
        bool first = true;
        for (const auto& item : list) {
            if (!first) {
                raw(",");
            }
            first = false;
            each(item);
        }
        raw("]");
    }

private:
    static constexpr std::size_t kRoom = 2048;
    static constexpr std::size_t kLongestNumber = 32;

    void makeRoom(std::size_t bytes) {
        if (static_cast<std::size_t>(m_buffer.data() + kRoom - m_at) < bytes) [[unlikely]] {
            flush();
        }
    }
    void flush() {
        m_out.append(m_buffer.data(), static_cast<std::size_t>(m_at - m_buffer.data()));
        m_at = m_buffer.data();
    }
    void plain(std::string_view bytes);
    void millionths(std::uint64_t value);
    void escaped(std::string_view text);

    std::string& m_out;
    std::array<char, kRoom> m_buffer;  // not cleared: only what is written is read
    char* m_at = m_buffer.data();
};

}  // namespace fusebox::domain
