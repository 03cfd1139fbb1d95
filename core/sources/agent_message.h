#pragma once
// The messages of an agent's stream, checked, with its breakers under the names that they have here: "AGENT/ID".
// Threads: pure functions.
// Errors: a message that is no JSON, too large or too deep, or lacks what makes it that message. One breaker whose values
// cannot be is told apart instead: its state is UNKNOWN.
// Limits: 4 MiB and 200,000 values a message, 10,000 breakers a source.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/domain/read_snapshot.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/sources/agent_about.h>
#include <fusebox/sources/sse_reader.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fusebox::sources {

inline constexpr std::size_t kMostRemoteBreakers = 10'000;

/// Events that do not come.
struct AgentGap {
    std::string text;  ///< a sentence for people
};

struct AgentBeat {
    base::WallTime time{};
};

/// One breaker as it is now.
struct AgentRow {
    domain::Snapshot snapshot;                 ///< without its detail
    std::optional<domain::DetailRead> detail;  ///< only when it changed
};

struct AgentSnapshots {
    bool full = false;  ///< breakers that are in neither this message nor one soon after it are gone
    std::vector<AgentRow> rows;
    std::vector<domain::BreakerId> removed;
    std::uint64_t bad = 0;   ///< breakers among the rows whose values cannot be
    std::string badExample;  ///< of one of them, what cannot be
};

using ErrorReportRef = std::shared_ptr<const domain::ErrorReport>;
using RecoveryReportRef = std::shared_ptr<const domain::RecoveryReport>;
using HandlingRef = std::shared_ptr<const std::vector<domain::HandlingStanding>>;

/// monostate: a message of a kind that this program does not know.
using AgentMessage = std::variant<std::monostate, AgentAbout, AgentBeat, AgentGap, AgentSnapshots, domain::Event,
                                  ErrorReportRef, RecoveryReportRef, HandlingRef>;

/// `agent`: the name that stands before the ids of its breakers.
[[nodiscard]] AgentResult<AgentMessage> readMessage(const SseEvent& message, const std::string& agent);

[[nodiscard]] base::Result<domain::Dossier> readDossierText(std::string_view json);
/// As it comes from /api/v1/commands, alone or beside the error of a refusal, with its breaker under the name that it has here.
[[nodiscard]] base::Result<domain::CommandReport> readReportText(std::string_view json, const std::string& agent);

/// "AGENT/ID"; an empty id stays empty.
[[nodiscard]] std::string remoteId(const std::string& agent, const std::string& id);
/// The id at the agent; nothing for an id that is not of that agent.
[[nodiscard]] std::optional<std::string> idAtAgent(const std::string& agent, std::string_view id);

}  // namespace fusebox::sources
