#include <fusebox/command/gate.h>

#include <fusebox/base/log.h>
#include <fusebox/command/checks.h>
#include <fusebox/command/command_event.h>
#include <fusebox/command/hold_rules.h>
#include <fusebox/command/target_list.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace fusebox::command {

namespace {

using domain::Command;
using domain::CommandReport;
using domain::CommandStatus;

constexpr const char* kStopping = "The program is stopping.";

double secondsOf(base::Duration span) {
    return std::chrono::duration<double>(span).count();
}

bool isPersons(const Command& command) {
    return command.origin != domain::kRecoveryOrigin;
}

}  // namespace

Gate::Gate(const base::Clock& clock, Options options)
    : m_clock(clock),
      m_options(options),
      m_past(options.remembered),
      m_pace(options.pace),
      m_refusals({options.refusalsWritten, 0}),
      m_holds(options.holds),
      m_events(options.reports) {}

Gate::~Gate() {
    stop();
}

void Gate::addTarget(std::shared_ptr<Target> target) {
    base::Lock lock(m_mutex);
    m_targets.push_back(std::move(target));
}

void Gate::removeTarget(const Target& target) {
    base::Lock lock(m_mutex);
    std::erase_if(m_targets, [&](const auto& known) { return known.get() == &target; });
}

void Gate::setAuditLog(std::shared_ptr<AuditLog> log) {
    base::Lock lock(m_mutex);
    m_audit = std::move(log);
}

void Gate::remember(const CommandReport& report, std::optional<base::WallTime> at) {
    base::Lock lock(m_mutex);
    if (at && report.status == CommandStatus::applied) {
        recallHold(report, *at);
    }
    const PastCommands::Standing standing = m_past.enter(report.command);
    if (standing == PastCommands::Standing::unknown) {
        m_past.sendAgain(report.command.id);
        m_past.answer(report);
    } else if (standing == PastCommands::Standing::fresh) {
        m_past.answer(report);
    }
}

void Gate::submit(Command command) {
    Waiting waiting{completed(std::move(command)), {}, m_clock.now(), Memory::answer, false};
    if (std::optional<std::string> objection = objectionTo(waiting.command)) {
        waiting.command = bounded(std::move(waiting.command));
        waiting.objection = std::move(*objection);
        waiting.memory = Memory::none;
    }
    std::optional<CommandReport> answer;
    {
        base::Lock lock(m_mutex);
        if (waiting.objection.empty() && !enter(waiting, answer)) {
            return;  // its answer will come
        }
        if (!answer && isFlood(waiting)) {
            answer = reportOn(brief(waiting.command), CommandStatus::refused,
                              waiting.objection + " So many were refused that they are not written down any more.");
            forget(waiting, *answer);
        }
        if (!answer && (m_closed || m_waiting.size() >= m_options.waiting)) {
            answer = turnDown(waiting, m_closed ? kStopping : "Too many commands are waiting; try again.");
            forget(waiting, *answer);
        }
        if (!answer) {
            m_waiting.push_back(std::move(waiting));
        }
    }
    if (answer) {
        publish(*answer, m_clock.wallNow());
    } else {
        m_arrived.notify_one();
    }
}

/// Who is refused again and again must not fill the journal.
bool Gate::isFlood(const Waiting& waiting) {
    return !waiting.objection.empty() && !waiting.isAgain &&
           m_refusals.objectionTo(waiting.command, waiting.since).has_value();
}

/// False: the same command waits already. An answer: it was answered before.
bool Gate::enter(Waiting& waiting, std::optional<CommandReport>& answer) {
    switch (m_past.enter(waiting.command)) {
        case PastCommands::Standing::waiting:
            return false;
        case PastCommands::Standing::answered:
            answer = m_past.reportOf(waiting.command.id);
            return true;
        case PastCommands::Standing::other:
            waiting.objection = "Its id was used by a different command.";
            waiting.memory = Memory::none;
            return true;
        case PastCommands::Standing::unknown:
            m_past.sendAgain(waiting.command.id);
            waiting.isAgain = true;
            break;
        case PastCommands::Standing::fresh:
            break;
    }
    if (std::optional<std::string> objection = objectionByRole(waiting.command, m_options.rights)) {
        waiting.objection = std::move(*objection);
    } else if (std::optional<std::string> tooMany = m_pace.objectionTo(waiting.command, waiting.since)) {
        waiting.objection = std::move(*tooMany);
        waiting.memory = Memory::withdraw;
    }
    return true;
}

/// An answer that was unknown is not forgotten, only told anew: forgotten, the command could be carried out twice.
void Gate::forget(const Waiting& waiting, const CommandReport& report) {
    if (waiting.isAgain) {
        m_past.answer(report);
    } else if (waiting.memory != Memory::none) {
        m_past.withdraw(waiting.command.id);
    }
}

void Gate::start() {
    base::Lock lock(m_lifeMutex);
    if (m_life == Life::fresh) {
        m_life = Life::running;
        m_thread = std::thread([this] { live(); });
    }
}

void Gate::stop() {
    base::Lock life(m_lifeMutex);
    m_life = Life::stopped;
    std::deque<Waiting> left;
    {
        base::Lock lock(m_mutex);
        m_closed = true;
        left.swap(m_waiting);
    }
    m_arrived.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
    for (Waiting& waiting : left) {
        if (waiting.objection.empty()) {
            waiting.objection = kStopping;
        }
        handle(waiting);
    }
}

std::size_t Gate::runWaiting() {
    std::size_t count = 0;
    for (;; ++count) {
        std::optional<Waiting> waiting;
        {
            base::Lock lock(m_mutex);
            waiting = takeWaiting();
        }
        if (!waiting) {
            return count;
        }
        handle(*waiting);
    }
}

std::optional<CommandReport> Gate::reportOf(const domain::CommandId& id) const {
    base::Lock lock(m_mutex);
    return m_past.reportOf(id);
}

void Gate::gather(collector::Gathered& into) {
    tellOverdue();
    std::vector<domain::Event> events = m_events.drain();
    std::move(events.begin(), events.end(), std::back_inserter(into.events));
    into.lostEvents += m_events.takeLost();
}

/// Who waits for the answer learns in time that there is none yet.
void Gate::tellOverdue() {
    std::optional<CommandReport> overdue;
    {
        base::Lock lock(m_mutex);
        if (m_running && !m_running->isTold && m_clock.now() - m_running->since >= m_options.deadline) {
            m_running->isTold = true;
            overdue =
                reportOn(m_running->command, CommandStatus::unknown,
                         fmt::format("No answer in {:g} s; it may still be carried out, and then its answer follows.",
                                     secondsOf(m_options.deadline)));
        }
    }
    if (overdue) {
        publish(*overdue, m_clock.wallNow());
    }
}

void Gate::live() {
    while (const std::optional<Waiting> waiting = waitForCommand()) {
        handle(*waiting);
    }
}

/// Nothing once the gate is closed.
std::optional<Gate::Waiting> Gate::waitForCommand() {
    base::Lock lock(m_mutex);
    while (m_waiting.empty() && !m_closed) {
        m_arrived.wait(lock.native());
    }
    return takeWaiting();
}

std::optional<Gate::Waiting> Gate::takeWaiting() {
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    Waiting waiting = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_running = Running{waiting.command, m_clock.now(), false};
    return waiting;
}

void Gate::handle(const Waiting& waiting) {
    CommandReport report;
    const base::Duration waited = m_clock.now() - waiting.since;
    const bool isStale = waiting.objection.empty() && waited > m_options.deadline;
    if (isStale) {
        // What was right then may be wrong now: nobody's command is carried out behind their back.
        report = turnDown(waiting,
                          fmt::format("It waited {:.0f} s for others and was not carried out. Look again, then decide.",
                                      secondsOf(waited)));
    } else if (!waiting.objection.empty()) {
        report = turnDown(waiting, waiting.objection);
    } else {
        report = carryOut(waiting);
    }
    const base::WallTime at = m_clock.wallNow();
    writeDown(report, at);
    {
        base::Lock lock(m_mutex);
        m_running.reset();
        if (waiting.memory == Memory::withdraw || isStale) {
            forget(waiting, report);
        } else if (waiting.memory == Memory::answer) {
            m_past.answer(report);
        }
    }
    publish(report, at);
}

/// One that was sent before may have been carried out then: refused would be a lie.
CommandReport Gate::turnDown(const Waiting& waiting, std::string why) {
    return waiting.isAgain ? notSentAgain(waiting.command, why)
                           : reportOn(waiting.command, CommandStatus::refused, std::move(why));
}

CommandReport Gate::carryOut(const Waiting& waiting) {
    const Command& command = waiting.command;
    Targets targets;
    {
        base::Lock lock(m_mutex);
        targets = m_targets;
    }
    if (std::optional<std::string> objection = m_changes.objectionTo(command, m_clock.now())) {
        return turnDown(waiting, std::move(*objection));
    }
    if (std::optional<std::string> objection = objectionToHold(command, targets)) {
        return turnDown(waiting, std::move(*objection));
    }
    CommandReport report =
        waiting.isAgain ? command::carryOutAgain(targets, command) : command::carryOut(targets, command);
    if (report.status == CommandStatus::applied && isPersons(command)) {
        for (const domain::BreakerId& breaker : meantBy(command, targets)) {
            if (const auto revision = noteChange(targets, breaker)) {
                m_changes.note(breaker, *revision, report, m_clock.now());
            }
            noteHold(report, breaker, targets);
        }
    }
    return report;
}

std::optional<std::string> Gate::objectionToHold(const Command& command, const Targets& targets) {
    if (command.kind != domain::CommandKind::hold || !isPersons(command)) {
        return std::nullopt;
    }
    std::vector<HoldLimit::Aim> aims;
    for (const domain::BreakerId& breaker : meantBy(command, targets)) {
        if (std::optional<Target::Held> held = heldOf(breaker, targets)) {
            aims.push_back({breaker, held->left, std::move(held->group)});
        }
    }
    std::map<std::string, std::vector<domain::BreakerId>> members;
    for (HoldLimit::Aim& aim : aims) {
        const auto [group, isNew] = members.try_emplace(aim.group);
        if (isNew && !aim.group.empty()) group->second = membersOf(aim.group, targets);
    }
    const base::Time now = m_clock.now();
    base::Lock lock(m_mutex);
    return m_holds.objectionTo(command, aims, members, now);
}

void Gate::noteHold(const CommandReport& report, const domain::BreakerId& breaker, const Targets& targets) {
    const bool isHold = report.command.kind == domain::CommandKind::hold;
    if (!isHold && report.command.kind != domain::CommandKind::release) {
        return;
    }
    const std::optional<Target::Held> held = heldOf(breaker, targets);
    if (!held) {
        return;
    }
    const bool isOperators = isHold && report.command.role < domain::Role::admin;
    const base::Time now = m_clock.now();
    base::Lock lock(m_mutex);
    m_holds.note(breaker, held->left, now, isOperators ? HoldLimit::By::operators : HoldLimit::By::others);
}

/// Which holds a release took away then is not known any more: all of them, in the actor's favour. What lies on the breaker
/// now is asked for when it counts.
void Gate::recallHold(const CommandReport& report, base::WallTime at) {
    const Command& command = report.command;
    const bool isHold = command.kind == domain::CommandKind::hold && command.duration;
    if ((!isHold && command.kind != domain::CommandKind::release) || !isPersons(command)) {
        return;
    }
    const base::Duration ago = std::max<base::Duration>(m_clock.wallNow() - at, base::Duration::zero());
    if (ago > HoldLimit::kSpan + kLongestHold) {
        return;
    }
    const base::Time then = m_clock.now() - ago;
    const bool isOperators = isHold && command.role < domain::Role::admin;
    for (const domain::BreakerId& breaker : meantBy(command, m_targets)) {
        const base::Duration left =
            isHold ? std::max(m_holds.leftOf(breaker, then), *command.duration) : base::Duration::zero();
        m_holds.note(breaker, left, then, isOperators ? HoldLimit::By::operators : HoldLimit::By::others);
    }
}

/// What cannot be written down counts all the same: an operator must be able to act while the disk is full.
void Gate::writeDown(CommandReport& report, base::WallTime at) {
    std::shared_ptr<AuditLog> audit;
    {
        base::Lock lock(m_mutex);
        audit = m_audit;
    }
    if (!audit) {
        return;
    }
    if (const auto written = audit->write(report, at); !written) {
        base::logger("gate")->error("{} of '{}' is not kept: {}", toWord(report.command.kind),
                                    base::logText(aimOf(report.command)), base::logText(written.error().text()));
        report.message += fmt::format("{}not kept: {}", report.message.empty() ? "" : "; ", written.error().text());
    }
}

void Gate::publish(const CommandReport& report, base::WallTime at) {
    (void)m_events.push(eventOf(report, at));  // a loss is counted by the queue
}

}  // namespace fusebox::command
