#pragma once
// One action of one breaker as it stands: may it run, what calls for it, how it went so far.
// Threads: one at a time; the RecoveryManager guards it.
// Time: given with each question.

#include <fusebox/recovery/action_plan.h>
#include <fusebox/recovery/cause.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace fusebox::recovery {

class PlannedAction {
public:
    static constexpr std::uint32_t kFailuresToLockOut = 2;

    explicit PlannedAction(ActionPlan plan) : m_plan(std::move(plan)), m_plannedMode(m_plan.mode) {}

    /// Goes on where an earlier plan of the same kind stood: budget, cool-down, lock-out, the last outcome, and the mode that a person
    /// chose, unless the plan itself has another one now.
    void goOnFrom(PlannedAction earlier);

    [[nodiscard]] domain::RecoveryAction kind() const { return m_plan.action->kind(); }
    [[nodiscard]] Action& action() const { return *m_plan.action; }
    [[nodiscard]] const std::shared_ptr<Action>& sharedAction() const { return m_plan.action; }
    [[nodiscard]] const ActionLimits& limits() const { return m_plan.limits; }
    [[nodiscard]] domain::ActionMode mode() const { return m_plan.mode; }
    [[nodiscard]] bool running() const { return m_running; }

    /// A person has decided: it also ends the lock-out.
    void setMode(domain::ActionMode mode);

    [[nodiscard]] bool isCalledForBy(const Cause& cause) const;

    /// What calls for it now; a cause that it has served is not taken again.
    void take(const Cause& cause);
    void withdraw() { m_cause.reset(); }
    [[nodiscard]] const std::optional<Cause>& cause() const { return m_cause; }

    /// Why it cannot run now; empty: it can.
    [[nodiscard]] std::string objectionByHand(base::Time now) const;
    /// By itself it may less: budget and lock-out count, too.
    [[nodiscard]] std::string objectionByItself(base::Time now) const;

    enum class Starter : std::uint8_t { person, itself };
    /// Serves its cause, if there is one.
    void begin(base::Time now, Starter starter);
    /// REQUIRES: it runs.
    void end(const domain::RecoveryOutcome& outcome, base::Time now);
    /// Something more is known of an outcome.
    void update(const domain::RecoveryOutcome& outcome);

    [[nodiscard]] domain::ActionStanding standing(base::Time now) const;
    [[nodiscard]] bool coolsDown(base::Time now) const { return coolDownLeft(now) > base::Duration::zero(); }

private:
    struct Start {
        base::Time at;
        Starter starter;
    };

    [[nodiscard]] base::Duration coolDownLeft(base::Time now) const;
    [[nodiscard]] std::uint32_t startsThisHour(base::Time now, std::optional<Starter> starter) const;
    [[nodiscard]] bool lockedOut() const { return m_failuresInRow >= kFailuresToLockOut; }

    ActionPlan m_plan;
    domain::ActionMode m_plannedMode;  ///< before a person changed it
    std::optional<Cause> m_cause;
    std::optional<Cause> m_served;
    std::deque<Start> m_starts;  ///< of the last hour
    std::optional<base::Time> m_coolUntil;
    std::uint32_t m_failuresInRow = 0;
    bool m_running = false;
    std::optional<domain::RecoveryOutcome> m_last;
};

}  // namespace fusebox::recovery
