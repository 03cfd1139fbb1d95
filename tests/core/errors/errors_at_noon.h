// Errors as they are noted, and times around a noon, for tests.
#pragma once

#include <fusebox/base/time.h>
#include <fusebox/domain/error.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

inline fusebox::base::WallTime at(std::chrono::milliseconds sinceNoon) {
    return fusebox::base::WallTime(std::chrono::hours(24 * 365 * 50 + 12) + sinceNoon);
}

inline fusebox::domain::ErrorRef errorOf(std::string message,
                                         fusebox::domain::Category category = fusebox::domain::Category::transient,
                                         std::string type = {}) {
    auto error = std::make_shared<fusebox::domain::Error>();
    error->type = std::move(type);
    error->message = std::move(message);
    error->category = category;
    return error;
}
