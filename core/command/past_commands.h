#pragma once
// Remembers the last commands with their answers, so that the same command sent twice has one effect and one answer.
// Threads: one at a time; the gate guards it.
// Limits: the given number of answers; the oldest are forgotten first. Commands without an answer yet are always
// remembered.

#include <fusebox/domain/command.h>

#include <cstddef>
#include <deque>
#include <optional>
#include <unordered_map>

namespace fusebox::command {

class PastCommands {
public:
    explicit PastCommands(std::size_t limit) : m_limit(limit) {}

    enum class Standing : std::uint8_t {
        fresh,     ///< never seen: it is remembered now
        waiting,   ///< the same command waits for its answer
        answered,  ///< the same command was answered, see reportOf
        other,     ///< the id belongs to a different command
    };
    [[nodiscard]] Standing enter(const domain::Command& command);

    /// Forgets a command that was entered but could not be taken.
    void withdraw(const domain::CommandId& id);

    void answer(const domain::CommandReport& report);

    [[nodiscard]] std::optional<domain::CommandReport> reportOf(const domain::CommandId& id) const;

private:
    const std::size_t m_limit;
    std::unordered_map<domain::CommandId, domain::CommandReport> m_reports;  ///< pending: waits for its answer
    std::deque<domain::CommandId> m_answered;                                ///< oldest first
};

}  // namespace fusebox::command
