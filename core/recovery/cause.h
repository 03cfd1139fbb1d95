#pragma once
// Why something should be done about a breaker: it tripped, or a kind of error that does not trip it does not end.
// Lifetime: plain values.

#include <fusebox/domain/category.h>
#include <fusebox/domain/ids.h>

#include <cstdint>
#include <optional>
#include <string>

namespace fusebox::recovery {

struct Cause {
    enum class Kind : std::uint8_t {
        trip,   ///< `number` is the sequence of the transition CLOSED -> OPEN: once per outage
        alarm,  ///< `number` counts the breaker's alarms
    };

    domain::BreakerId breaker;
    Kind kind = Kind::trip;
    std::uint64_t number = 0;
    domain::Category category = domain::Category::unknown;  ///< that most of its errors have
    std::optional<domain::PatternId> pattern;               ///< that most of its errors have, once it is known
    std::string error;                                      ///< the newest of them; may be empty
    std::string text;                                       ///< one sentence for people

    [[nodiscard]] bool isSameAs(const Cause& other) const {
        return kind == other.kind && number == other.number && breaker == other.breaker;
    }
};

}  // namespace fusebox::recovery
