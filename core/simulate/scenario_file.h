#pragma once
// Reads scenario files: JSON with a list "scenarios", or the bare list.
// Errors: text that is no JSON, or a scenario without id, config or steps, is Trouble with its place. A scenario that asks for
// something unknown is read all the same and says so in Scenario::missing: none is passed over.

#include <fusebox/base/result.h>
#include <fusebox/simulate/scenario.h>

#include <string>
#include <string_view>
#include <vector>

namespace fusebox::simulate {

/// `where` names the text in errors, usually the file.
[[nodiscard]] base::Result<std::vector<Scenario>> parseScenarios(std::string_view json, const std::string& where);

[[nodiscard]] base::Result<std::vector<Scenario>> readScenarioFile(const std::string& path);

}  // namespace fusebox::simulate
