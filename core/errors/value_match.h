#pragma once
// Where a value that starts at some place of a message ends, and what it is.

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/mask.h>

namespace fusebox::errors {

struct ValueMatch {
    const char* end = nullptr;
    Mask mask = Mask::none;

    explicit operator bool() const { return mask != Mask::none; }
};

/// The part of a message that a value is looked for in.
struct TextSpan {
    const char* begin = nullptr;    ///< what lies before `at` and may be looked at
    const char* at = nullptr;       ///< where the value would start
    const char* wordEnd = nullptr;  ///< of the word that holds `at`: everything up to the next blank or bracket
    const char* end = nullptr;      ///< of the message
    CharMarks marks = 0;            ///< of all characters of the word
};

}  // namespace fusebox::errors
