#pragma once
// What people did to each breaker of late, so that nobody acts on a look that others have made stale: two operators must
// not work against each other unseen. What the automaton did is no objection: it is there to be overruled.
// Threads: one at a time; the gate's thread.
// Limits: the last change of each of kMostActors people for kMostBreakers breakers; beyond them some are forgotten.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fusebox::command {

class PastChanges {
public:
    static constexpr std::size_t kMostActors = 16;
    static constexpr std::size_t kMostBreakers = 20'000;

    /// A person's command was applied to the breaker, whose revision is this since.
    void note(const domain::BreakerId& breaker, std::uint64_t revision, const domain::CommandReport& report,
              base::Time now);

    /// Who changed what after the actor of this command looked, in a sentence for the actor; nothing: nobody else.
    /// REQUIRES: the command is for one breaker.
    [[nodiscard]] std::optional<std::string> objectionTo(const domain::Command& command, base::Time now) const;

private:
    struct Change {
        std::uint64_t revision = 0;
        std::string actor;
        std::string what;
        base::Time at{};
    };

    std::unordered_map<domain::BreakerId, std::vector<Change>> m_changes;
};

}  // namespace fusebox::command
