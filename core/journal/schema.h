#pragma once
// The tables of the journal's file, and how a file of an earlier version gets them.
//
//   event    what happened, narrow, so that a search reads little: id, time, kind, level, breaker, actor, text, states
//   body     what an event carries, as JSON, and the dossier of a trip
//   audit    the chain of commands and configuration changes, see audit_chain.h
//   rollup   per breaker: the calls of a second, of ten, of a minute
//   standing the state in which a breaker was first seen in a run of the program
//   run      when the program ran
//   note     what people wrote down
//   state    what is to come back after a restart
//   breaker  the breakers' ids, numbered
//   meta     small facts about the file itself
//
// Errors: SqliteTrouble; isForeign() for a file that is no journal, is of a newer version, or holds what no journal holds.

#include <fusebox/journal/database.h>

#include <cstdint>

namespace fusebox::journal {

inline constexpr std::int64_t kApplicationId = 0x46736278;  // "Fsbx"
inline constexpr std::int64_t kSchemaVersion = 3;

/// Makes the tables in a new file, or migrates them: one transaction, all or nothing.
[[nodiscard]] Attempt<void> prepareSchema(Database& database);

/// Looks whether the file can be read by this version.
[[nodiscard]] Attempt<void> checkSchema(Database& database);

}  // namespace fusebox::journal
