#include <fusebox/simulate/scenario_report.h>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace fusebox::simulate {

namespace {

struct Tally {
    std::size_t agrees = 0;
    std::size_t disagrees = 0;
    std::size_t notExpressible = 0;

    void count(Verdict verdict) {
        agrees += verdict == Verdict::agrees ? 1 : 0;
        disagrees += verdict == Verdict::disagrees ? 1 : 0;
        notExpressible += verdict == Verdict::notExpressible ? 1 : 0;
    }
    [[nodiscard]] std::size_t all() const { return agrees + disagrees + notExpressible; }
};

Tally tally(const std::vector<ScenarioResult>& results, bool portableOnly) {
    Tally counts;
    for (const ScenarioResult& result : results) {
        if (result.portable || !portableOnly) {
            counts.count(result.verdict);
        }
    }
    return counts;
}

std::string line(const ScenarioResult& result) {
    const std::string name = result.portable ? result.id : result.id + " (not portable)";
    switch (result.verdict) {
        case Verdict::agrees:
            return fmt::format("agrees           {}\n", name);
        case Verdict::disagrees:
            return fmt::format("disagrees        {} at step {} (expected {}, got {})\n", name, result.step,
                               result.expected, result.got);
        case Verdict::notExpressible:
            return fmt::format("not expressible  {} (missing: {})\n", name, fmt::join(result.missing, "; "));
    }
    return {};
}

std::string summaryLine(const char* which, const Tally& counts) {
    return fmt::format("{}: {} scenarios, {} agree, {} disagree, {} not expressible\n", which, counts.all(),
                       counts.agrees, counts.disagrees, counts.notExpressible);
}

nlohmann::json asJson(const Tally& counts) {
    return {{"scenarios", counts.all()},
            {"agrees", counts.agrees},
            {"disagrees", counts.disagrees},
            {"not_expressible", counts.notExpressible}};
}

}  // namespace

std::string textReport(const std::vector<ScenarioResult>& results) {
    std::string text;
    for (const ScenarioResult& result : results) {
        text += line(result);
    }
    return text + summaryLine("portable", tally(results, true)) + summaryLine("all", tally(results, false));
}

std::string jsonReport(const std::vector<ScenarioResult>& results) {
    nlohmann::json list = nlohmann::json::array();
    for (const ScenarioResult& result : results) {
        nlohmann::json entry{{"id", result.id}, {"portable", result.portable}, {"verdict", toWord(result.verdict)}};
        if (result.verdict == Verdict::disagrees) {
            entry["step"] = result.step;
            entry["expected"] = result.expected;
            entry["got"] = result.got;
        }
        if (result.verdict == Verdict::notExpressible) {
            entry["missing"] = result.missing;
        }
        list.push_back(std::move(entry));
    }
    const nlohmann::json report{
        {"scenarios", std::move(list)},
        {"summary", {{"portable", asJson(tally(results, true))}, {"all", asJson(tally(results, false))}}}};
    return report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace fusebox::simulate
