#pragma once
// Reads values that stand in several JSON documents alike, from an agent that may be newer, older or hostile: unknown
// fields are passed over, an unknown word makes its value unknown, a number that cannot be is a trouble of the reader.
// Limits: texts are cut to the given bytes, at a whole character.

#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/domain/config_entry.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/in_flight.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/rule_standing.h>
#include <fusebox/domain/transition.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::domain {

inline constexpr std::size_t kLongestReadId = 400;        ///< longer ones are refused: two cut ones might be the same
inline constexpr std::size_t kLongestReadWords = 1024;    ///< names, targets, reasons, values
inline constexpr std::size_t kLongestReadMessage = 8192;  ///< what errors and programs say

/// Absent: empty.
[[nodiscard]] std::string readText(JsonReader& in, const char* key, std::size_t most = kLongestReadWords);
/// Must be there, and no longer than an id is.
[[nodiscard]] std::string readId(JsonReader& in, const char* key);
/// Absent or empty: none.
[[nodiscard]] std::string readIdOrNone(JsonReader& in, const char* key);
[[nodiscard]] std::optional<base::Duration> readMs(JsonReader& in, const char* key);
[[nodiscard]] std::optional<std::uint64_t> readNumber(JsonReader& in, const char* key);
/// 0 to 1.
[[nodiscard]] double readShare(JsonReader& in, const char* key);
[[nodiscard]] std::optional<double> readShareOrNone(JsonReader& in, const char* key);
/// Between -1e15 and 1e15.
[[nodiscard]] double readReal(JsonReader& in, const char* key);

/// A word that must be there; nothing for one that this program does not know.
template <typename Enum>
[[nodiscard]] std::optional<Enum> readWord(JsonReader& in, const char* key, std::size_t count) {
    const std::string given = in.text(key);
    for (std::size_t i = 0; i < count; ++i) {
        if (toWord(static_cast<Enum>(i)) == given) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

/// A state that this program does not know is UNKNOWN, whatever else is known: never one that looks healthy.
[[nodiscard]] State readState(JsonReader& in, const char* key);

[[nodiscard]] Totals readTotals(JsonReader in);
[[nodiscard]] WindowMetrics readWindow(JsonReader in);
[[nodiscard]] LatencyMetrics readLatency(JsonReader in);
[[nodiscard]] InFlight readInFlight(JsonReader in);
/// Nothing for a mode that this program does not know.
[[nodiscard]] std::optional<Hold> readHold(JsonReader in);
[[nodiscard]] ConfigEntry readEntry(JsonReader in);
/// Nothing for a rule that this program does not know.
[[nodiscard]] std::optional<TripReason> readTrip(JsonReader in);
/// Nothing for a cause that this program does not know. Transition::at is made of the wall time: it only tells apart.
[[nodiscard]] std::optional<Transition> readTransition(JsonReader in);
/// Limits: 8 causes deep.
[[nodiscard]] ErrorRef readError(JsonReader in);
[[nodiscard]] std::vector<RuleStanding> readStandings(JsonReader& in, const char* key);
[[nodiscard]] std::array<std::uint64_t, kCategoryCount> readCategories(JsonReader in);

}  // namespace fusebox::domain
