#pragma once
// One sentence on what became of a command: "Trip of orders-api is pending", "Reset of orders-api refused: it is
// closed".

#include <fusebox/intent/command_desk.h>

#include <QString>

namespace fusebox::views {

/// Safe to be shown on one line.
[[nodiscard]] QString textOf(const intent::Errand& errand);

}  // namespace fusebox::views
