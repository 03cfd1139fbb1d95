#pragma once
// The error handlers of this process, by the breakers whose calls they handle.
// Threads: all functions from any thread.

#include <fusebox/base/mutex.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/domain/ids.h>
#include <fusebox/handling/error_handler.h>

#include <map>
#include <memory>
#include <string_view>
#include <vector>

namespace fusebox::handling {

class ErrorHandlers {
public:
    using Standings = std::shared_ptr<const std::vector<domain::HandlingStanding>>;

    /// REQUIRES: not null. Takes the place of another one for the same breaker.
    void add(std::shared_ptr<ErrorHandler> handler);
    void remove(const domain::BreakerId& breaker);

    /// Null: none.
    [[nodiscard]] std::shared_ptr<ErrorHandler> find(const domain::BreakerId& breaker) const;

    [[nodiscard]] std::vector<std::shared_ptr<ErrorHandler>> inGroup(std::string_view group) const;

    /// Ordered by breaker; the same list as before if nothing has changed.
    [[nodiscard]] Standings standings();

private:
    mutable base::Mutex m_mutex;
    std::map<domain::BreakerId, std::shared_ptr<ErrorHandler>> m_handlers FUSEBOX_GUARDED_BY(m_mutex);
    Standings m_last FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::handling
