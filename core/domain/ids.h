#pragma once
// The ids of the domain. A breaker's id is unique over all sources; for local breakers it is the name.

#include <fusebox/base/strong_id.h>

#include <cstdint>
#include <string>

namespace fusebox::domain {

using BreakerId = base::StrongId<struct BreakerIdTag, std::string>;
using CommandId = base::StrongId<struct CommandIdTag, std::string>;
using HoldId = base::StrongId<struct HoldIdTag, std::uint64_t>;
/// Made of the pattern's text: the same in every run. 0 stands for all that could not be kept apart.
using PatternId = base::StrongId<struct PatternIdTag, std::uint64_t>;
using RecoveryId = base::StrongId<struct RecoveryIdTag, std::uint64_t>;
using EventId = base::StrongId<struct EventIdTag, std::uint64_t>;

}  // namespace fusebox::domain
