#pragma once
// An event as a line of text.

#include <fusebox/ctl/terminal.h>
#include <fusebox/domain/event.h>

#include <string>

namespace fusebox::ctl {

/// "2024-05-07 14:32:07.123  command  orders  trip applied: CLOSED -> OPEN (ann: wrong prices)", printable, without a line
/// break.
[[nodiscard]] std::string eventLine(const domain::Event& event, const Look& look);

}  // namespace fusebox::ctl
