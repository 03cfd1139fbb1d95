#pragma once
// The seven things that may be done about a dependency that fails, and who starts them.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::domain {

enum class RecoveryAction : std::uint8_t {
    none,
    restartService,
    clearCache,
    resetConnection,
    switchEndpoint,
    reduceLoad,
    alertAdmin,
};

inline constexpr std::array kRecoveryActions{RecoveryAction::none,           RecoveryAction::restartService,
                                             RecoveryAction::clearCache,     RecoveryAction::resetConnection,
                                             RecoveryAction::switchEndpoint, RecoveryAction::reduceLoad,
                                             RecoveryAction::alertAdmin};

/// "NONE", "RESTART_SERVICE", ...
[[nodiscard]] std::string_view toWord(RecoveryAction action);
[[nodiscard]] std::optional<RecoveryAction> recoveryActionFromWord(std::string_view word);

enum class ActionMode : std::uint8_t {
    manual,     ///< only a person starts it
    proposed,   ///< Fusebox proposes it when its cause appears, a person approves
    automatic,  ///< Fusebox starts it when its cause appears
};

/// "manual", "proposed", "automatic"
[[nodiscard]] std::string_view toWord(ActionMode mode);
[[nodiscard]] std::optional<ActionMode> actionModeFromWord(std::string_view word);

}  // namespace fusebox::domain
