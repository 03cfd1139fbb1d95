#include <fusebox/ctl/answers.h>

#include <fusebox/domain/json_document.h>
#include <fusebox/domain/read_snapshot.h>

#include <unistd.h>

namespace fusebox::ctl {

Attempt<nlohmann::json> ask(sources::AgentClient& client, std::string_view path) {
    auto body = client.get(path);
    if (!body) return failed(body.error());
    auto json = domain::parseJson(*body);
    if (!json || !json->is_object()) {
        return failed(ExitCode::noConnection, "it answers, but not as an agent: " +
                                                  (json ? std::string("this is no object") : json.error().text()));
    }
    return std::move(*json);
}

Attempt<std::vector<domain::Snapshot>> readBreakers(const nlohmann::json& json) {
    constexpr std::size_t kMostBreakers = 10'000;
    return readDocument(json, [](domain::JsonReader in) {
        std::vector<domain::Snapshot> breakers;
        in.list("breakers", kMostBreakers,
                [&](domain::JsonReader one) { breakers.push_back(domain::readSnapshot(std::move(one))); });
        return breakers;
    });
}

std::string jsonText(const nlohmann::json& json) {
    const bool isTerminal = ::isatty(STDOUT_FILENO) != 0;
    return json.dump(-1, ' ', isTerminal, nlohmann::json::error_handler_t::replace);
}

std::string withQuery(std::string path, const std::vector<std::pair<std::string_view, std::string>>& query) {
    char mark = '?';
    for (const auto& [name, value] : query) {
        if (value.empty()) continue;
        path += mark + std::string(name) + "=" + sources::pathSegment(value);
        mark = '&';
    }
    return path;
}

}  // namespace fusebox::ctl
