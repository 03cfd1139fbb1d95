#pragma once
// Who is told how the calls of a breaker end, while it asks to be told.

#include <fusebox/base/time.h>
#include <fusebox/breaker/ticket.h>
#include <fusebox/domain/error.h>

#include <optional>

namespace fusebox::breaker {

class Witness {
public:
    /// On the thread of the call. Without `took`: it was not timed.
    virtual void saw(Outcome outcome, const domain::ErrorRef& error, std::optional<base::Duration> took) noexcept = 0;

protected:
    ~Witness() = default;
};

}  // namespace fusebox::breaker
