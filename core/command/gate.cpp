#include <fusebox/command/gate.h>

#include <fusebox/base/log.h>
#include <fusebox/command/checks.h>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace fusebox::command {

namespace {

using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;

CommandReport reportOn(const Command& command, CommandStatus status, std::string message) {
    CommandReport report;
    report.command = command;
    report.status = status;
    report.message = std::move(message);
    return report;
}

/// An unsound command as it may travel in an event: cut to a bearable size.
Command bounded(Command command) {
    command.options.resize(std::min(command.options.size(), kMostOptions));
    std::vector<std::string*> texts{&command.id.value, &command.breaker.value, &command.group, &command.actor,
                                    &command.reason};
    for (auto& [option, value] : command.options) {
        texts.insert(texts.end(), {&option, &value});
    }
    for (std::string* text : texts) {
        text->resize(std::min(text->size(), 4 * kLongestReason));
    }
    return command;
}

domain::Level levelOf(CommandStatus status) {
    switch (status) {
        case CommandStatus::pending:
        case CommandStatus::applied:
            return domain::Level::info;
        case CommandStatus::refused:
            return domain::Level::warning;
        case CommandStatus::failed:
        case CommandStatus::unknown:
            break;
    }
    return domain::Level::error;
}

/// The breaker's name, or "group payments"; empty for what is about all breakers.
std::string aimOf(const Command& command) {
    return command.group.empty() ? command.breaker.value : "group " + command.group;
}

CommandReport applyAt(Target& target, const Command& command) {
    std::string thrown;
    try {
        CommandReport report = target.apply(command);
        report.command = command;
        if (report.status == CommandStatus::pending) {
            report.status = CommandStatus::unknown;
        }
        return report;
    } catch (const std::exception& trouble) {
        thrown = trouble.what();
    } catch (...) {
        thrown = "an exception of unknown type";
    }
    base::logger("gate")->error("{} of '{}' failed inside the program: {}", toWord(command.kind),
                                base::logText(aimOf(command)), base::logText(thrown));
    return reportOn(command, CommandStatus::failed, "It failed inside the program: " + base::logText(thrown));
}

/// How much one answer says when several sources have answered.
int weightOf(CommandStatus status) {
    switch (status) {
        case CommandStatus::applied:
            return 3;
        case CommandStatus::unknown:
        case CommandStatus::pending:
            return 2;
        case CommandStatus::failed:
            return 1;
        case CommandStatus::refused:
            return 0;
    }
    return 0;
}

/// A group may have breakers of several sources; what is applied at one of them is applied.
CommandReport applyAtAll(const std::vector<std::shared_ptr<Target>>& targets, const Command& command) {
    CommandReport sum = applyAt(*targets.front(), command);
    for (std::size_t i = 1; i < targets.size(); ++i) {
        const CommandReport next = applyAt(*targets[i], command);
        sum.status = weightOf(next.status) > weightOf(sum.status) ? next.status : sum.status;
        sum.message += "; at another source: " + next.message;
    }
    return sum;
}

/// Nobody of those who take such commands has what it aims at.
std::string nobodyHas(const Command& command) {
    if (isForAll(command.kind)) {
        return "There are no recovery actions.";
    }
    if (!command.group.empty()) {
        return "No breaker is in this group.";
    }
    const bool isAction = command.kind == CommandKind::action || command.kind == CommandKind::actionMode;
    return isAction ? "This breaker has no recovery actions." : "No breaker has this name.";
}

}  // namespace

Gate::Gate(const base::Clock& clock, Options options)
    : m_clock(clock), m_options(options), m_past(options.remembered), m_events(options.reports) {}

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

void Gate::submit(Command command) {
    if (std::optional<std::string> objection = objectionTo(command)) {
        publish(reportOn(bounded(std::move(command)), CommandStatus::refused, std::move(*objection)));
        return;
    }
    std::optional<CommandReport> answer;
    {
        base::Lock lock(m_mutex);
        const PastCommands::Standing standing = m_past.enter(command);
        if (standing == PastCommands::Standing::waiting) {
            return;  // its answer will come
        }
        if (standing == PastCommands::Standing::answered) {
            answer = m_past.reportOf(command.id);
        } else if (standing == PastCommands::Standing::other) {
            answer = reportOn(command, CommandStatus::refused, "Its id was used by a different command.");
        } else if (m_closed) {
            answer = reportOn(command, CommandStatus::refused, "The program is stopping.");
            m_past.answer(*answer);
        } else if (m_waiting.size() >= m_options.waiting) {
            // Not remembered: the same command may be tried again later.
            answer = reportOn(command, CommandStatus::refused, "Too many commands are waiting; try again.");
            m_past.withdraw(command.id);
        } else {
            m_waiting.push_back(std::move(command));
        }
    }
    if (answer) {
        publish(*answer);
    } else {
        m_arrived.notify_one();
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
    std::deque<Command> left;
    {
        base::Lock lock(m_mutex);
        m_closed = true;
        left.swap(m_waiting);
        for (const Command& command : left) {
            m_past.answer(reportOn(command, CommandStatus::refused, "The program is stopping."));
        }
    }
    for (const Command& command : left) {
        publish(reportOn(command, CommandStatus::refused, "The program is stopping."));
    }
    m_arrived.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

std::size_t Gate::runWaiting() {
    std::size_t count = 0;
    for (;; ++count) {
        std::optional<Command> command;
        {
            base::Lock lock(m_mutex);
            command = takeCommand();
        }
        if (!command) {
            return count;
        }
        handle(*command);
    }
}

std::optional<CommandReport> Gate::reportOf(const domain::CommandId& id) const {
    base::Lock lock(m_mutex);
    return m_past.reportOf(id);
}

void Gate::gather(collector::Gathered& into) {
    std::vector<domain::Event> events = m_events.drain();
    std::move(events.begin(), events.end(), std::back_inserter(into.events));
    into.lostEvents += m_events.takeLost();
}

void Gate::live() {
    while (const std::optional<Command> command = waitForCommand()) {
        handle(*command);
    }
}

/// Nothing once the gate is closed.
std::optional<Command> Gate::waitForCommand() {
    base::Lock lock(m_mutex);
    while (m_waiting.empty() && !m_closed) {
        m_arrived.wait(lock.native());
    }
    return takeCommand();
}

std::optional<Command> Gate::takeCommand() {
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    Command command = std::move(m_waiting.front());
    m_waiting.pop_front();
    return command;
}

void Gate::handle(const Command& command) {
    const CommandReport report = carryOut(command);
    {
        base::Lock lock(m_mutex);
        m_past.answer(report);
    }
    publish(report);
}

CommandReport Gate::carryOut(const Command& command) {
    std::vector<std::shared_ptr<Target>> owners;
    {
        base::Lock lock(m_mutex);
        owners = m_targets;
    }
    const bool isForOne = command.group.empty() && !isForAll(command.kind);
    std::erase_if(owners, [&](const auto& target) {
        if (!target->takes(command.kind)) return true;
        if (isForAll(command.kind)) return false;
        return isForOne ? !target->owns(command.breaker) : !target->ownsGroup(command.group);
    });
    if (owners.empty()) {
        return reportOn(command, CommandStatus::refused, nobodyHas(command));
    }
    if (!isForOne) {
        return applyAtAll(owners, command);
    }
    if (owners.size() > 1) {
        return reportOn(command, CommandStatus::refused, "More than one source has a breaker of this name.");
    }
    return applyAt(*owners.front(), command);
}

void Gate::publish(const CommandReport& report) {
    domain::Event event;
    event.kind = domain::EventKind::command;
    event.level = levelOf(report.status);
    event.at = m_clock.wallNow();
    event.breaker = report.command.breaker;
    event.actor = report.command.actor;
    const std::string aim = report.command.group.empty() ? std::string() : " of " + aimOf(report.command);
    event.text = fmt::format("{}{} {}", toWord(report.command.kind), aim, toWord(report.status));
    if (!report.message.empty()) {
        event.text += ": " + report.message;
    }
    event.body = report;
    (void)m_events.push(std::move(event));  // a loss is counted by the queue
}

}  // namespace fusebox::command
