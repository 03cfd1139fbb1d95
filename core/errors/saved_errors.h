#pragma once
// All that is known of errors as a file's text, and back, so that patterns outlive the program.
// Errors: what is read is checked whole: invalidInput, with the place in the file and what is wrong there.
// Limits: 32 MiB; 2,000 patterns and 10,000 templates. JSON has no place for bytes that are no UTF-8: a pattern whose text
// has some is a new one to who reads it.

#include <fusebox/base/result.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/errors/pattern.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace fusebox::errors {

/// A longer text is not read.
inline constexpr std::size_t kLargestSavedErrors = 32U << 20U;

struct SavedErrors {
    domain::ErrorReport report;
    SavedPatterns mined;  ///< without samples: those of the report are all
};

[[nodiscard]] std::string savedErrorsToJson(const SavedErrors& saved);

[[nodiscard]] base::Result<SavedErrors> savedErrorsFromJson(std::string_view text);

}  // namespace fusebox::errors
