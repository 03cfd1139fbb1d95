#pragma once
// What is no longer in memory: the journal, where there is one.
// Errors: notFound: there is no journal, what is asked for is not kept. All others pass, or are the question's fault.
// Threads: called on one thread of the server's own; may block there. giveUp() from any.

#include <fusebox/base/result.h>
#include <fusebox/domain/ids.h>
#include <fusebox/journal/query.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::server {

/// An event as domain::appendJson writes it.
struct PastEvent {
    std::uint64_t id = 0;
    std::string json;
};

/// Whom and what the journal knows, in alphabetical order.
struct PastNames {
    std::vector<domain::BreakerId> breakers;
    std::vector<std::string> actors;
};

class History {
public:
    virtual ~History() = default;

    /// The server stops: what is being asked ends soon, and nothing more can be asked.
    virtual void giveUp() {}

    /// Events with higher ids, lowest first, at most so many. Empty: there are no more.
    [[nodiscard]] virtual base::Result<std::vector<PastEvent>> eventsAfter(domain::EventId after, std::size_t most) = 0;

    [[nodiscard]] virtual base::Result<journal::EventPage> events(const journal::EventQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::vector<journal::RollupPoint>> rollups(
        const journal::RollupQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) = 0;
    [[nodiscard]] virtual base::Result<PastNames> names() = 0;
};

}  // namespace fusebox::server
