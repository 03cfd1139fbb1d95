#pragma once
// An error of a guarded call as it counts: with its category and Retry-After, set once, before it is shared.

#include <fusebox/domain/error.h>
#include <fusebox/errors/error_classifier.h>

namespace fusebox::sources {

[[nodiscard]] domain::ErrorRef classified(const errors::ErrorClassifier& classifier, domain::Error error);

}  // namespace fusebox::sources
