#pragma once
// All metrics that Prometheus may scrape, in one table: name, type, help and where the value comes from.
// Threads: any.
// Limits: kMostBreakers breakers have series of their own; what the others have is added up under the name "_overflow". All
// other labels have few values, known beforehand.

#include <fusebox/base/time.h>
#include <fusebox/domain/frame.h>
#include <fusebox/journal/query.h>
#include <fusebox/server/tally.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace fusebox::server {

inline constexpr std::size_t kMostBreakers = 2000;
inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

/// What the program knows of itself.
struct ProgramFigures {
    std::string version;
    domain::FrameRef frame;  ///< null: none yet
    base::Duration frameAge{};
    std::optional<journal::JournalHealth> journal;
    const Tally* tally = nullptr;
    std::size_t connections = 0;
    std::size_t streams = 0;
    std::size_t waitingCommands = 0;
    std::size_t waitingQuestions = 0;  ///< to the journal
    std::uint64_t streamGaps = 0;
};

[[nodiscard]] std::string metricsText(const ProgramFigures& figures);

}  // namespace fusebox::server
