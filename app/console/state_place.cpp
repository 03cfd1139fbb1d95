#include <fusebox/console/state_place.h>

#include <cstdlib>

namespace fusebox::console {
namespace {

/// A path that is not absolute counts as not set: so says the XDG base directory specification.
std::optional<std::filesystem::path> absoluteIn(const char* variable) {
    const char* value = std::getenv(variable);
    if (value == nullptr || value[0] != '/') return std::nullopt;
    return std::filesystem::path(value);
}

}  // namespace

std::optional<std::filesystem::path> statePlace() {
    auto folder = absoluteIn("XDG_STATE_HOME");
    if (!folder) {
        const auto home = absoluteIn("HOME");
        if (!home) return std::nullopt;
        folder = *home / ".local" / "state";
    }
    return *folder / "fusebox" / "breakers.json";
}

}  // namespace fusebox::console
