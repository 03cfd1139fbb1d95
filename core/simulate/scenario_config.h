#pragma once
// Translates a scenario's configuration into our options, or says which of our options is missing.
// Limits: room-internal; the vocabulary is the one described in scenario files under "config_vocabulary".

#include <fusebox/simulate/scenario.h>

#include <nlohmann/json_fwd.hpp>

namespace fusebox::simulate {

/// The type of the error of a soft failure.
inline constexpr std::string_view kSoftFailureType = "SoftFailure";

/// Fills config, reasons and missing.
void readConfig(const nlohmann::json& json, Scenario& into);

}  // namespace fusebox::simulate
