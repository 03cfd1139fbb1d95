#pragma once
// How far a wish for several breakers reaches: which of them it can be granted for, which not and why, and what will
// happen, said beforehand.

#include <fusebox/intent/wish.h>

#include <QString>

#include <optional>
#include <vector>

namespace fusebox::intent {

/// A breaker that is meant.
struct Aim {
    domain::BreakerId id;
    const domain::Snapshot* snapshot = nullptr;  ///< nullptr: it is gone
    std::optional<double> callsPerSecond;
};

struct Unable {
    domain::BreakerId id;
    QString whyNot;
};

struct Reach {
    std::vector<Aim> able;
    std::vector<Unable> unable;
};

[[nodiscard]] Reach reachOf(const Wish& wish, const std::vector<Aim>& aims, const QString& actor);

/// "3 of 4 breakers: about 42 calls/s will be refused until each is reset or its wait ends. Left out: search (It is
/// open already.)"
[[nodiscard]] QString preview(const Wish& wish, const Reach& reach);

}  // namespace fusebox::intent
