#pragma once
// The table of rollups: rows of seconds are written, rows of ten seconds are made from them, those of minutes from these.
// Threads: one at a time.

#include <fusebox/journal/batch.h>
#include <fusebox/journal/database.h>

#include <array>
#include <cstdint>

namespace fusebox::journal {

/// How long rows are kept, and from which finer ones they are made.
struct RollupLevel {
    std::int64_t seconds = 1;
    std::int64_t keptSeconds = 3600;
};
inline constexpr std::array<RollupLevel, 3> kRollupLevels{
    RollupLevel{1, 3600}, RollupLevel{10, std::int64_t{24} * 3600}, RollupLevel{60, std::int64_t{30} * 24 * 3600}};

/// The statement for writeRollup().
[[nodiscard]] Attempt<Statement> prepareRollup(Database& database);
/// Adds to what may be there of the same second. REQUIRES: within a transaction.
[[nodiscard]] Attempt<void> writeRollup(Statement& prepared, std::int64_t breaker, const RollupRow& row);

/// Makes the coarser rows of all periods that are over now. Where it stopped last is kept in the file, so that a restart leaves
/// no hole. REQUIRES: within a transaction.
[[nodiscard]] Attempt<void> rollUp(Database& database, std::int64_t nowSeconds);

/// Takes away what is too old of one breaker; `pressed`: also some of the oldest minutes, since the file is too large.
[[nodiscard]] Attempt<void> cutRollups(Database& database, std::int64_t breaker, std::int64_t nowSeconds, bool pressed);

}  // namespace fusebox::journal
