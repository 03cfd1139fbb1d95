#pragma once
// An error as it is kept: the same, or a copy whose long texts are cut.
// Threads: pure functions.

#include <fusebox/domain/error.h>

#include <cstddef>
#include <string_view>

namespace fusebox::errors {

/// What is kept of one error: enough to read, and no megabyte of an error page.
struct SampleLimits {
    std::size_t messageBytes = 2048;
    std::size_t fieldBytes = 256;  ///< of type, code, and each text of the context
    std::size_t attributes = 16;
    std::size_t causes = 4;
};

/// The error itself where it is within the limits. Null stays null.
[[nodiscard]] domain::ErrorRef cutError(const domain::ErrorRef& error, const SampleLimits& limits = {});

/// The first bytes of a text, not in the middle of a UTF-8 character.
[[nodiscard]] std::string_view firstBytes(std::string_view text, std::size_t bytes);

}  // namespace fusebox::errors
