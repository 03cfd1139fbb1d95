#pragma once
// Where the console keeps what it needs again at its next start.

#include <filesystem>
#include <optional>

namespace fusebox::console {

/// $XDG_STATE_HOME/fusebox/breakers.json, else ~/.local/state/fusebox/breakers.json; nothing where there is no home.
[[nodiscard]] std::optional<std::filesystem::path> statePlace();

}  // namespace fusebox::console
