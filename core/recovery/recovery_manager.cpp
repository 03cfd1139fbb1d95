#include <fusebox/recovery/recovery_manager.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fusebox::recovery {

namespace {

constexpr std::size_t kWaitingEvents = 1024;
constexpr base::Duration kReportPause = std::chrono::seconds(1);
constexpr base::Duration kAnswerLimit = std::chrono::seconds(10);
constexpr const char* kOwnName = "Fusebox";

/// What it may be changed by: a hold that only watches leaves the breaker to itself.
bool isInHand(const domain::Snapshot& snapshot) {
    return snapshot.heldAs && *snapshot.heldAs != domain::HoldMode::metricsOnly;
}

std::string verdictOf(const domain::RecoveryOutcome& outcome) {
    if (outcome.closedAfter) {
        return fmt::format("{} helped: CLOSED after {:.1f} s", domain::toWord(outcome.action),
                           std::chrono::duration<double>(*outcome.closedAfter).count());
    }
    return fmt::format("{} did not help: not CLOSED in time", domain::toWord(outcome.action));
}

}  // namespace

RecoveryManager::RecoveryManager(const base::Clock& clock, std::shared_ptr<Runner> runner)
    : m_clock(clock), m_runner(std::move(runner)), m_events(kWaitingEvents) {}

RecoveryManager::~RecoveryManager() {
    stop();
}

void RecoveryManager::setGate(Submit submit) {
    const base::Lock lock(m_mutex);
    m_submit = std::move(submit);
}

void RecoveryManager::plan(const domain::BreakerId& breaker, std::string group, std::vector<ActionPlan> actions) {
    Guarded guarded;
    guarded.group = std::move(group);
    for (ActionPlan& one : actions) guarded.actions.emplace_back(std::move(one));
    const base::Lock lock(m_mutex);
    if (const auto before = m_breakers.find(breaker); before != m_breakers.end()) {
        guarded.state = before->second.state;
        guarded.held = before->second.held;
        guarded.cause = before->second.cause;
        for (PlannedAction& one : guarded.actions) {
            // Copied: find() looks at all of them again for the next one, and what was moved from has no kind.
            if (const PlannedAction* earlier = find(breaker, one.kind())) one.goOnFrom(*earlier);
        }
    }
    m_breakers.insert_or_assign(breaker, std::move(guarded));
    m_changed = true;
}

void RecoveryManager::forget(const domain::BreakerId& breaker) {
    const base::Lock lock(m_mutex);
    for (auto& [id, run] : m_runs) {
        if (run.outcome.breaker == breaker) run.stop.request_stop();
    }
    m_breakers.erase(breaker);
    m_changed = true;
}

void RecoveryManager::stop() {
    {
        const base::Lock lock(m_mutex);
        m_ending = true;
        for (auto& [id, run] : m_runs) run.stop.request_stop();
    }
    m_runner->stop();
}

void RecoveryManager::accept(const domain::FrameRef& frame) {
    std::vector<domain::Command> due;
    Submit submit;
    {
        const base::Lock lock(m_mutex);
        const base::Time now = m_clock.now();
        noteStates(*frame);
        takeCauses(*frame);
        findPatterns(*frame);
        judge(*frame, now);
        endOverdue(now);
        if (m_submit) due = dueByThemselves(now);
        submit = m_submit;
    }
    for (domain::Command& command : due) submit(std::move(command));
}

void RecoveryManager::noteStates(const domain::Frame& frame) {
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        const auto found = snapshot.identity ? m_breakers.find(snapshot.identity->id) : m_breakers.end();
        if (found == m_breakers.end()) continue;
        found->second.state = snapshot.state;
        found->second.held = isInHand(snapshot);
    }
}

void RecoveryManager::takeCauses(const domain::Frame& frame) {
    for (const Cause& cause : m_causes.look(frame)) {
        const auto found = m_breakers.find(cause.breaker);
        if (found == m_breakers.end()) continue;
        found->second.cause = cause;
        for (PlannedAction& planned : found->second.actions) {
            if (!planned.isCalledForBy(cause)) continue;
            planned.take(cause);
            propose(cause.breaker, planned);
        }
    }
    for (auto& [id, guarded] : m_breakers) {
        if (guarded.cause && !m_causes.goesOn(*guarded.cause)) guarded.cause.reset();
        for (PlannedAction& planned : guarded.actions) {
            if (!planned.cause() || m_causes.goesOn(*planned.cause())) continue;
            planned.withdraw();
            m_changed = true;
        }
    }
}

/// The errors are sorted on another thread: which pattern leads is known a little later than the trip.
void RecoveryManager::findPatterns(const domain::Frame& frame) {
    if (!frame.errors) return;
    for (auto& [id, run] : m_runs) {
        if (!run.cause || run.outcome.pattern) continue;
        const auto pattern = leadingPattern(frame, *run.cause);
        if (!pattern) continue;
        run.outcome.pattern = pattern;
        m_log.setPattern(id, *pattern);
        m_changed = true;
    }
    for (auto& [id, guarded] : m_breakers) {
        if (guarded.cause && !guarded.cause->pattern) guarded.cause->pattern = leadingPattern(frame, *guarded.cause);
    }
}

void RecoveryManager::judge(const domain::Frame& frame, base::Time now) {
    for (const domain::RecoveryOutcome& outcome : m_log.judge(frame.snapshots, now)) {
        if (PlannedAction* planned = find(outcome.breaker, outcome.action)) planned->update(outcome);
        say(domain::EventKind::recoveryAction, outcome.closedAfter ? domain::Level::info : domain::Level::warning,
            outcome, verdictOf(outcome));
        m_changed = true;
    }
}

void RecoveryManager::endOverdue(base::Time now) {
    for (auto& [id, run] : m_runs) {
        if (run.overdue || now < run.deadline) continue;
        run.overdue = true;
        run.outcome.progress = "Its time is over: it is being stopped";
        run.stop.request_stop();
        m_changed = true;
    }
}

std::vector<domain::Command> RecoveryManager::dueByThemselves(base::Time now) {
    std::vector<domain::Command> due;
    // A gate that has no place for a command tells only the events.
    std::erase_if(m_asked, [&](const auto& asked) { return now - asked.second.at >= kAnswerLimit; });
    if (m_stopped || m_ending) return due;
    for (auto& [id, guarded] : m_breakers) {
        // Who is asked for already counts as started: one at a time for each breaker, no more than there is room for.
        const auto isAsked = [&, &breaker = id](const auto& asked) { return asked.second.breaker == breaker; };
        if (std::any_of(m_asked.begin(), m_asked.end(), isAsked)) continue;
        for (PlannedAction& planned : guarded.actions) {
            if (m_runner->room() <= m_asked.size() || !isReadyByItself(id, guarded, planned, now)) continue;
            due.push_back(commandFor(id, planned, now));
            break;
        }
    }
    return due;
}

bool RecoveryManager::isReadyByItself(const domain::BreakerId& id, const Guarded& guarded, const PlannedAction& planned,
                                      base::Time now) const {
    if (!planned.cause() || planned.mode() != domain::ActionMode::automatic || guarded.held) return false;
    const bool waitsForOthers = planned.action().cures() && m_log.isAwaited(id);
    return !waitsForOthers && planned.objectionByItself(now).empty();
}

domain::Command RecoveryManager::commandFor(const domain::BreakerId& id, const PlannedAction& planned, base::Time now) {
    domain::Command command;
    // Unlike those of an earlier run of the program, whose commands may be remembered elsewhere.
    command.id =
        domain::CommandId(fmt::format("recovery-{}-{}", m_clock.wallNow().time_since_epoch().count(), ++m_lastAsked));
    command.kind = domain::CommandKind::action;
    command.breaker = id;
    command.actor = kOwnName;
    command.origin = domain::kRecoveryOrigin;
    command.reason = planned.cause()->text;
    command.action = planned.kind();
    m_asked.emplace(command.id, Asked{id, now});
    return command;
}

void RecoveryManager::gather(collector::Gathered& into) {
    std::vector<domain::Event> events = m_events.drain();
    std::move(events.begin(), events.end(), std::back_inserter(into.events));
    into.lostEvents += m_events.takeLost();
    const base::Lock lock(m_mutex);
    refreshReport(m_clock.now());
    into.recovery = m_report;
}

std::shared_ptr<const domain::RecoveryReport> RecoveryManager::report() const {
    const base::Lock lock(m_mutex);
    return m_report;
}

void RecoveryManager::refreshReport(base::Time now) {
    if (m_breakers.empty() || (m_report && !m_changed && now - m_reportedAt < kReportPause)) return;
    m_reportedAt = now;
    std::vector<domain::BreakerRecovery> breakers;
    for (const auto& [id, guarded] : m_breakers) {
        domain::BreakerRecovery one;
        one.breaker = id;
        for (const PlannedAction& planned : guarded.actions) one.actions.push_back(planned.standing(now));
        breakers.push_back(std::move(one));
    }
    if (m_report && !m_changed && m_report->breakers == breakers) return;
    m_changed = false;
    auto report = std::make_shared<domain::RecoveryReport>();
    report->stopped = m_stopped;
    report->stoppedBy = m_stoppedBy;
    report->breakers = std::move(breakers);
    report->history = m_log.history();
    for (domain::RecoveryOutcome& outcome : report->history) {
        if (const auto run = m_runs.find(outcome.id); run != m_runs.end()) outcome = run->second.outcome;
    }
    report->rates = m_log.rates();
    m_report = std::move(report);
}

PlannedAction* RecoveryManager::find(const domain::BreakerId& breaker, domain::RecoveryAction kind) {
    const auto found = m_breakers.find(breaker);
    if (found == m_breakers.end()) return nullptr;
    auto& actions = found->second.actions;
    const auto planned =
        std::find_if(actions.begin(), actions.end(), [&](const PlannedAction& one) { return one.kind() == kind; });
    return planned == actions.end() ? nullptr : &*planned;
}

void RecoveryManager::propose(const domain::BreakerId& breaker, const PlannedAction& planned) {
    m_changed = true;
    if (!planned.cause() || planned.mode() != domain::ActionMode::proposed) return;
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = domain::Level::warning;
    event.at = m_clock.wallNow();
    event.breaker = breaker;
    event.text = fmt::format("{} is proposed: {}", domain::toWord(planned.kind()), planned.cause()->text);
    (void)m_events.push(std::move(event));  // a loss is counted by the queue
}

void RecoveryManager::say(domain::EventKind kind, domain::Level level, const domain::RecoveryOutcome& outcome,
                          std::string text) {
    domain::Event event;
    event.kind = kind;
    event.level = level;
    event.at = m_clock.wallNow();
    event.breaker = outcome.breaker;
    event.actor = outcome.actor;
    event.text = std::move(text);
    event.body = outcome;
    (void)m_events.push(std::move(event));  // a loss is counted by the queue
}

}  // namespace fusebox::recovery
