#include <fusebox/ctl/hold_report.h>

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

namespace fusebox::ctl {

namespace {

const std::string& nameOf(const HeldSpan& span, HoldsBy by) {
    if (by == HoldsBy::breaker) return span.breaker.value;
    return by == HoldsBy::person ? span.hold.who : span.hold.why;
}

}  // namespace

base::Duration HeldSpan::lasted(base::WallTime now) const {
    return std::max<base::Duration>(endedAt.value_or(now) - hold.since, base::Duration::zero());
}

std::vector<HeldSpan> heldSpans(const std::vector<domain::Event>& events) {
    std::vector<HeldSpan> spans;
    std::map<std::pair<std::string, std::uint64_t>, std::size_t> known;
    for (const domain::Event& event : events) {
        const auto* hold = std::get_if<domain::Hold>(&event.body);
        const bool isEnd =
            event.kind == domain::EventKind::holdReleased || event.kind == domain::EventKind::holdExpired;
        if (hold == nullptr || !(isEnd || event.kind == domain::EventKind::holdPlaced)) continue;
        const auto [place, isNew] = known.try_emplace({event.breaker.value, hold->id.value}, spans.size());
        if (isNew) spans.push_back({event.breaker, *hold, HeldSpan::End::open, {}, {}});
        if (!isEnd) continue;
        HeldSpan& span = spans[place->second];
        span.end = event.kind == domain::EventKind::holdExpired ? HeldSpan::End::expired : HeldSpan::End::released;
        span.endedAt = event.at;
        span.endedBy = event.actor;
    }
    std::stable_sort(spans.begin(), spans.end(),
                     [](const HeldSpan& a, const HeldSpan& b) { return a.hold.since < b.hold.since; });
    return spans;
}

std::vector<HoldSum> sumsOf(const std::vector<HeldSpan>& spans, HoldsBy by, base::WallTime now) {
    std::map<std::string, HoldSum> sums;
    for (const HeldSpan& span : spans) {
        HoldSum& sum = sums[nameOf(span, by)];
        sum.name = nameOf(span, by);
        ++sum.holds;
        sum.open += span.end == HeldSpan::End::open ? 1U : 0U;
        sum.expired += span.end == HeldSpan::End::expired ? 1U : 0U;
        sum.byOthers += span.isEndedByAnother() ? 1U : 0U;
        sum.total += span.lasted(now);
        sum.longest = std::max(sum.longest, span.lasted(now));
    }
    std::vector<HoldSum> all;
    for (auto& [name, sum] : sums) all.push_back(std::move(sum));
    std::stable_sort(all.begin(), all.end(), [](const HoldSum& a, const HoldSum& b) { return a.total > b.total; });
    return all;
}

}  // namespace fusebox::ctl
