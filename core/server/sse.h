#pragma once
// Messages of an event stream (text/event-stream), written so that no text can end a line: the data is JSON in one line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::server {

/// Appends one message. REQUIRES: the data is JSON by JsonWriter, which writes no line breaks.
void appendMessage(std::string& out, std::string_view event, std::string_view data,
                   std::optional<std::uint64_t> id = std::nullopt);

/// {"from":..,"to":..,"why":..}: the events with these ids do not come in this stream.
[[nodiscard]] std::string gapMessage(std::uint64_t from, std::uint64_t to, std::string_view why);

/// {"lost":..,"why":..}: so many events vanished before they got an id.
[[nodiscard]] std::string lossMessage(std::uint64_t lost, std::string_view why);

}  // namespace fusebox::server
