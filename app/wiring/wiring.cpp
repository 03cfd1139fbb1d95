#include <fusebox/breaker/latency_watch.h>
#include <fusebox/command/checks.h>
#include <fusebox/domain/command_json.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/wiring/lab_actions.h>
#include <fusebox/wiring/lab_plans.h>
#include <fusebox/wiring/settings_change.h>
#include <fusebox/wiring/state_first_log.h>
#include <fusebox/wiring/wiring.h>

#include <chrono>
#include <set>
#include <string>
#include <utility>

namespace fusebox::wiring {

namespace {

std::shared_ptr<journal::Journal> journalOf(JournalPlan plan, const base::Clock& clock) {
    return plan ? std::make_shared<journal::Journal>(clock, std::move(*plan)) : nullptr;
}

/// Without a journal numbers begin at the time, so that they ascend from one run of the program to the next.
domain::EventId lastEventOf(journal::Journal* journal, const base::Clock& clock) {
    if (journal != nullptr) return journal->open();
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(clock.wallNow().time_since_epoch());
    return domain::EventId(static_cast<std::uint64_t>(now.count()));
}

command::Gate::Options gateOptions(const config::Settings& settings) {
    command::Gate::Options options;
    options.rights.forceClosed = settings.agent.forceClosed;
    return options;
}

}  // namespace

Wiring::Wiring(JournalPlan journal, const config::Settings& settings)
    : m_journal(journalOf(std::move(journal), m_clock)),
      m_lastEvent(lastEventOf(m_journal.get(), m_clock)),
      m_classifier(std::make_shared<const errors::ErrorClassifier>(settings.errorRules)),
      m_breakers(std::make_shared<breaker::CircuitBreakerManager>(m_clock)),
      m_collector(m_clock, {.lastEvent = m_lastEvent.value}),
      m_gate(std::make_shared<command::Gate>(m_clock, gateOptions(settings))),
      m_errors(std::make_shared<sources::ErrorSource>(m_classifier, m_clock)),
      m_recovery(std::make_unique<RecoveryRig>(m_clock, m_collector, *m_gate, settings.alerts)),
      m_handling(std::make_unique<HandlingRig>(m_clock, m_collector, *m_gate, m_breakers, m_classifier, m_errors)),
      m_local(std::make_shared<sources::LocalSource>(
          m_breakers, [this](const domain::BreakerId& breaker) { m_dependencies->wake(breaker); })),
      m_probes(std::make_shared<sources::ProbeWatch>([this](const collector::Task& task) { m_collector.wake(task); })),
      m_notices(std::make_shared<Notices>(m_clock)) {
    m_dependencies = std::make_unique<DependencyRig>(
        DependencyRig::Rooms{m_collector, *m_breakers, *m_handling, *m_recovery, *m_probes});
    m_remote = std::make_unique<RemoteAgents>(m_clock, m_collector, [this] {
        auto gate = std::make_shared<command::Gate>(m_clock);
        if (m_journal) gate->setAuditLog(m_journal);
        return gate;
    });
    m_collector.addSource(m_local);
    m_collector.addSource(m_gate);
    m_collector.addSource(m_notices);
    m_collector.addSource(m_probes);
    m_collector.addSource(m_errors);
    m_gate->addTarget(m_local);
    if (m_journal) connectJournal();
}

Wiring::~Wiring() {
    stop();
}

base::Result<std::unique_ptr<Wiring>> Wiring::withLab(LabOpening opening, JournalPlan journal) {
    std::unique_ptr<Wiring> wiring(new Wiring(std::move(journal)));
    if (base::Result<void> added = wiring->addLab(opening); !added) return tl::unexpected(added.error());
    return wiring;
}

base::Result<std::unique_ptr<Wiring>> Wiring::withSettings(const config::Settings& settings, JournalPlan journal) {
    std::unique_ptr<Wiring> wiring(new Wiring(std::move(journal), settings));
    for (const config::Dependency& configured : settings.dependencies) {
        auto plan = planOf(configured, wiring->m_clock);
        if (!plan) return tl::unexpected(plan.error());
        if (auto added = wiring->m_dependencies->add(std::move(*plan)); !added) return tl::unexpected(added.error());
    }
    wiring->m_settings = settings;
    return wiring;
}

base::Result<std::string> Wiring::apply(const config::Settings& settings, const std::string& origin) {
    base::Result<std::string> changed = change(settings);
    if (changed)
        noteConfiguration(domain::Level::info, "The configuration was read again: " + *changed, origin);
    else
        noteConfiguration(domain::Level::error, "The new configuration is not in force: " + changed.error().text(),
                          origin);
    return changed;
}

void Wiring::noteConfiguration(domain::Level level, std::string text, const std::string& origin) {
    if (m_journal) {
        const auto written = m_journal->writeConfiguration("configuration file", origin, text, "{}");
        if (!written) text += ". It is not in the journal: " + written.error().text();
    }
    notice(level, std::move(text));
}

base::Result<std::string> Wiring::change(const config::Settings& settings) {
    const SettingsChange change = changeBetween(m_settings, settings);
    const std::set<std::string> added(change.added.begin(), change.added.end());
    // The classifier and the alerts are in every handler and every action.
    const bool recallAll = change.errorRules || change.alerts;
    const std::set<std::string> recalled(change.recalled.begin(), change.recalled.end());
    std::vector<DependencyPlan> plans;  // what can go wrong goes wrong here, before anything has changed
    for (const config::Dependency& one : settings.dependencies) {
        if (!recallAll && !added.contains(one.name) && !recalled.contains(one.name)) continue;
        auto plan = planOf(one, m_clock);
        if (!plan) return tl::unexpected(plan.error());
        plans.push_back(std::move(*plan));
    }
    if (change.alerts) m_recovery->setAlerts(settings.alerts);
    if (change.errorRules) {
        const auto classifier = std::make_shared<const errors::ErrorClassifier>(settings.errorRules);
        m_handling->setClassifier(classifier);
        m_errors->setClassifier(classifier);
    }
    for (const std::string& name : change.removed) m_dependencies->remove(domain::BreakerId(name));
    for (DependencyPlan& plan : plans) {
        const bool isNew = added.contains(plan.identity.id.value);
        auto done = isNew ? m_dependencies->add(std::move(plan)) : m_dependencies->renew(std::move(plan));
        if (!done) return tl::unexpected(done.error());
    }
    const std::set<std::string> reconfigured(change.reconfigured.begin(), change.reconfigured.end());
    for (const config::Dependency& one : settings.dependencies) {
        if (!reconfigured.contains(one.name)) continue;
        if (auto done = m_dependencies->reconfigure(domain::BreakerId(one.name), one.breaker); !done) {
            return tl::unexpected(done.error());
        }
    }
    m_settings = settings;
    return change.text();
}

base::Result<void> Wiring::addLab(LabOpening opening) {
    base::Result<std::unique_ptr<lab::LabWorld>> world = lab::LabWorld::create(m_clock);
    if (!world) return tl::unexpected(world.error());
    m_lab = std::make_unique<Lab>();
    m_lab->opening = opening;
    m_lab->world = std::move(*world);
    m_lab->bench = std::make_unique<LabBench>(*m_lab->world, m_collector);
    m_collector.addSource(std::make_shared<LabEvents>(*m_lab->world, m_clock));
    for (const lab::ServiceCard& card : m_lab->world->services()) {
        base::Result<DependencyPlan> plan = labPlan(card, m_lab->bench->makePace(card), m_clock);
        if (!plan) return tl::unexpected(plan.error());
        plan->actions = labActions(card);
        plan->restart = std::make_shared<LabRestart>(*m_lab->world, card.name);
        auto added = m_dependencies->add(std::move(*plan));
        if (!added) return tl::unexpected(added.error());
        m_lab->bench->setTask(card.name, *added);
    }
    return {};
}

void Wiring::keepState(const std::filesystem::path& folder, StateStart start) {
    m_state = std::make_shared<StateKeeper>(folder / "breakers.json", m_breakers, m_clock,
                                            [this](const collector::Task& task) { m_collector.wake(task); });
    if (start == StateStart::restored) m_state->restore();
    m_collector.addSource(m_state);
    m_collector.addSink(m_state);
    m_collector.addTask(m_state);
    m_patterns = std::make_shared<PatternKeeper>(folder / "patterns.json", m_errors, m_notices, m_clock,
                                                 [this](const collector::Task& task) { m_collector.wake(task); });
    if (start == StateStart::restored) m_patterns->restore();
    m_collector.addSink(m_patterns);
    m_collector.addTask(m_patterns);
    // An acknowledged command is seen again after a crash: what it changed is on the disk before its report.
    m_gate->setAuditLog(std::make_shared<StateFirstLog>(m_state, m_journal));
}

void Wiring::connectJournal() {
    m_journal->setLatencies([watch = std::make_shared<breaker::LatencyWatch>(m_breakers)] { return watch->take(); });
    m_collector.addSource(m_journal);
    m_collector.addSink(m_journal);
    m_gate->setAuditLog(m_journal);
    rememberAnswers();
}

/// A command that was answered in an earlier run and comes again has no second effect.
void Wiring::rememberAnswers() {
    auto reader = journal::JournalReader::open(m_journal->health().file);
    if (!reader) return;
    constexpr std::size_t kPage = 1000;
    std::uint64_t last = 0;
    for (;;) {
        const auto page = reader->audit(last, kPage);
        if (!page || page->empty()) return;
        for (const journal::AuditRecord& record : *page) {
            last = record.number;
            if (record.kind != "result") continue;
            if (const auto report = domain::readReport(record.body)) m_gate->remember(*report, record.at);
        }
    }
}

void Wiring::addSink(std::shared_ptr<collector::Sink> sink, When when) {
    if (when == When::onceWritten && m_journal) {
        m_journal->addSink(std::move(sink));
    } else {
        m_collector.addSink(std::move(sink));
    }
}

sources::AgentResult<void> Wiring::attach(sources::AgentAddress address) {
    return m_remote->attach(std::move(address));
}

void Wiring::submit(domain::Command command) {
    if (command::isForAll(command.kind)) {
        m_remote->submitToAll(command);
    } else if (!m_local->owns(command.breaker) && m_remote->submit(command)) {
        return;
    }
    m_gate->submit(std::move(command));
}

void Wiring::start() {
    if (m_journal) m_journal->start();
    m_gate->start();
    m_remote->start();
    m_collector.start();
    if (m_lab && m_lab->opening == LabOpening::tour) {
        // The tour is one of the lab's own stories: it cannot be unknown.
        [[maybe_unused]] const bool plays = m_lab->world->play(lab::kTour).has_value();
    }
}

// Commands first, so that the collector's last frame tells what became of them; the journal when nothing comes any more; the lab last,
// so that no call is cut.
void Wiring::stop() {
    m_remote->stop();
    m_gate->stop();
    m_recovery->stop();
    m_collector.stop();
    if (m_state) m_state->saveNow();
    if (m_patterns) m_patterns->saveLast();
    if (m_journal) m_journal->stop();
    if (m_lab) m_lab->world->stop();
}

}  // namespace fusebox::wiring
