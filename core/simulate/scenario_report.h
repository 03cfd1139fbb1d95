#pragma once
// The results of scenarios as text for people and as JSON for programs. Every scenario has its line.

#include <fusebox/simulate/scenario_run.h>

#include <string>
#include <vector>

namespace fusebox::simulate {

[[nodiscard]] std::string textReport(const std::vector<ScenarioResult>& results);

/// {"scenarios":[{"id","portable","verdict","step","expected","got","missing"}],"summary":{...}}
[[nodiscard]] std::string jsonReport(const std::vector<ScenarioResult>& results);

}  // namespace fusebox::simulate
