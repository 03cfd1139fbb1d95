#pragma once
// Asks an agent and reads what it says, which may be anything.
// Errors: as AgentClient; noConnection for an answer that is none of an agent.

#include <fusebox/ctl/failure.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/sources/agent_client.h>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fusebox::ctl {

[[nodiscard]] Attempt<nlohmann::json> ask(sources::AgentClient& client, std::string_view path);

/// Lets `read` take the document apart by a JsonReader.
template <typename Read>
[[nodiscard]] auto readDocument(const nlohmann::json& json, Read read)
    -> Attempt<decltype(read(std::declval<domain::JsonReader>()))> {
    domain::ReadTrouble trouble;
    auto value = read(domain::JsonReader(json, "", trouble));
    if (trouble.first()) {
        return failed(ExitCode::noConnection, "it answers, but this cannot be read: " + trouble.first()->text());
    }
    return value;
}

[[nodiscard]] Attempt<std::vector<domain::Snapshot>> readBreakers(const nlohmann::json& json);

/// JSON for standard output; for a terminal all that is not ASCII is escaped, so that it cannot be steered.
[[nodiscard]] std::string jsonText(const nlohmann::json& json);

/// A path with its query: "?from_unix_ms=1&text=a%20b". What is empty is left out.
[[nodiscard]] std::string withQuery(std::string path,
                                    const std::vector<std::pair<std::string_view, std::string>>& query);

}  // namespace fusebox::ctl
