#include <fusebox/server/events_query.h>

#include <fusebox/server/query.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::server {

namespace {

tl::unexpected<base::Trouble> bad(std::string what, std::string where) {
    return base::trouble(base::TroubleCode::invalidInput, std::move(what), std::move(where));
}

/// False for a word that names nothing.
bool wish(Wishes& wishes, std::string_view word) {
    if (word == "snapshots") return wishes.snapshots = true;
    for (std::size_t i = 0; i < kTopics; ++i) {
        if (word == toWord(static_cast<Topic>(i))) return wishes.topics[i] = true;
    }
    return false;
}

}  // namespace

base::Result<std::uint64_t> lastEventIdOf(std::string_view field) {
    const auto id = wholeNumber(field, kLargestEventId);
    if (!id) return bad("It must be a whole number from 0 to 2^53 - 1.", "Last-Event-ID");
    return *id;
}

base::Result<Wishes> wishesOf(const Request& request) {
    const base::Result<Query> query = Query::parse(request.query);
    if (!query) return tl::unexpected(query.error());
    if (!query->firstOther({"with", "interval_ms"}).empty()) return bad("It knows with and interval_ms.", "query");
    Wishes wishes;
    const std::string words = query->text("with");
    for (std::string_view rest = words; !rest.empty();) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (!wish(wishes, rest.substr(0, comma))) {
            return bad("It must name some of snapshots, patterns, recovery and handling, with commas.", "with");
        }
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    const auto interval = query->number("interval_ms", kLongestIntervalMs);
    if (!interval) return tl::unexpected(interval.error());
    if (*interval) {
        if (**interval < kShortestIntervalMs) {
            return bad(fmt::format("It must be {} to {}.", kShortestIntervalMs, kLongestIntervalMs), "interval_ms");
        }
        wishes.interval = std::chrono::milliseconds(**interval);
    }
    if (request.lastEventId) {
        const auto id = lastEventIdOf(*request.lastEventId);
        if (!id) return tl::unexpected(id.error());
        wishes.after = *id;
    }
    return wishes;
}

}  // namespace fusebox::server
