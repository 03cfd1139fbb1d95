#pragma once
// Errors that say the same but for the values in them.

#include <fusebox/base/strong_id.h>

#include <cstdint>

namespace fusebox::domain {

/// Made of the pattern's text: the same in every run. 0 stands for all that could not be kept apart.
using PatternId = base::StrongId<struct PatternIdTag, std::uint64_t>;

}  // namespace fusebox::domain
