#pragma once
// A pattern as PatternMiner gives it out: plain values.

#include <fusebox/base/time.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/error_pattern.h>

#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::errors {

struct PatternSample {
    std::string text;
    base::WallTime at{};
    domain::ErrorRef error;  ///< with its context; null when the message came without

    bool operator==(const PatternSample&) const = default;
};

struct Pattern {
    domain::PatternId id;
    std::string text;  ///< "dial tcp <ip>: i/o timeout"; foreign text like the message itself
    std::uint64_t count = 0;
    base::WallTime firstSeen{};
    base::WallTime lastSeen{};
    std::vector<PatternSample> samples;
};

/// One template of a miner's state.
struct SavedTemplate {
    std::string text;
    bool general = false;  ///< stands for templates that were folded into it
    std::uint64_t count = 0;
    base::WallTime firstSeen{};
    base::WallTime lastSeen{};
    std::vector<PatternSample> samples;

    bool operator==(const SavedTemplate&) const = default;
};

/// All that a miner knows. The text is masked (see mask.h): it holds control characters.
struct SavedPatterns {
    std::vector<SavedTemplate> templates;
    std::uint64_t others = 0;

    bool operator==(const SavedPatterns&) const = default;
};

}  // namespace fusebox::errors
