#pragma once
// How many commands one person may give: against a script that runs wild and against a hand that slips. The program's own
// automata have limits of their own and are not counted, nor is the emergency stop ever refused.
// Threads: one at a time; the gate guards it.
// Time: given with each call.
// Limits: kMostActors people at once; those who have been quiet are forgotten.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace fusebox::command {

class PaceLimit {
public:
    static constexpr base::Duration kSpan = std::chrono::minutes(1);
    static constexpr base::Duration kGroupSpan = std::chrono::minutes(10);
    static constexpr std::size_t kMostActors = 1000;

    struct Limits {
        std::size_t perMinute = 30;           ///< commands of one person; 0: any number
        std::size_t groupsPerTenMinutes = 5;  ///< of these, for a group; 0: any number
    };

    explicit PaceLimit(Limits limits) : m_limits(limits) {}

    /// Counts the command, or says why it must wait. What is refused is not counted.
    [[nodiscard]] std::optional<std::string> objectionTo(const domain::Command& command, base::Time now);

private:
    struct Given {
        std::deque<base::Time> all;
        std::deque<base::Time> groups;
    };

    void forgetOld(Given& given, base::Time now) const;
    void forgetQuiet(base::Time now);

    Limits m_limits;
    std::unordered_map<std::string, Given> m_given;  ///< by actor
};

}  // namespace fusebox::command
