#include <fusebox/server/history_query.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>

#include <algorithm>

namespace fusebox::server {

namespace {

constexpr std::uint64_t kLastMs = 253'402'300'799'999;  // the end of the year 9999
constexpr std::uint64_t kMostEvents = 1000;
constexpr std::uint64_t kMostPoints = 10'000;
constexpr std::size_t kLongestText = 200;
constexpr std::size_t kKinds = 9;

tl::unexpected<base::Trouble> bad(std::string what, std::string where) {
    return base::trouble(base::TroubleCode::invalidInput, std::move(what), std::move(where));
}

base::Result<std::optional<base::WallTime>> timeOf(const Query& query, const char* name) {
    const auto ms = query.number(name, kLastMs);
    if (!ms) return tl::unexpected(ms.error());
    if (!*ms) return std::optional<base::WallTime>();
    return std::optional(base::WallTime(std::chrono::milliseconds(**ms)));
}

base::Result<journal::TimeSpan> spanOf(const Query& query) {
    const auto from = timeOf(query, "from_unix_ms");
    if (!from) return tl::unexpected(from.error());
    const auto to = timeOf(query, "to_unix_ms");
    if (!to) return tl::unexpected(to.error());
    journal::TimeSpan span;
    span.from = from->value_or(span.from);
    span.to = to->value_or(span.to);
    if (span.to < span.from) return bad("It must not be before from_unix_ms.", "to_unix_ms");
    return span;
}

base::Result<std::vector<domain::EventKind>> kindsOf(std::string_view words) {
    std::vector<domain::EventKind> kinds;
    while (!words.empty()) {
        const std::size_t comma = std::min(words.find(','), words.size());
        std::size_t i = 0;
        while (i < kKinds && toWord(static_cast<domain::EventKind>(i)) != words.substr(0, comma)) ++i;
        if (i == kKinds) return bad("It must be kinds of events, such as transition or command, with commas.", "kind");
        kinds.push_back(static_cast<domain::EventKind>(i));
        words.remove_prefix(std::min(comma + 1, words.size()));
    }
    return kinds;
}

}  // namespace

base::Result<journal::EventQuery> eventQueryOf(const Query& query) {
    if (!query.firstOther({"from_unix_ms", "to_unix_ms", "breaker", "actor", "kind", "text", "before", "limit"})
             .empty()) {
        return bad("It knows from_unix_ms, to_unix_ms, breaker, actor, kind, text, before and limit.", "query");
    }
    journal::EventQuery wanted;
    const auto span = spanOf(query);
    if (!span) return tl::unexpected(span.error());
    wanted.span = *span;
    auto kinds = kindsOf(query.text("kind"));
    if (!kinds) return tl::unexpected(kinds.error());
    wanted.kinds = std::move(*kinds);
    for (const char* name : {"breaker", "actor", "text"}) {
        if (query.text(name).size() > kLongestText) return bad("It may have 200 bytes.", name);
    }
    wanted.breaker = domain::BreakerId(query.text("breaker"));
    wanted.actor = query.text("actor");
    wanted.text = query.text("text");
    const auto before = query.number("before", UINT64_MAX / 2);
    if (!before) return tl::unexpected(before.error());
    if (*before) wanted.before = domain::EventId(**before);
    const auto limit = query.number("limit", kMostEvents);
    if (!limit) return tl::unexpected(limit.error());
    wanted.limit = std::max<std::uint64_t>(limit->value_or(wanted.limit), 1);
    return wanted;
}

base::Result<journal::RollupQuery> rollupQueryOf(const Query& query) {
    if (!query.firstOther({"breaker", "from_unix_ms", "to_unix_ms", "points"}).empty()) {
        return bad("It knows breaker, from_unix_ms, to_unix_ms and points.", "query");
    }
    for (const char* name : {"breaker", "from_unix_ms", "to_unix_ms"}) {
        if (query.text(name).empty()) return bad("It must be there.", name);
    }
    journal::RollupQuery wanted;
    const auto span = spanOf(query);
    if (!span) return tl::unexpected(span.error());
    wanted.span = *span;
    wanted.breaker = domain::BreakerId(query.text("breaker"));
    const auto points = query.number("points", kMostPoints);
    if (!points) return tl::unexpected(points.error());
    wanted.points = std::max<std::uint64_t>(points->value_or(wanted.points), 1);
    return wanted;
}

std::string jsonOf(const journal::EventPage& page) {
    std::string text = "{\"events\":[";
    for (std::size_t i = 0; i < page.events.size(); ++i) {
        if (i > 0) text += ",";
        text += page.events[i].json;
    }
    return text + (page.more ? "],\"more\":true}" : "],\"more\":false}");
}

std::string jsonOf(const std::vector<journal::RollupPoint>& points) {
    std::string text;
    {
        domain::JsonWriter out(text);
        out.listField("{\"points\":", points, [&](const journal::RollupPoint& point) {
            out.raw("{\"at_unix_ms\":").unixMs(point.at).raw(",\"span_ms\":").ms(point.span);
            out.raw(",\"success\":").number(point.success).raw(",\"failure\":").number(point.failure);
            out.raw(",\"ignored\":").number(point.ignored).raw(",\"cancelled\":").number(point.cancelled);
            out.raw(",\"rejected\":").number(point.rejected).raw(",\"slow\":").number(point.slow);
            out.realField(",\"calls_per_second\":", point.callsPerSecond);
            out.realField(",\"failure_rate\":", point.failureRate);
            out.raw(",\"latency\":");
            domain::writeJson(out, point.latency);
            out.raw(",\"state\":").word(toWord(point.state)).raw("}");
        });
        out.raw("}");
    }
    return text;
}

}  // namespace fusebox::server
