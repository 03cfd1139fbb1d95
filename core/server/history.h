#pragma once
// Where events come from that are no longer in memory: the journal, where there is one.
// Threads: called on one thread of the server's own; may block there.

#include <fusebox/base/result.h>
#include <fusebox/domain/event.h>

#include <cstddef>
#include <vector>

namespace fusebox::server {

class History {
public:
    virtual ~History() = default;

    /// Events with higher ids, lowest first, at most so many. Empty: there are no more.
    [[nodiscard]] virtual base::Result<std::vector<domain::Event>> eventsAfter(domain::EventId after,
                                                                               std::size_t most) = 0;
};

}  // namespace fusebox::server
