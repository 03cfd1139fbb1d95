// Decides whether what several operators saw of one breaker can be explained by an order in which the commands took effect
// one after the other (linearizability). The search is that of Wing and Gong with Lowe's memory of places already seen.
#pragma once

#include <cstddef>  // ahead of <compare>: moc cannot read that one of gcc 12 first

#include <array>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace linear {

inline constexpr std::size_t kOperators = 5;
inline constexpr std::size_t kMostOperations = 64;
inline constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

enum class Kind : std::uint8_t { look, trip, reset, hold, release, probe };
enum class State : std::uint8_t { closed, open, halfOpen };

// What there is to know of one breaker. Its revision counts the changes.
struct Register {
    State state = State::closed;
    std::array<std::uint8_t, kOperators> holds{};
    std::uint64_t revision = 0;
    std::array<std::uint64_t, kOperators> changedBy{};  // the revision of each operator's last change; 0: none

    auto operator<=>(const Register&) const = default;
};

struct Wish {
    Kind kind = Kind::look;
    std::size_t operatorIndex = 0;
    std::optional<std::uint64_t> seen;  // the revision that the operator looked at
};

struct Answer {
    bool isApplied = false;
    State state = State::closed;  // these two: since then; of what was applied
    std::uint64_t revision = 0;

    bool operator==(const Answer&) const = default;
};

struct Operation {
    Wish wish;
    std::uint64_t invoked = 0;
    std::uint64_t returned = kNever;
    std::optional<Answer> answer;  // nothing: the reply was lost, it took effect once or not at all
};

// The rules of the breaker alone, without who has seen what.
Answer push(Register& breaker, const Wish& wish);

// Whether another operator changed the breaker after this one looked.
bool isStale(const Register& breaker, const Wish& wish);

// REQUIRES: at most kMostOperations.
bool isLinearizable(const std::vector<Operation>& history);

// One line for each operation, to look at.
std::string textOf(const std::vector<Operation>& history);

}  // namespace linear
