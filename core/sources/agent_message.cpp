#include <fusebox/base/log.h>
#include <fusebox/domain/json_document.h>
#include <fusebox/domain/read_errors.h>
#include <fusebox/domain/read_event.h>
#include <fusebox/domain/read_parts.h>
#include <fusebox/domain/read_recovery.h>
#include <fusebox/sources/agent_message.h>

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace fusebox::sources {

namespace {

using domain::JsonReader;
using domain::ReadTrouble;

constexpr domain::JsonLimits kMessageLimits{4U << 20U, 200'000, 24};
constexpr std::uint64_t kLargestCount = 1ULL << 60U;

/// Renames what came from the agent.
class Renaming {
public:
    explicit Renaming(const std::string& agent) : m_agent(agent) {}

    void rename(domain::BreakerId& id) const { id.value = remoteId(m_agent, id.value); }
    void rename(std::string& group) const { group = remoteId(m_agent, group); }
    void rename(domain::Identity& identity) const {
        rename(identity.id);
        rename(identity.group);
        identity.source = m_agent;
    }
    void rename(domain::CommandReport& report) const {
        rename(report.command.breaker);
        rename(report.command.group);
    }
    void rename(domain::Event& event) const {
        rename(event.breaker);
        if (auto* report = std::get_if<domain::CommandReport>(&event.body)) rename(*report);
        if (auto* outcome = std::get_if<domain::RecoveryOutcome>(&event.body)) rename(outcome->breaker);
    }
    void rename(domain::ErrorReport& report) const {
        for (domain::ErrorPattern& pattern : report.patterns) {
            for (auto& sample : pattern.samples) rename(sample.breaker);
            for (auto& share : pattern.breakers) rename(share.breaker);
            for (auto& trip : pattern.trips) rename(trip.breaker);
        }
    }
    void rename(domain::RecoveryReport& report) const {
        for (domain::BreakerRecovery& one : report.breakers) {
            rename(one.breaker);
            for (auto& action : one.actions) {
                if (action.last) rename(action.last->breaker);
            }
        }
        for (domain::RecoveryOutcome& outcome : report.history) rename(outcome.breaker);
    }

private:
    const std::string& m_agent;
};

AgentTrouble badMessage(const SseEvent& message, const base::Trouble& cause) {
    AgentTrouble trouble;
    trouble.step = AgentStep::stream;
    trouble.trouble = {base::TroubleCode::invalidInput,
                       "its message \"" + base::logText(message.type) + "\" cannot be read",
                       {},
                       cause.text()};
    return trouble;
}

AgentGap readGap(JsonReader in) {
    const std::string why = domain::readText(in, "why");
    const std::string because = why.empty() ? std::string() : ": " + why;
    if (in.has("lost"))
        return {fmt::format("{} events vanished at the agent{}", in.number("lost", kLargestCount), because)};
    return {fmt::format("The agent's events {} to {} are missing{}", in.number("from", kLargestCount),
                        in.number("to", kLargestCount), because)};
}

/// A breaker that is told of, but cannot be believed.
domain::Snapshot unknownSnapshot(domain::Identity identity) {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<const domain::Identity>(std::move(identity));
    snapshot.state = domain::State::unknown;
    return snapshot;
}

void readRow(JsonReader in, const Renaming& names, AgentSnapshots& into) {
    // Each row has a trouble of its own: one bad breaker must not hide the others.
    ReadTrouble idTrouble;
    domain::Identity identity;
    {
        JsonReader snapshot = in.at("snapshot").with(idTrouble);
        identity = domain::readIdentity(snapshot);
    }
    ReadTrouble trouble;
    AgentRow row;
    if (!idTrouble.first()) {
        names.rename(identity);
        row.snapshot = domain::readSnapshot(in.at("snapshot").with(trouble));
        if (in.has("detail")) row.detail = domain::readDetail(in.at("detail").with(trouble));
        row.snapshot.identity = std::make_shared<const domain::Identity>(identity);
    }
    const auto& first = idTrouble.first() ? idTrouble.first() : trouble.first();
    if (first) {
        ++into.bad;
        if (into.badExample.empty()) into.badExample = first->text();
        if (idTrouble.first()) return;
        row.snapshot = unknownSnapshot(std::move(identity));
        row.detail.reset();
    }
    into.rows.push_back(std::move(row));
}

AgentSnapshots readSnapshots(JsonReader in, const Renaming& names) {
    AgentSnapshots snapshots;
    snapshots.full = in.has("full") && in.truth("full");
    in.list("breakers", kMostRemoteBreakers, [&](JsonReader each) { readRow(std::move(each), names, snapshots); });
    if (in.has("removed")) {
        for (std::string& id : in.texts("removed", kMostRemoteBreakers)) {
            domain::BreakerId removed(std::move(id));
            names.rename(removed);
            snapshots.removed.push_back(std::move(removed));
        }
    }
    return snapshots;
}

std::vector<domain::HandlingStanding> readHandling(JsonReader in, const Renaming& names) {
    std::vector<domain::HandlingStanding> standings;
    in.list("handling", kMostRemoteBreakers, [&](JsonReader each) {
        standings.push_back(domain::readHandlingStanding(std::move(each)));
        names.rename(standings.back().breaker);
    });
    return standings;
}

template <typename Report>
std::shared_ptr<const Report> renamed(Report report, const Renaming& names) {
    names.rename(report);
    return std::make_shared<const Report>(std::move(report));
}

AgentMessage readKind(const std::string& kind, JsonReader in, const Renaming& names) {
    if (kind == "beat") return AgentBeat{in.unixMs("time_unix_ms")};
    if (kind == "gap") return readGap(std::move(in));
    if (kind == "snapshots") return readSnapshots(std::move(in), names);
    if (kind == "patterns") return renamed(domain::readErrorReport(std::move(in)), names);
    if (kind == "recovery") return renamed(domain::readRecoveryReport(std::move(in)), names);
    if (kind == "handling") {
        return std::make_shared<const std::vector<domain::HandlingStanding>>(readHandling(std::move(in), names));
    }
    if (kind == "event") {
        domain::Event event = domain::readEvent(std::move(in));
        names.rename(event);
        return event;
    }
    return std::monostate();
}

}  // namespace

AgentResult<AgentMessage> readMessage(const SseEvent& message, const std::string& agent) {
    if (message.type == "hello") {
        AgentResult<AgentAbout> about = readAbout(message.data);
        if (!about) return tl::unexpected(about.error());
        return AgentMessage(std::move(*about));
    }
    const auto document = domain::parseJson(message.data, kMessageLimits);
    if (!document) return tl::unexpected(badMessage(message, document.error()));
    ReadTrouble trouble;
    AgentMessage read = readKind(message.type, JsonReader(*document, {}, trouble), Renaming(agent));
    if (trouble.first()) return tl::unexpected(badMessage(message, *trouble.first()));
    return read;
}

base::Result<domain::Dossier> readDossierText(std::string_view json) {
    const auto document = domain::parseJson(json, kMessageLimits);
    if (!document) return tl::unexpected(document.error());
    ReadTrouble trouble;
    domain::Dossier dossier = domain::readDossier(JsonReader(*document, {}, trouble));
    if (trouble.first()) return tl::unexpected(*trouble.first());
    return dossier;
}

base::Result<domain::CommandReport> readReportText(std::string_view json, const std::string& agent) {
    const auto document = domain::parseJson(json, kMessageLimits);
    if (!document) return tl::unexpected(document.error());
    const bool isRefusal = document->is_object() && document->contains("error") && document->contains("report") &&
                           document->at("report").is_object();
    ReadTrouble trouble;
    auto report = domain::readCommandReport(JsonReader(isRefusal ? document->at("report") : *document, {}, trouble));
    if (trouble.first()) return tl::unexpected(*trouble.first());
    if (!report) return base::trouble(base::TroubleCode::invalidInput, "is about a command that is not known here");
    Renaming(agent).rename(*report);
    return std::move(*report);
}

std::string remoteId(const std::string& agent, const std::string& id) {
    return id.empty() ? std::string() : agent + "/" + id;
}

std::optional<std::string> idAtAgent(const std::string& agent, std::string_view id) {
    const bool isIts = id.size() > agent.size() + 1 && id.starts_with(agent) && id[agent.size()] == '/';
    return isIts ? std::optional(std::string(id.substr(agent.size() + 1))) : std::nullopt;
}

}  // namespace fusebox::sources
