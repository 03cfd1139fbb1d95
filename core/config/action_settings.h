#pragma once
// What a configuration says of recovery: one ActionSettings for each [[dependency.action]].
// Lifetime: plain values.

#include <fusebox/recovery/action_plan.h>
#include <fusebox/recovery/program.h>
#include <fusebox/recovery/reduce_load.h>
#include <fusebox/recovery/switch_endpoint.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::config {

struct ActionSettings {
    domain::RecoveryAction action = domain::RecoveryAction::none;
    domain::ActionMode mode = domain::ActionMode::manual;
    recovery::ActionLimits limits;
    std::vector<domain::Category> causes;
    std::string errorText;
    std::optional<recovery::Program> program;          ///< RESTART_SERVICE
    double share = recovery::ReduceLoad::kUsualShare;  ///< REDUCE_LOAD
    recovery::SwitchEndpoint::Options returning;       ///< SWITCH_ENDPOINT: the way back
    std::uint32_t line = 0;                            ///< where it stands in the file; zero: nobody asked for it

    /// Wherever it stands in the file.
    [[nodiscard]] bool saysTheSameAs(const ActionSettings& other) const;
};

}  // namespace fusebox::config
