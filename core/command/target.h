#pragma once
// Who can carry out commands: the local breakers, the recovery actions, later a remote agent.
// Threads: apply() is called on the gate's thread only and may block for a while; owns() from any thread.

#include <fusebox/domain/command.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::command {

class Target {
public:
    virtual ~Target() = default;

    /// Which kinds it carries out; of others it is not asked. By default those that push the breaker itself.
    [[nodiscard]] virtual bool takes(domain::CommandKind kind) const { return kind <= domain::CommandKind::shadow; }

    [[nodiscard]] virtual bool owns(const domain::BreakerId& breaker) const = 0;

    /// Whether it knows commands by their ids: the same one given again has no second effect. What became unknown may be
    /// sent again to such a target alone.
    [[nodiscard]] virtual bool knowsIds() const { return false; }

    /// Whether it owns at least one breaker of the group.
    [[nodiscard]] virtual bool ownsGroup(const std::string& group) const = 0;

    /// Whether it knows the breaker's revision itself: the gate then refuses who has not seen what others did since.
    /// Nothing: whoever carries the commands out sees to that.
    [[nodiscard]] virtual std::optional<std::uint64_t> revisionOf(const domain::BreakerId&) const {
        return std::nullopt;
    }

    /// How long holds lie on a breaker yet (zero: none), and its group.
    struct Held {
        base::Duration left{};
        std::string group;
    };
    /// Nothing: whoever carries the commands out sees to how much may be held.
    [[nodiscard]] virtual std::optional<Held> heldOf(const domain::BreakerId&) const { return std::nullopt; }

    /// Its breakers of the group, of those whose revision it knows.
    [[nodiscard]] virtual std::vector<domain::BreakerId> membersOf(const std::string&) const { return {}; }

    /// A person has changed something about the breaker, perhaps at another target: its revision must be another now.
    virtual void noteChange(const domain::BreakerId&) {}

    /// Carries the command out and says what became of it: applied, refused (why), failed (why) or unknown. A command for
    /// a group (Command::group) is carried out on all its own breakers of that group, with one report; stopActions and
    /// resumeActions name neither.
    [[nodiscard]] virtual domain::CommandReport apply(const domain::Command& command) = 0;
};

}  // namespace fusebox::command
