#pragma once
// What an actor may do.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::domain {

enum class Role : std::uint8_t {
    viewer,        ///< looks, and commands nothing
    operatorRole,  ///< runs the breakers: trip, reset, hold, release, probe, actions
    admin,         ///< also configures them, forces them CLOSED and releases what others hold
};

inline constexpr std::array kRoles{Role::viewer, Role::operatorRole, Role::admin};

/// "viewer", "operator", "admin"
[[nodiscard]] std::string_view toWord(Role role);
[[nodiscard]] std::optional<Role> roleFromWord(std::string_view word);

}  // namespace fusebox::domain
