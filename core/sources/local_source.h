#pragma once
// The breakers of this process: as a source their ticks, snapshots and events enter the frames, as a target commands
// reach them.
// Threads: as collector::Source and command::Target.
// Errors: what a breaker does not allow is reported as refused, with its reason.

#include <fusebox/base/mutex.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/source.h>
#include <fusebox/command/target.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fusebox::sources {

class LocalSource final : public collector::Source, public command::Target {
public:
    /// Asks for a call through this breaker soon; does nothing for a breaker that the program calls itself.
    using Wake = std::function<void(const domain::BreakerId&)>;

    /// REQUIRES: breakers not null. `wake` is called on the gate's thread, to make the probe that an operator asked
    /// for.
    explicit LocalSource(std::shared_ptr<breaker::CircuitBreakerManager> breakers, Wake wake = {});

    void gather(collector::Gathered& into) override;

    [[nodiscard]] bool owns(const domain::BreakerId& breaker) const override;

    [[nodiscard]] bool ownsGroup(const std::string& group) const override;

    [[nodiscard]] std::optional<std::uint64_t> revisionOf(const domain::BreakerId& breaker) const override;
    [[nodiscard]] std::optional<Held> heldOf(const domain::BreakerId& breaker) const override;
    [[nodiscard]] std::vector<domain::BreakerId> membersOf(const std::string& group) const override;
    void noteChange(const domain::BreakerId& breaker) override;

    /// Where it matters (trip, reset, hold) a command is refused when the holds on the breaker have changed since its
    /// actor looked: two operators must not work against each other unseen. What the automaton did in the meantime is
    /// no objection. A change of the configuration is refused when the configuration has changed since. A command for
    /// a group is carried out on each of its breakers as it is then, whatever its actor saw.
    [[nodiscard]] domain::CommandReport apply(const domain::Command& command) override;

private:
    struct SeenHolds {
        std::vector<domain::HoldId> ids;
        std::uint64_t revision = 0;  ///< of the first snapshot with these holds
    };

    [[nodiscard]] domain::CommandReport applyToOne(const domain::Command& command);
    [[nodiscard]] domain::CommandReport applyToGroup(const domain::Command& command);
    void noteHolds(const std::vector<domain::Snapshot>& snapshots, std::size_t from);
    [[nodiscard]] bool holdsChangedSince(const domain::Command& command, const domain::Snapshot& now) const;

    const std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    const Wake m_wake;
    mutable base::Mutex m_mutex;
    std::shared_ptr<const std::vector<domain::CallDurations>> m_durations;
    std::uint32_t m_untilDurations = 0;  ///< frames
    std::unordered_map<domain::BreakerId, SeenHolds> m_seenHolds FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::sources
