#pragma once
// How much operators may hold before an admin is asked: a hold bridges a trouble; what is held for days, or a whole group at
// once, is a decision about the service. An admin is never refused.
// Counted is the time that a breaker was held within 7 days, by whomever, with holds that lay side by side counted once, and
// how many breakers of a group are held at the same time by operators.
// Threads: one at a time; the gate guards it.
// Time: given with each call; what lies before the start of the program comes in by note() with an earlier time.
// Limits: kMostBreakers; beyond them one that is not held is forgotten. kMostSpans times of each; the oldest are put
// together, so that their sum stays.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fusebox::command {

class HoldLimit {
public:
    static constexpr base::Duration kSpan = std::chrono::hours(7 * 24);
    static constexpr std::size_t kMostBreakers = 20'000;
    static constexpr std::size_t kMostSpans = 32;

    struct Limits {
        base::Duration perWeek = std::chrono::hours(24);  ///< of one breaker; zero: any time
        std::size_t groupPercent = 10;                    ///< of a group's breakers at once; 0: any number
        /// What operators may hold of a group however small it is: one fault often takes a database, its replica and its
        /// cache, and nobody should have to wake an admin for that.
        std::size_t groupFewest = 3;
    };

    /// A breaker that is to be held, and its group.
    struct Aim {
        domain::BreakerId breaker;
        base::Duration left{};  ///< how long holds lie on it yet
        std::string group;      ///< empty: none
    };
    using Members = std::map<std::string, std::vector<domain::BreakerId>>;  ///< of each group

    /// Whose command changed the holds.
    enum class By : std::uint8_t { others, operators };

    explicit HoldLimit(Limits limits) : m_limits(limits) {}

    /// Why an admin must be asked for this hold on these breakers, in a sentence for its actor; nothing: it may pass.
    [[nodiscard]] std::optional<std::string> objectionTo(const domain::Command& hold, const std::vector<Aim>& aims,
                                                         const Members& members, base::Time now);

    /// Holds lie on the breaker for so long yet; zero: none. Earlier times come first.
    /// It is held by operators from the first hold of theirs until no hold is left.
    void note(const domain::BreakerId& breaker, base::Duration left, base::Time now, By by = By::others);

    /// How long holds lie on it yet, as far as was noted.
    [[nodiscard]] base::Duration leftOf(const domain::BreakerId& breaker, base::Time now) const;
    /// How long it was held within the span before now.
    [[nodiscard]] base::Duration heldWithinSpan(const domain::BreakerId& breaker, base::Time now) const;

private:
    struct Span {
        base::Time from{};
        base::Time until{};
    };
    struct Book {
        std::deque<Span> past;     ///< oldest first, none over another
        std::optional<Span> open;  ///< until: when the last hold ends unless it is released
        bool byOperators = false;  ///< of the open one: an operator laid a hold
    };

    [[nodiscard]] Book& bookOf(const domain::BreakerId& breaker, base::Time now);
    static void close(Book& book, base::Time now);
    [[nodiscard]] bool isOperators(const domain::BreakerId& breaker, base::Time now) const;
    [[nodiscard]] std::optional<std::string> objectionToTime(const domain::Command& hold, const Aim& aim,
                                                             base::Time now) const;
    [[nodiscard]] std::optional<std::string> objectionToNumber(const domain::Command& hold,
                                                               const std::vector<Aim>& aims, const Members& members,
                                                               base::Time now) const;

    Limits m_limits;
    std::unordered_map<domain::BreakerId, Book> m_books;
};

}  // namespace fusebox::command
