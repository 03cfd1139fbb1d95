#pragma once
// The facts of a breaker that stand beside its name: who holds it, how it ramps up, what is in flight, its limit, what
// it would have refused, its preset. Texts are made safe; an empty text is not shown.

#include <fusebox/domain/snapshot.h>

#include <QString>

#include <optional>

namespace fusebox::models {

struct Fact {
    QString text;
    QString more;  ///< for the tooltip

    bool operator==(const Fact&) const = default;
};

struct BreakerFacts {
    Fact proof;                       ///< "0 calls passed, 132 refused since 12:03:11"; filled from a ProofBook
    Fact serving;                     ///< "serving cache, 42 s old"; filled by whoever knows how calls are handled
    Fact hold;                        ///< "held by ann, 28:12 left", "2 holds, the first ends in 4:10"
    Fact ramp;                        ///< "ramp: 50 % pass, step 2 of 3, next in 0:04"
    Fact inFlight;                    ///< "7 in flight, 3 past 2 s, oldest 14 s"
    Fact limit;                       ///< "limit 7 of 20 (adaptive 5 to 40), 12 refused"
    Fact wouldRefuse;                 ///< "would have refused 132 calls"
    Fact preset;                      ///< "balanced"
    std::optional<double> rampShare;  ///< 0..1
    std::optional<double> limitUse;   ///< 0..1

    bool operator==(const BreakerFacts&) const = default;
};

[[nodiscard]] BreakerFacts factsOf(const domain::Snapshot& snapshot);

/// The value of an option of the live configuration, made safe; empty when it is not known.
[[nodiscard]] QString optionOf(const domain::Snapshot& snapshot, std::string_view option);

}  // namespace fusebox::models
