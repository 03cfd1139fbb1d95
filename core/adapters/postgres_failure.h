#pragma once
// Reads what libpq says of a failure: SQLSTATE, errno and a message fit for people.

#include <fusebox/adapters/failure.h>

#include <string>
#include <string_view>

struct pg_result;

namespace fusebox::adapters {

/// From the text of a connection in trouble. REQUIRES: it was written at the verbosity PQERRORS_VERBOSE, so that SQLSTATEs stand in it.
[[nodiscard]] domain::Error postgresLinkFailure(std::string_view text);

/// From the result of a query that failed.
[[nodiscard]] domain::Error postgresQueryFailure(const pg_result* result);

}  // namespace fusebox::adapters
