#pragma once
// Replays a scenario on the real breaker in virtual time and says whether they agree.
// Threads: none of its own; a run is deterministic.

#include <fusebox/simulate/scenario.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::simulate {

enum class Verdict : std::uint8_t { agrees, disagrees, notExpressible };

/// "agrees", "disagrees", "not expressible"
[[nodiscard]] std::string_view toWord(Verdict verdict);

struct ScenarioResult {
    std::string id;
    bool portable = true;
    Verdict verdict = Verdict::agrees;
    std::vector<std::string> missing;  ///< not expressible: the options that are missing
    std::size_t step = 0;              ///< disagrees: from 1
    std::string expected;              ///< "permitted true"
    std::string got;
};

[[nodiscard]] ScenarioResult runScenario(const Scenario& scenario);

}  // namespace fusebox::simulate
