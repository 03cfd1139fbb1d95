#include <fusebox/base/log.h>
#include <fusebox/recovery/recovery_manager.h>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace fusebox::recovery {

namespace {

using domain::ActionMode;
using domain::Command;
using domain::CommandKind;
using domain::CommandStatus;
using domain::RecoveryOutcome;
using domain::RecoveryResult;

domain::Level levelOf(RecoveryResult result) {
    const bool isFine = result == RecoveryResult::running || result == RecoveryResult::succeeded;
    return isFine ? domain::Level::info
                  : (result == RecoveryResult::cancelled ? domain::Level::warning : domain::Level::error);
}

/// The result of an action that was stopped in the meantime.
ActionResult asStopped(ActionResult result, bool overdue, base::Duration timeout) {
    if (result.result == RecoveryResult::succeeded) return result;  // it was done all the same
    if (!overdue) {
        result.result = RecoveryResult::cancelled;
        return result;
    }
    result.result = RecoveryResult::timedOut;
    result.detail =
        fmt::format("It did not end within {:g} s. {}", std::chrono::duration<double>(timeout).count(), result.detail);
    return result;
}

}  // namespace

bool RecoveryManager::takes(CommandKind kind) const {
    return kind == CommandKind::action || kind == CommandKind::actionMode || kind == CommandKind::stopActions ||
           kind == CommandKind::resumeActions;
}

bool RecoveryManager::owns(const domain::BreakerId& breaker) const {
    const base::Lock lock(m_mutex);
    return m_breakers.contains(breaker);
}

bool RecoveryManager::ownsGroup(const std::string& group) const {
    const base::Lock lock(m_mutex);
    return std::any_of(m_breakers.begin(), m_breakers.end(),
                       [&](const auto& breaker) { return breaker.second.group == group; });
}

domain::CommandReport RecoveryManager::apply(const Command& command) {
    domain::CommandReport report;
    report.command = command;
    const base::Lock lock(m_mutex);
    if (command.kind == CommandKind::stopActions || command.kind == CommandKind::resumeActions) {
        std::tie(report.status, report.message) = applyToAll(command);
    } else if (!command.group.empty()) {
        std::tie(report.status, report.message) = applyToGroup(command);
    } else {
        std::tie(report.status, report.message) = applyToOne(command.breaker, command);
    }
    m_asked.erase(command.id);
    return report;
}

RecoveryManager::Answer RecoveryManager::applyToAll(const Command& command) {
    const bool stops = command.kind == CommandKind::stopActions;
    m_changed = true;
    m_stoppedBy = stops ? fmt::format("{}: {}", command.actor, command.reason) : std::string();
    if (std::exchange(m_stopped, stops) == stops) {
        return {CommandStatus::applied, stops ? "they were stopped already" : "they were not stopped"};
    }
    return {CommandStatus::applied,
            stops ? "no action starts by itself any more" : "actions start by themselves again"};
}

RecoveryManager::Answer RecoveryManager::applyToGroup(const Command& command) {
    std::size_t done = 0;
    std::string why;
    for (const auto& [id, guarded] : m_breakers) {
        if (guarded.group != command.group) continue;
        const auto [status, message] = applyToOne(id, command);
        if (status == CommandStatus::applied) {
            ++done;
        } else {
            why += fmt::format("{}{}: {}", why.empty() ? "" : " ", id.value, message);
        }
    }
    return {done > 0 ? CommandStatus::applied : CommandStatus::refused,
            fmt::format("done for {} of its breakers. {}", done, why)};
}

RecoveryManager::Answer RecoveryManager::applyToOne(const domain::BreakerId& id, const Command& command) {
    PlannedAction* planned = find(id, command.action);
    if (planned == nullptr) {
        return {CommandStatus::refused,
                fmt::format("{} is no action of this breaker.", domain::toWord(command.action))};
    }
    return command.kind == CommandKind::actionMode ? setMode(*planned, command.mode)
                                                   : begin(id, m_breakers.at(id), *planned, command);
}

RecoveryManager::Answer RecoveryManager::setMode(PlannedAction& planned, ActionMode mode) {
    const ActionMode before = planned.mode();
    planned.setMode(mode);
    m_changed = true;
    return {CommandStatus::applied, fmt::format("{} is {} now; it was {}", domain::toWord(planned.kind()),
                                                domain::toWord(mode), domain::toWord(before))};
}

RecoveryManager::Answer RecoveryManager::begin(const domain::BreakerId& id, Guarded& guarded, PlannedAction& planned,
                                               const Command& command) {
    const base::Time now = m_clock.now();
    const bool byItself = m_asked.contains(command.id);
    std::string objection = byItself ? planned.objectionByItself(now) : planned.objectionByHand(now);
    if (byItself && objection.empty() && (m_stopped || guarded.held)) {
        objection = m_stopped ? "The emergency stop is on." : "A person holds the breaker.";
    }
    if (byItself && objection.empty() && !planned.cause()) objection = "What called for it is over.";
    if (m_ending) objection = "The program is stopping.";
    if (!objection.empty()) return {CommandStatus::refused, objection};

    Run run;
    run.cause = guarded.cause;
    run.startedAt = now;
    run.deadline = now + planned.limits().timeout;
    RecoveryOutcome& outcome = run.outcome;
    outcome.id = domain::RecoveryId(m_lastRun + 1);
    outcome.breaker = id;
    outcome.action = planned.kind();
    const bool wasProposed = planned.cause() && planned.mode() == ActionMode::proposed;
    outcome.mode = byItself ? ActionMode::automatic : (wasProposed ? ActionMode::proposed : ActionMode::manual);
    outcome.actor = byItself ? std::string() : command.actor;
    outcome.reason = command.reason;
    outcome.pattern = run.cause ? run.cause->pattern : std::nullopt;
    outcome.startedAt = m_clock.wallNow();
    outcome.before = guarded.state;

    const Cause cause = run.cause.value_or(Cause{});
    const Occasion occasion{id, outcome.reason, outcome.actor, cause.category, outcome.pattern, cause.error};
    const bool hasPlace = m_runner->start([this, runId = outcome.id, action = planned.sharedAction(), occasion,
                                           stop = run.stop.get_token()] { work(runId, action, occasion, stop); });
    if (!hasPlace) return {CommandStatus::refused, "Too many other actions are running; try again."};
    ++m_lastRun;
    planned.begin(now, byItself ? PlannedAction::Starter::itself : PlannedAction::Starter::person);
    m_log.begin(outcome, now, now + planned.limits().verdictWithin);
    say(domain::EventKind::recoveryAction, domain::Level::info, outcome,
        fmt::format("{} started: {}", domain::toWord(outcome.action), outcome.reason));
    m_runs.emplace(outcome.id, std::move(run));
    m_changed = true;
    return {CommandStatus::applied, "started. " + planned.action().effect()};
}

/// On a thread of the runner. The border for what an action throws.
void RecoveryManager::work(domain::RecoveryId id, const std::shared_ptr<Action>& action, const Occasion& occasion,
                           const std::stop_token& stop) {
    ActionResult result;
    try {
        result = action->run(occasion, stop, [this, id](std::string words) { progress(id, std::move(words)); });
    } catch (const std::exception& trouble) {
        result = failedBecause("It failed inside the program: " + base::logText(trouble.what()));
    } catch (...) {
        result = failedBecause("It failed inside the program: an exception of unknown type");
    }
    end(id, std::move(result));
}

void RecoveryManager::progress(domain::RecoveryId id, std::string words) {
    const base::Lock lock(m_mutex);
    const auto run = m_runs.find(id);
    if (run == m_runs.end() || run->second.overdue) return;
    run->second.outcome.progress = std::move(words);
    m_changed = true;
}

void RecoveryManager::end(domain::RecoveryId id, ActionResult result) {
    const base::Lock lock(m_mutex);
    const auto found = m_runs.find(id);
    if (found == m_runs.end()) return;
    Run run = std::move(found->second);
    m_runs.erase(found);
    const base::Time now = m_clock.now();
    RecoveryOutcome& outcome = run.outcome;
    PlannedAction* planned = find(outcome.breaker, outcome.action);
    if (planned == nullptr) {
        outcome.result = RecoveryResult::cancelled;
        outcome.detail = "Its breaker is not guarded any more.";
        m_log.end(outcome, OutcomeLog::Verdict::none);
        m_changed = true;
        return;
    }
    if (run.stop.stop_requested()) result = asStopped(std::move(result), run.overdue, planned->limits().timeout);
    outcome.result = result.result;
    outcome.detail = std::move(result.detail);
    outcome.output = std::move(result.output);
    outcome.progress.clear();
    outcome.took = now - run.startedAt;
    outcome.after = m_breakers.at(outcome.breaker).state;
    const bool canBeJudged = planned->action().cures() && outcome.before != domain::State::closed &&
                             outcome.result != RecoveryResult::cancelled;
    m_log.end(outcome, canBeJudged ? OutcomeLog::Verdict::awaited : OutcomeLog::Verdict::none);
    planned->end(outcome, now);
    say(domain::EventKind::recoveryAction, levelOf(outcome.result), outcome,
        fmt::format("{} {}: {}", domain::toWord(outcome.action), domain::toWord(outcome.result), outcome.detail));
    m_changed = true;
}

}  // namespace fusebox::recovery
