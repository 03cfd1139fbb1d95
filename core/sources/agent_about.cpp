#include <fusebox/domain/json_document.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/sources/agent_about.h>

#include <utility>

namespace fusebox::sources {

namespace {

AgentTrouble notAnAgent(const base::Trouble& cause) {
    AgentTrouble trouble;
    trouble.step = AgentStep::http;
    trouble.trouble = {
        base::TroubleCode::invalidInput, "it does not introduce itself as an agent does", {}, cause.text()};
    return trouble;
}

}  // namespace

AgentResult<AgentAbout> readAbout(std::string_view json) {
    constexpr std::size_t kLargest = 64U << 10U;
    const auto document = domain::parseJson(json, {kLargest, 1000, 8});
    if (!document) return tl::unexpected(notAnAgent(document.error()));
    domain::ReadTrouble read;
    domain::JsonReader in(*document, {}, read);
    AgentAbout about;
    about.agent = in.text("agent");
    about.api = in.number("api");
    about.version = in.textOr("version", {});
    if (!read.first() && about.api != kAgentApi) {
        AgentTrouble trouble;
        trouble.step = AgentStep::version;
        trouble.trouble = {base::TroubleCode::refused,
                           "it speaks version " + std::to_string(about.api) + " of the API, this program version " +
                               std::to_string(kAgentApi),
                           {},
                           {}};
        return tl::unexpected(std::move(trouble));
    }
    about.boot = in.text("boot");
    about.time = in.unixMs("time_unix_ms");
    about.role = in.textOr("role", {});
    about.actor = in.textOr("actor", {});
    about.isLab = in.has("lab") && in.truth("lab");
    if (in.has("last_event")) about.lastEvent = in.number("last_event");
    if (read.first()) return tl::unexpected(notAnAgent(*read.first()));
    return about;
}

AgentResult<AgentAbout> introduce(AgentClient& client, std::stop_token stop) {
    AgentResult<std::string> answer = client.get("/api/v1/about", std::move(stop));
    if (!answer) return tl::unexpected(answer.error());
    AgentResult<AgentAbout> about = readAbout(*answer);
    if (!about && about.error().trouble.where.empty()) about.error().trouble.where = client.address().origin();
    return about;
}

}  // namespace fusebox::sources
