#pragma once
// Keeps the beginning and the end of what a program prints, however much it is.
// Errors: bytes that are no UTF-8, and control characters other than line break and tab, are shown as U+FFFD.
// Limits: kHead + kTail bytes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fusebox::recovery {

class KeptOutput {
public:
    static constexpr std::size_t kHead = 4096;
    static constexpr std::size_t kTail = 12288;

    void add(std::string_view bytes);

    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    /// With a line that says how much is left out, if something is.
    [[nodiscard]] std::string text() const;
    /// The last line that is not empty, for progress; cut.
    [[nodiscard]] std::string lastLine() const;

private:
    std::string m_head;
    std::string m_tail;  ///< cut when it is twice as long as it may be
    std::uint64_t m_bytes = 0;
};

/// The same as valid UTF-8 that steers no terminal.
[[nodiscard]] std::string legible(std::string_view bytes);

}  // namespace fusebox::recovery
