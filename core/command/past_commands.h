#pragma once
// Remembers the last commands with their answers, so that the same command sent twice has one effect and one answer.
// An answer "unknown" settles nothing: such a command may be sent again, and keeps that answer until it has a better one.
// Threads: one at a time; the gate guards it.
// Limits: the given number of answers; the oldest are forgotten first. Commands without an answer yet are always
// remembered.

#include <fusebox/domain/command.h>

#include <cstddef>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace fusebox::command {

class PastCommands {
public:
    explicit PastCommands(std::size_t limit) : m_limit(limit) {}

    enum class Standing : std::uint8_t {
        fresh,     ///< never seen: it is remembered now
        waiting,   ///< the same command waits for its answer
        answered,  ///< the same command was answered, see reportOf
        unknown,   ///< its answer was that nobody knows: it may be sent again, see sendAgain
        other,     ///< the id belongs to a different command
    };
    [[nodiscard]] Standing enter(const domain::Command& command);

    /// It is on its way again, and stands as waiting until it is answered. REQUIRES: its standing is unknown.
    void sendAgain(const domain::CommandId& id);

    /// Forgets a command that was entered but could not be taken.
    void withdraw(const domain::CommandId& id);

    void answer(const domain::CommandReport& report);

    [[nodiscard]] std::optional<domain::CommandReport> reportOf(const domain::CommandId& id) const;

private:
    const std::size_t m_limit;
    std::unordered_map<domain::CommandId, domain::CommandReport> m_reports;  ///< pending: waits for its answer
    std::deque<domain::CommandId> m_answered;                                ///< oldest first
    std::unordered_set<domain::CommandId> m_again;  ///< of the answered ones, those that were sent again
};

}  // namespace fusebox::command
