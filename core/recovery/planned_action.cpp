#include <fusebox/recovery/planned_action.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::recovery {

namespace {

constexpr base::Duration kHour = std::chrono::hours(1);

long secondsLeft(base::Duration left) {
    return static_cast<long>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

}  // namespace

void PlannedAction::goOnFrom(PlannedAction earlier) {
    if (earlier.m_plannedMode == m_plannedMode) m_plan.mode = earlier.m_plan.mode;
    earlier.m_plan = std::move(m_plan);
    earlier.m_plannedMode = m_plannedMode;
    *this = std::move(earlier);
}

void PlannedAction::setMode(domain::ActionMode mode) {
    m_plan.mode = mode;
    m_failuresInRow = 0;
}

bool PlannedAction::isCalledForBy(const Cause& cause) const {
    const auto& causes = m_plan.causes;
    return std::find(causes.begin(), causes.end(), cause.category) != causes.end() &&
           cause.error.find(m_plan.errorText) != std::string::npos;
}

void PlannedAction::take(const Cause& cause) {
    if (!m_served || !m_served->isSameAs(cause)) m_cause = cause;
}

std::string PlannedAction::objectionByHand(base::Time now) const {
    if (m_running) return "It is running.";
    if (const base::Duration left = coolDownLeft(now); left > base::Duration::zero()) {
        return fmt::format("It cools down: {} s left.", secondsLeft(left));
    }
    return m_plan.action->whyNot();
}

std::string PlannedAction::objectionByItself(base::Time now) const {
    if (lockedOut()) {
        return fmt::format("It failed {} times in a row: only a person may run it.", m_failuresInRow);
    }
    if (startsThisHour(now, Starter::itself) >= m_plan.limits.budgetPerHour) {
        return fmt::format("Its budget of {} in an hour is used up.", m_plan.limits.budgetPerHour);
    }
    return objectionByHand(now);
}

void PlannedAction::begin(base::Time now, Starter starter) {
    m_running = true;
    while (!m_starts.empty() && now - m_starts.front().at >= kHour) m_starts.pop_front();
    m_starts.push_back({now, starter});
    if (m_cause) m_served = std::exchange(m_cause, std::nullopt);
}

void PlannedAction::end(const domain::RecoveryOutcome& outcome, base::Time now) {
    m_running = false;
    m_coolUntil = now + m_plan.limits.coolDown;
    m_last = outcome;
    using domain::RecoveryResult;
    if (outcome.result == RecoveryResult::succeeded) {
        m_failuresInRow = 0;
    } else if (outcome.result != RecoveryResult::cancelled) {
        ++m_failuresInRow;
    }
}

void PlannedAction::update(const domain::RecoveryOutcome& outcome) {
    if (m_last && m_last->id == outcome.id) m_last = outcome;
}

domain::ActionStanding PlannedAction::standing(base::Time now) const {
    domain::ActionStanding standing;
    standing.action = kind();
    standing.mode = m_plan.mode;
    standing.effect = m_plan.action->effect();
    standing.whyNot = objectionByHand(now);
    standing.timeout = m_plan.limits.timeout;
    standing.coolDown = m_plan.limits.coolDown;
    standing.coolDownLeft = std::chrono::ceil<std::chrono::seconds>(coolDownLeft(now));
    standing.doneThisHour = startsThisHour(now, std::nullopt);
    standing.budgetPerHour = m_plan.limits.budgetPerHour;
    standing.failuresInRow = m_failuresInRow;
    standing.lockedOut = lockedOut();
    standing.running = m_running;
    if (m_cause && m_plan.mode != domain::ActionMode::manual) {
        standing.proposal = m_cause->text;
        const std::string waitsFor =
            m_plan.mode == domain::ActionMode::automatic ? objectionByItself(now) : std::string();
        if (!waitsFor.empty()) standing.proposal += " It does not start by itself now: " + waitsFor;
    }
    standing.last = m_last;
    return standing;
}

base::Duration PlannedAction::coolDownLeft(base::Time now) const {
    return m_coolUntil ? std::max(*m_coolUntil - now, base::Duration::zero()) : base::Duration::zero();
}

std::uint32_t PlannedAction::startsThisHour(base::Time now, std::optional<Starter> starter) const {
    return static_cast<std::uint32_t>(std::count_if(m_starts.begin(), m_starts.end(), [&](const Start& start) {
        return now - start.at < kHour && (!starter || start.starter == *starter);
    }));
}

}  // namespace fusebox::recovery
