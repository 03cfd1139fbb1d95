// What an agent says, for tests that play one.
#pragma once

#include <fusebox/base/time.h>
#include <fusebox/domain/detail_json.h>
#include <fusebox/domain/event_json.h>
#include <fusebox/domain/snapshot_json.h>
#include <fusebox/sources/agent_message.h>

#include <cstdint>
#include <string>
#include <vector>

namespace story {

using namespace fusebox;

inline domain::Snapshot breaker(const std::string& id, domain::State state = domain::State::closed) {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<const domain::Identity>(
        domain::Identity{domain::BreakerId(id), id, "http", "http://127.0.0.1:8081/", "shop", "local"});
    snapshot.state = state;
    snapshot.revision = 3;
    snapshot.metrics.totals.success = 10;
    return snapshot;
}

inline std::string about(std::uint64_t lastEvent = 0, const std::string& boot = "b1",
                         std::int64_t time = 1'700'000'000'000, const std::string& role = "operator",
                         std::uint64_t api = 1) {
    return R"({"agent":"shop","version":"1.2","api":)" + std::to_string(api) + R"(,"boot":")" + boot +
           R"(","time_unix_ms":)" + std::to_string(time) + R"(,"role":")" + role +
           R"(","actor":"ann","lab":false,"last_event":)" + std::to_string(lastEvent) + "}";
}

inline std::string snapshots(const std::vector<domain::Snapshot>& all, bool full = true,
                             const std::string& removed = "[]", const domain::Detail* detail = nullptr) {
    std::string text =
        R"({"at_unix_ms":1700000000000,"full":)" + std::string(full ? "true" : "false") + R"(,"breakers":[)";
    for (std::size_t i = 0; i < all.size(); ++i) {
        text += i == 0 ? R"({"snapshot":)" : R"(,{"snapshot":)";
        domain::appendJson(text, all[i]);
        if (detail != nullptr) {
            text += R"(,"detail":)";
            domain::appendJson(text, *detail);
        }
        text += "}";
    }
    return text + R"(],"removed":)" + removed + "}";
}

inline std::string event(std::uint64_t id, const std::string& text = "something happened",
                         const std::string& breaker = "orders") {
    domain::Event event;
    event.id = domain::EventId(id);
    event.at = base::WallTime(std::chrono::milliseconds(1'700'000'000'000));
    event.breaker = domain::BreakerId(breaker);
    event.text = text;
    std::string json;
    domain::appendJson(json, event);
    return json;
}

/// As it travels in the stream.
inline std::string message(const std::string& type, const std::string& data, std::uint64_t id = 0) {
    return (id == 0 ? std::string() : "id: " + std::to_string(id) + "\n") + "event: " + type + "\ndata: " + data +
           "\n\n";
}

inline std::string beat(std::int64_t time = 1'700'000'000'000) {
    return R"({"time_unix_ms":)" + std::to_string(time) + "}";
}

inline std::string report(const std::string& id, const std::string& status, const std::string& breaker = "orders") {
    return R"({"id":")" + id + R"(","kind":"trip","breaker":")" + breaker +
           R"(","actor":"ann","role":"operator","reason":"a test","status":")" + status + R"(","message":"done"})";
}

inline std::string commandEvent(std::uint64_t id, const std::string& command, const std::string& status) {
    return R"({"id":)" + std::to_string(id) + R"(,"kind":"command","level":"info","at_unix_ms":1700000000000,)" +
           R"("breaker":"orders","text":"trip","command":)" + report(command, status) + "}";
}

}  // namespace story
