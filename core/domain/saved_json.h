#pragma once
// Saved breakers as a file's text, and back.
// Errors: what is read is checked whole: one value that cannot be, and nothing is taken. The trouble names the place
// ("breakers[3].holds[0].mode") and what is allowed there.
// Limits: 64 MiB; 100,000 breakers with 64 holds, 50 transitions and 1,024 slices each; spans up to ten years.

#include <fusebox/base/result.h>
#include <fusebox/domain/saved_breaker.h>

#include <string>
#include <string_view>
#include <vector>

namespace fusebox::domain {

[[nodiscard]] std::string savedToJson(const std::vector<SavedBreaker>& breakers);

/// Errors: invalidInput.
[[nodiscard]] base::Result<std::vector<SavedBreaker>> savedFromJson(std::string_view text);

}  // namespace fusebox::domain
