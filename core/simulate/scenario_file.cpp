#include <fusebox/simulate/scenario_file.h>

#include <fusebox/simulate/scenario_config.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <utility>

namespace fusebox::simulate {

namespace {

using base::TroubleCode;
using nlohmann::json;

constexpr std::pair<std::string_view, StepKind> kStepWords[] = {
    {"try", StepKind::tryCall},        {"success", StepKind::success},
    {"failure", StepKind::failure},    {"slow", StepKind::slow},
    {"ignored", StepKind::ignored},    {"soft_failure", StepKind::softFailure},
    {"cancel", StepKind::cancel},      {"observe", StepKind::observe},
    {"trip", StepKind::trip},          {"force_open", StepKind::forceOpen},
    {"isolate", StepKind::isolate},    {"unisolate", StepKind::unisolate},
    {"disable", StepKind::disable},    {"metrics_only", StepKind::metricsOnly},
    {"half_open", StepKind::halfOpen}, {"close", StepKind::close},
    {"reset", StepKind::reset},        {"release", StepKind::release},
};

constexpr std::string_view kStepKeys[] = {"t_ms",
                                          "event",
                                          "duration_ms",
                                          "expect_permitted",
                                          "expect_state",
                                          "acquire",
                                          "id",
                                          "of",
                                          "repeat",
                                          "each",
                                          "wait_ms",
                                          "expect_error",
                                          "expect_failure_rate",
                                          "expect_window",
                                          "expect_opens",
                                          "expect_retry_after_ms",
                                          "expect_reason",
                                          "note"};

base::Duration asMilliseconds(const json& number) {
    return std::chrono::duration_cast<base::Duration>(std::chrono::duration<double, std::milli>(number.get<double>()));
}

/// The value of a key, or nothing where it is absent or null.
template <typename Value>
std::optional<Value> optional(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) {
        return std::nullopt;
    }
    return found->get<Value>();
}

std::optional<base::Duration> optionalMilliseconds(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) {
        return std::nullopt;
    }
    return asMilliseconds(*found);
}

Expectation readExpectation(const json& object) {
    Expectation expect;
    expect.permitted = optional<bool>(object, "expect_permitted");
    expect.state = optional<std::string>(object, "expect_state");
    expect.failureRatePercent = optional<double>(object, "expect_failure_rate");
    expect.window = optional<std::array<std::uint64_t, 2>>(object, "expect_window");
    expect.opens = optional<std::uint64_t>(object, "expect_opens");
    expect.retryAfter = optionalMilliseconds(object, "expect_retry_after_ms");
    expect.reason = optional<std::string>(object, "expect_reason");
    expect.error = optional<std::string>(object, "expect_error");
    return expect;
}

Step readStep(const json& object, std::vector<std::string>& missing) {
    for (const auto& [key, value] : object.items()) {
        if (std::find(std::begin(kStepKeys), std::end(kStepKeys), key) == std::end(kStepKeys)) {
            missing.push_back("step." + key);
        }
    }
    Step step;
    step.at = asMilliseconds(object.at("t_ms"));
    const std::string event = object.at("event").get<std::string>();
    const auto word = std::find_if(std::begin(kStepWords), std::end(kStepWords),
                                   [&event](const auto& entry) { return entry.first == event; });
    if (word == std::end(kStepWords)) {
        missing.push_back("event " + event);
    } else {
        step.kind = word->second;
    }
    step.took = optionalMilliseconds(object, "duration_ms");
    step.wait = optionalMilliseconds(object, "wait_ms");
    step.acquire = optional<bool>(object, "acquire").value_or(true);
    step.id = optional<std::string>(object, "id").value_or("");
    step.of = optional<std::string>(object, "of").value_or("");
    step.repeat = optional<std::uint32_t>(object, "repeat").value_or(1);
    step.expectEach = optional<bool>(object, "each").value_or(false);
    step.expect = readExpectation(object);
    return step;
}

Scenario readScenario(const json& object) {
    Scenario scenario;
    scenario.id = object.at("id").get<std::string>();
    scenario.portable = optional<bool>(object, "portable").value_or(true);
    readConfig(object.at("config"), scenario);
    for (const json& step : object.at("steps")) {
        scenario.steps.push_back(readStep(step, scenario.missing));
    }
    return scenario;
}

}  // namespace

base::Result<std::vector<Scenario>> parseScenarios(std::string_view text, const std::string& where) {
    std::vector<Scenario> scenarios;
    std::string place = where;
    try {
        const json document = json::parse(text);
        const json& list = document.is_object() ? document.at("scenarios") : document;
        if (!list.is_array()) {
            return base::trouble(TroubleCode::invalidInput, "expected a list of scenarios", where);
        }
        for (const json& object : list) {
            const std::string id = object.is_object() ? object.value("id", "") : "";
            place = fmt::format("{}: scenario {} {}", where, scenarios.size() + 1, id);
            scenarios.push_back(readScenario(object));
        }
    } catch (const json::exception& e) {
        return base::trouble(TroubleCode::invalidInput, "not a scenario file", place, e.what());
    }
    return scenarios;
}

base::Result<std::vector<Scenario>> readScenarioFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return base::trouble(TroubleCode::notFound, "cannot be read; give the path of a scenario file", path);
    }
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return parseScenarios(text, path);
}

}  // namespace fusebox::simulate
