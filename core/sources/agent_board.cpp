#include <fusebox/sources/agent_board.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fusebox::sources {

namespace {

/// What is left of a span that runs down by itself.
std::optional<base::Duration> left(const std::optional<base::Duration>& span, base::Duration passed) {
    return span ? std::optional(std::max(*span - passed, base::Duration::zero())) : std::nullopt;
}

AgentTrouble brokenRule(std::string what) {
    AgentTrouble trouble;
    trouble.step = AgentStep::stream;
    trouble.trouble = {base::TroubleCode::invalidInput, std::move(what), {}, {}};
    return trouble;
}

bool same(const domain::Identity& one, const domain::Identity& other) {
    return one.id == other.id && one.name == other.name && one.kind == other.kind && one.target == other.target &&
           one.group == other.group && one.source == other.source;
}

}  // namespace

AgentBoard::AgentBoard(std::string agent, std::string url, Options options)
    : m_agent(std::move(agent)), m_options(options) {
    m_standing.name = m_agent;
    m_standing.url = std::move(url);
}

AgentResult<void> AgentBoard::take(AgentMessage&& message, base::Time now, base::WallTime wall, Telling telling) {
    const bool isHello = std::holds_alternative<AgentAbout>(message);
    if (!isHello && !m_isConnected) return tl::unexpected(brokenRule("it does not introduce itself first"));
    m_lastSign = now;
    if (isHello) {
        takeHello(std::move(std::get<AgentAbout>(message)), wall);
    } else if (auto* event = std::get_if<domain::Event>(&message)) {
        m_rate.note(now);
        return takeEvent(std::move(*event), telling);
    } else if (auto* snapshots = std::get_if<AgentSnapshots>(&message)) {
        takeSnapshots(std::move(*snapshots), now);
        if (m_rows.size() > kMostRemoteBreakers) return tl::unexpected(brokenRule("it has more than 10,000 breakers"));
    } else if (auto* gap = std::get_if<AgentGap>(&message)) {
        ++m_standing.gaps;
        tell(domain::Level::warning, std::move(gap->text), wall);
    } else if (const auto* beat = std::get_if<AgentBeat>(&message)) {
        m_clock.note(beat->time, wall);
    } else if (auto* errors = std::get_if<ErrorReportRef>(&message)) {
        m_errors = std::move(*errors);
    } else if (auto* recovery = std::get_if<RecoveryReportRef>(&message)) {
        m_recovery = std::move(*recovery);
        m_blocked.reset();
    } else if (auto* handling = std::get_if<HandlingRef>(&message)) {
        m_handling = std::move(*handling);
    }
    return {};
}

void AgentBoard::takeHello(AgentAbout&& about, base::WallTime wall) {
    const bool isOther = !m_about.boot.empty() && m_about.boot != about.boot;
    m_clock.forget();
    m_clock.note(about.time, wall);
    m_isConnected = true;
    m_isBad = false;
    m_retryAt.reset();
    ++m_standing.connections;
    m_standing.why.clear();
    m_standing.version = about.version;
    m_standing.role = about.role;
    m_standing.actor = about.actor;
    if (isOther && m_lastEvent && about.lastEvent && *about.lastEvent < *m_lastEvent) {
        ++m_standing.gaps;
        tell(domain::Level::warning, "It counts its events anew: some may be missing", wall);
        m_lastEvent.reset();
    }
    if (!m_lastEvent) m_lastEvent = about.lastEvent;
    m_about = std::move(about);
    // What was known is of before; the list that follows says what is of now.
    ++m_list;
    m_listAt.reset();
    tell(domain::Level::info,
         isOther                      ? "Connected again to the agent, which was started anew"
         : m_standing.connections > 1 ? "Connected again to the agent"
                                      : "Connected to the agent",
         wall);
}

AgentResult<void> AgentBoard::takeEvent(domain::Event&& event, Telling telling) {
    if (m_lastEvent && event.id.value <= *m_lastEvent) {
        return tl::unexpected(
            brokenRule(fmt::format("its event {} comes after its event {}", event.id.value, *m_lastEvent)));
    }
    m_lastEvent = event.id.value;
    ++m_standing.events;
    event.id = {};
    if (telling == Telling::told) push(std::move(event));
    return {};
}

void AgentBoard::takeSnapshots(AgentSnapshots&& snapshots, base::Time now) {
    if (snapshots.full) {
        ++m_list;
        m_listAt = now;
    }
    for (const domain::BreakerId& id : snapshots.removed) m_rows.erase(id);
    for (AgentRow& row : snapshots.rows) takeRow(std::move(row), now);
    m_standing.badMessages += snapshots.bad;
    if (snapshots.bad > 0) m_standing.why = "It sends values that cannot be: " + snapshots.badExample;
}

void AgentBoard::takeRow(AgentRow&& told, base::Time now) {
    Row& row = m_rows[told.snapshot.identity->id];
    domain::Snapshot snapshot = std::move(told.snapshot);
    if (row.snapshot.identity && same(*row.snapshot.identity, *snapshot.identity)) {
        snapshot.identity = row.snapshot.identity;  // who compares pointers sees the same breaker
    }
    snapshot.detail = std::move(row.snapshot.detail);
    row.snapshot = std::move(snapshot);
    row.at = now;
    row.list = m_list;
    if (told.detail) {
        row.snapshot.detail = std::make_shared<const domain::Detail>(std::move(told.detail->detail));
        row.dossiers = std::move(told.detail->dossiers);
        std::erase_if(row.pages, [&](const auto& page) {
            return std::find(row.dossiers.begin(), row.dossiers.end(), page.first) == row.dossiers.end();
        });
        attachDossiers(row);
    }
}

/// Makes the detail anew with the pages that are here.
void AgentBoard::attachDossiers(Row& row) const {
    if (row.snapshot.detail == nullptr) return;
    auto detail = std::make_shared<domain::Detail>(*row.snapshot.detail);
    detail->dossiers.clear();
    for (const std::uint64_t sequence : row.dossiers) {
        const auto page = row.pages.find(sequence);
        if (page != row.pages.end() && page->second) detail->dossiers.push_back(page->second);
    }
    row.snapshot.detail = std::move(detail);
}

std::optional<DossierWish> AgentBoard::nextDossier() const {
    for (const auto& [id, row] : m_rows) {
        const std::size_t count = std::min(row.dossiers.size(), m_options.dossiersEach);
        for (std::size_t i = 1; i <= count; ++i) {
            const std::uint64_t sequence = row.dossiers[row.dossiers.size() - i];
            if (!row.pages.contains(sequence)) return DossierWish{id, sequence};
        }
    }
    return std::nullopt;
}

void AgentBoard::putDossier(const DossierWish& wish, std::shared_ptr<const domain::Dossier> dossier) {
    const auto found = m_rows.find(wish.breaker);
    if (found == m_rows.end()) return;
    found->second.pages[wish.sequence] = std::move(dossier);
    attachDossiers(found->second);
}

void AgentBoard::tell(domain::Level level, std::string text, base::WallTime wall) {
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = level;
    event.at = wall;
    event.text = m_agent + ": " + std::move(text);
    push(std::move(event));
}

void AgentBoard::tell(const domain::CommandReport& report, base::WallTime wall) {
    domain::Event event;
    event.kind = domain::EventKind::command;
    event.level = report.status == domain::CommandStatus::applied ? domain::Level::info : domain::Level::warning;
    event.at = wall;
    event.breaker = report.command.breaker;
    event.actor = report.command.actor;
    event.text = fmt::format("{} of {} {}: {}", toWord(report.command.kind), report.command.breaker.value,
                             toWord(report.status), report.message);
    event.body = report;
    push(std::move(event));
}

void AgentBoard::push(domain::Event&& event) {
    if (m_events.size() >= m_options.waitingEvents) {
        ++m_lost;
        return;
    }
    m_events.push_back(std::move(event));
}

void AgentBoard::disconnected(const AgentTrouble& why, bool isBad, base::Time retryAt, base::WallTime wall) {
    // Only what is new is told: an agent that is down for a night is one event.
    const bool isNews = m_isConnected || (isBad && !m_isBad) || (m_standing.why.empty() && m_standing.connections == 0);
    if (isNews) tell(domain::Level::warning, "Not connected. " + why.text(), wall);
    m_isConnected = false;
    m_isBad = isBad;
    m_retryAt = retryAt;
    m_standing.why = why.text();
}

bool AgentBoard::isFresh(base::Time now) const {
    return m_isConnected && m_lastSign && now - *m_lastSign <= m_options.staleAfter;
}

bool AgentBoard::knowsGroup(const std::string& group) const {
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [&](const auto& entry) { return entry.second.snapshot.identity->group == group; });
}

std::string AgentBoard::whyNotFresh() const {
    if (m_isConnected) return "The agent " + m_agent + " has said nothing for a while.";
    return "The agent " + m_agent + " is not connected" + (m_standing.why.empty() ? "." : ": " + m_standing.why);
}

domain::SourceStanding AgentBoard::standing(base::Time now) const {
    using domain::SourceState;
    domain::SourceStanding standing = m_standing;
    if (m_isConnected) {
        standing.state = isFresh(now) ? SourceState::connected : SourceState::stale;
        if (standing.state == SourceState::stale) standing.why = "Nothing has come from it for a while.";
    } else if (m_isBad) {
        standing.state = SourceState::bad;
    } else {
        standing.state = m_standing.connections > 0 ? SourceState::reconnecting : SourceState::connecting;
    }
    standing.clockOffset = m_clock.offset();
    if (m_retryAt) standing.retryIn = std::max(*m_retryAt - now, base::Duration::zero());
    standing.eventsPerSecond = m_rate.perSecond(now);
    standing.breakers = m_rows.size();
    return standing;
}

RecoveryReportRef AgentBoard::recovery(base::Time now) {
    if (m_recovery == nullptr) return nullptr;
    std::string why;
    if (!isFresh(now)) {
        why = whyNotFresh();
    } else if (m_about.role == "viewer") {
        why = "The token for the agent " + m_agent + " only allows to look.";
    }
    if (why.empty()) return m_recovery;
    if (m_blocked == nullptr || m_blockedWhy != why) {
        auto blocked = std::make_shared<domain::RecoveryReport>(*m_recovery);
        for (domain::BreakerRecovery& one : blocked->breakers) {
            for (domain::ActionStanding& action : one.actions) action.whyNot = why;
        }
        m_blocked = std::move(blocked);
        m_blockedWhy = std::move(why);
    }
    return m_blocked;
}

domain::Snapshot AgentBoard::shown(const Row& row, base::Time now, bool isFresh) const {
    domain::Snapshot snapshot = row.snapshot;
    snapshot.from = m_shownStanding;
    const base::Duration passed = now - row.at;
    snapshot.metrics.timeInState += passed;
    for (domain::Hold& hold : snapshot.holds) hold.remaining = left(hold.remaining, passed);
    if (!isFresh || row.list != m_list) {
        snapshot.state = domain::State::stale;
        snapshot.heldAs.reset();
        snapshot.untilProbe.reset();
        snapshot.openWait.reset();
        snapshot.probes.reset();
        snapshot.halfOpenLimit.reset();
        snapshot.ramp.reset();
        snapshot.standings.clear();
        snapshot.inFlight = {};
        return snapshot;
    }
    snapshot.untilProbe = left(snapshot.untilProbe, passed);
    snapshot.halfOpenLimit = left(snapshot.halfOpenLimit, passed);
    if (snapshot.ramp) snapshot.ramp->stepLeft = std::max(snapshot.ramp->stepLeft - passed, base::Duration::zero());
    if (snapshot.inFlight.oldest) *snapshot.inFlight.oldest += passed;
    return snapshot;
}

/// A full list comes in several messages: what it does not name is gone once it must have come whole.
void AgentBoard::removeForgotten(base::Time now) {
    if (!m_isConnected || !m_listAt || now - *m_listAt < m_options.removeAfter) return;
    std::erase_if(m_rows, [&](const auto& entry) { return entry.second.list != m_list; });
    m_listAt.reset();
}

void AgentBoard::gather(collector::Gathered& into, base::Time now) {
    removeForgotten(now);
    domain::SourceStanding current = standing(now);
    const bool fresh = isFresh(now);
    if (m_shownStanding == nullptr || *m_shownStanding != current) {
        m_shownStanding = std::make_shared<const domain::SourceStanding>(current);
    }
    into.sources.push_back(std::move(current));
    for (const auto& [id, row] : m_rows) into.snapshots.push_back(shown(row, now, fresh));
    std::move(m_events.begin(), m_events.end(), std::back_inserter(into.events));
    m_events.clear();
    into.lostEvents += std::exchange(m_lost, 0);
    if (m_handling) {
        auto all = into.handling ? std::make_shared<std::vector<domain::HandlingStanding>>(*into.handling)
                                 : std::make_shared<std::vector<domain::HandlingStanding>>();
        all->insert(all->end(), m_handling->begin(), m_handling->end());
        into.handling = std::move(all);
    }
}

}  // namespace fusebox::sources
