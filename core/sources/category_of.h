#pragma once
// What kind of trouble an error is, by its code in its code system, else by its type.

#include <fusebox/domain/category.h>
#include <fusebox/domain/error.h>

namespace fusebox::sources {

/// The error's own category if it has one; UNKNOWN when neither code nor type tell.
[[nodiscard]] domain::Category categoryOf(const domain::Error& error);

}  // namespace fusebox::sources
