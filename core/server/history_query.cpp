#include <fusebox/server/history_query.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>

#include <algorithm>
#include <span>

namespace fusebox::server {

namespace {

constexpr std::uint64_t kLastMs = 253'402'300'799'999;  // the end of the year 9999
constexpr std::uint64_t kMostEvents = 1000;
constexpr std::uint64_t kMostPoints = 10'000;
constexpr std::size_t kLongestText = 200;
constexpr std::uint64_t kFinestPart = 2000;
constexpr std::size_t kMostSpans = 60'000;
constexpr std::size_t kMostNames = 10'000;

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
        while (i < domain::kEventKinds && toWord(static_cast<domain::EventKind>(i)) != words.substr(0, comma)) ++i;
        if (i == domain::kEventKinds)
            return bad("It must be kinds of events, such as transition or command, with commas.", "kind");
        kinds.push_back(static_cast<domain::EventKind>(i));
        words.remove_prefix(std::min(comma + 1, words.size()));
    }
    return kinds;
}

/// At least this one; all, where none is given.
base::Result<domain::Level> levelOf(std::string_view word) {
    if (word.empty() || word == "info") return domain::Level::info;
    if (word == "warning") return domain::Level::warning;
    if (word == "error") return domain::Level::error;
    return bad("It must be info, warning or error.", "level");
}

/// As spanOf, with both ends.
base::Result<journal::TimeSpan> wholeSpanOf(const Query& query) {
    for (const char* name : {"from_unix_ms", "to_unix_ms"}) {
        if (query.text(name).empty()) return bad("It must be there.", name);
    }
    return spanOf(query);
}

}  // namespace

base::Result<journal::EventQuery> eventQueryOf(const Query& query) {
    if (!query
             .firstOther({"from_unix_ms", "to_unix_ms", "breaker", "actor", "kind", "level", "text", "before", "limit"})
             .empty()) {
        return bad("It knows from_unix_ms, to_unix_ms, breaker, actor, kind, level, text, before and limit.", "query");
    }
    journal::EventQuery wanted;
    const auto span = spanOf(query);
    if (!span) return tl::unexpected(span.error());
    wanted.span = *span;
    auto kinds = kindsOf(query.text("kind"));
    if (!kinds) return tl::unexpected(kinds.error());
    wanted.kinds = std::move(*kinds);
    const auto level = levelOf(query.text("level"));
    if (!level) return tl::unexpected(level.error());
    wanted.level = *level;
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
    if (query.text("breaker").empty()) return bad("It must be there.", "breaker");
    journal::RollupQuery wanted;
    const auto span = wholeSpanOf(query);
    if (!span) return tl::unexpected(span.error());
    wanted.span = *span;
    wanted.breaker = domain::BreakerId(query.text("breaker"));
    const auto points = query.number("points", kMostPoints);
    if (!points) return tl::unexpected(points.error());
    wanted.points = std::max<std::uint64_t>(points->value_or(wanted.points), 1);
    return wanted;
}

base::Result<journal::BandQuery> bandQueryOf(const Query& query) {
    if (!query.firstOther({"breaker", "from_unix_ms", "to_unix_ms", "resolution_ms"}).empty()) {
        return bad("It knows breaker, from_unix_ms, to_unix_ms and resolution_ms.", "query");
    }
    journal::BandQuery wanted;
    const auto span = wholeSpanOf(query);
    if (!span) return tl::unexpected(span.error());
    wanted.span = *span;
    if (!query.text("breaker").empty()) wanted.breakers = {domain::BreakerId(query.text("breaker"))};
    const auto resolution = query.number("resolution_ms", kLastMs);
    if (!resolution) return tl::unexpected(resolution.error());
    const base::Duration finest = (wanted.span.to - wanted.span.from) / kFinestPart;
    wanted.resolution = std::max<base::Duration>(std::chrono::milliseconds(resolution->value_or(0)), finest);
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

base::Result<std::string> jsonOf(const std::vector<journal::Band>& bands) {
    std::size_t spans = 0;
    for (const journal::Band& band : bands) spans += band.spans.size();
    if (spans > kMostSpans) return bad("Its answer is too long: take a coarser one, or one breaker.", "resolution_ms");
    std::string text;
    {
        domain::JsonWriter out(text);
        out.listField("{\"bands\":", bands, [&](const journal::Band& band) {
            out.raw("{\"breaker\":").text(band.breaker.value);
            if (!band.spans.empty()) out.raw(",\"from_unix_ms\":").unixMs(band.spans.front().from);
            out.listField(",\"spans\":", band.spans, [&](const journal::StateSpan& span) {
                out.raw("{\"to_unix_ms\":").unixMs(span.to).raw(",\"state\":").word(toWord(span.state)).raw("}");
            });
            out.raw("}");
        });
        out.raw("}");
    }
    return text;
}

std::string jsonOf(const PastNames& names) {
    const auto some = [](const auto& list) { return std::span(list).first(std::min(list.size(), kMostNames)); };
    std::string text;
    {
        domain::JsonWriter out(text);
        out.listField("{\"breakers\":", some(names.breakers),
                      [&](const domain::BreakerId& breaker) { out.text(breaker.value); });
        out.listField(",\"actors\":", some(names.actors), [&](const std::string& actor) { out.text(actor); });
        out.raw("}");
    }
    return text;
}

}  // namespace fusebox::server
