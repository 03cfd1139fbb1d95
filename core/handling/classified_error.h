#pragma once
// An error of a guarded call as it counts: with its category and Retry-After, and without what shows itself as a secret, set once, before
// it is shared.

#include <fusebox/domain/error.h>
#include <fusebox/errors/error_classifier.h>

namespace fusebox::handling {

/// What `about` says where the error's own context says nothing.
[[nodiscard]] domain::ErrorRef classified(const errors::ErrorClassifier& classifier, domain::Error error,
                                          const domain::ErrorContext& about = {});

}  // namespace fusebox::handling
