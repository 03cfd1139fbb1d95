#include <fusebox/journal/stored_json.h>

#include <fusebox/domain/event_json.h>

#include <variant>

namespace fusebox::journal {

namespace {

constexpr std::string_view kEnd = "}";

}  // namespace

std::string carriedJson(const domain::Event& event) {
    if (std::holds_alternative<std::monostate>(event.body)) {
        return {};
    }
    // The part of the whole that the event without its body lacks; so there is one place that knows how it is written.
    domain::Event bare;
    bare.id = event.id;
    bare.kind = event.kind;
    bare.level = event.level;
    bare.at = event.at;
    bare.breaker = event.breaker;
    bare.actor = event.actor;
    bare.text = event.text;
    std::string head;
    domain::appendJson(head, bare);
    std::string whole;
    domain::appendJson(whole, event);
    return whole.substr(head.size(), whole.size() - head.size() - kEnd.size());
}

std::string eventJson(const StoredEvent& stored, std::string_view carried) {
    domain::Event bare;
    bare.id = stored.id;
    bare.kind = stored.kind;
    bare.level = stored.level;
    bare.at = stored.at;
    bare.breaker = stored.breaker;
    bare.actor = stored.actor;
    bare.text = stored.text;
    std::string json;
    domain::appendJson(json, bare);
    if (!carried.empty()) {
        json.pop_back();
        json.append(",").append(carried).append(kEnd);
    }
    return json;
}

}  // namespace fusebox::journal
