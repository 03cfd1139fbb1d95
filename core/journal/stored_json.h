#pragma once
// An event taken apart for the file and put together again: what the event carries is stored as JSON, all else in columns.
// Both together are what domain::appendJson says of the event.

#include <fusebox/domain/event.h>
#include <fusebox/journal/query.h>

#include <string>
#include <string_view>

namespace fusebox::journal {

/// What the event carries, as a field with its name: "\"transition\":{...}"; empty: nothing.
[[nodiscard]] std::string carriedJson(const domain::Event& event);

/// The whole event; `carried` from carriedJson().
[[nodiscard]] std::string eventJson(const StoredEvent& event, std::string_view carried);

}  // namespace fusebox::journal
