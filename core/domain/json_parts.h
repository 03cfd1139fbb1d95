#pragma once
// Values that stand in several JSON documents alike. Each writes one JSON value.

#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/domain/config_entry.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/in_flight.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/rule_standing.h>
#include <fusebox/domain/transition.h>

#include <array>
#include <cstdint>
#include <vector>

namespace fusebox::domain {

void writeJson(JsonWriter& out, const Totals& totals);
void writeJson(JsonWriter& out, const WindowMetrics& window);
void writeJson(JsonWriter& out, const LatencyMetrics& latency);
void writeJson(JsonWriter& out, const InFlight& inFlight);
void writeJson(JsonWriter& out, const Hold& hold);
void writeJson(JsonWriter& out, const ConfigEntry& entry);
void writeJson(JsonWriter& out, const TripReason& trip);
void writeJson(JsonWriter& out, const Transition& transition);
/// Limits: 8 causes deep; deeper ones are left out.
void writeJson(JsonWriter& out, const Error& error);
void writeJson(JsonWriter& out, const std::vector<RuleStanding>& standings);
void writeCategories(JsonWriter& out, const std::array<std::uint64_t, kCategoryCount>& byCategory);

}  // namespace fusebox::domain
