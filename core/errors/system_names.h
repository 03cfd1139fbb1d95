#pragma once
// Which code system people mean by a name: "postgres", "PostgreSQL", "aws-service-model", "errno".
// Threads, Errors: a pure function; a name that is not known is CodeSystem::none.

#include <fusebox/domain/error.h>

#include <string_view>

namespace fusebox::errors {

/// By the beginnings of its words; case does not matter. What is special ("msg-redis": a text) goes before what is general.
[[nodiscard]] domain::CodeSystem systemNamed(std::string_view name);

}  // namespace fusebox::errors
