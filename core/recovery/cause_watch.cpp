#include <fusebox/domain/error_pattern.h>
#include <fusebox/recovery/cause_watch.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fusebox::recovery {

namespace {

using domain::Category;
using Counts = std::array<std::uint64_t, domain::kCategoryCount>;

/// Of equal counts the more telling one leads.
Category leading(const Counts& counts) {
    constexpr std::array kByWeight{Category::rateLimit, Category::authentication, Category::dataValidation,
                                   Category::transient, Category::permanent,      Category::unknown};
    const auto countOf = [&](Category category) { return counts.at(static_cast<std::size_t>(category)); };
    const auto most = std::max_element(kByWeight.begin(), kByWeight.end(),
                                       [&](Category a, Category b) { return countOf(a) < countOf(b); });
    return countOf(*most) > 0 ? *most : Category::unknown;
}

const domain::Transition* lastTrip(const domain::Detail& detail) {
    const auto found =
        std::find_if(detail.transitions.rbegin(), detail.transitions.rend(), [](const domain::Transition& one) {
            return one.to == domain::State::open && one.cause == domain::TransitionCause::tripRule;
        });
    return found == detail.transitions.rend() ? nullptr : &*found;
}

std::string newestError(const domain::Detail& detail) {
    return detail.recentErrors.empty() || !detail.recentErrors.back().error ? std::string()
                                                                            : detail.recentErrors.back().error->text();
}

Category categoryOf(const domain::RecentError& recent) {
    return recent.error ? recent.error->category.value_or(Category::unknown) : Category::unknown;
}

}  // namespace

Category leadingCategory(const domain::Detail& detail) {
    Counts counts{};
    if (!detail.dossiers.empty() && detail.dossiers.back()) {
        counts = detail.dossiers.back()->failuresByCategory;
    }
    if (std::all_of(counts.begin(), counts.end(), [](std::uint64_t count) { return count == 0; })) {
        for (const domain::RecentError& recent : detail.recentErrors) {
            ++counts.at(static_cast<std::size_t>(categoryOf(recent)));
        }
    }
    return leading(counts);
}

std::optional<domain::PatternId> leadingPattern(const domain::Frame& frame, const Cause& cause) {
    if (!frame.errors || cause.kind != Cause::Kind::trip) return std::nullopt;
    std::optional<domain::PatternId> best;
    std::uint64_t most = 0;
    for (const domain::ErrorPattern& pattern : frame.errors->patterns) {
        for (const domain::TripShare& trip : pattern.trips) {
            if (trip.breaker == cause.breaker && trip.transition == cause.number && trip.count > most) {
                most = trip.count;
                best = pattern.id;
            }
        }
    }
    return best;
}

std::vector<Cause> CauseWatch::look(const domain::Frame& frame) {
    std::vector<Cause> found;
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        if (!snapshot.identity || !snapshot.detail) continue;
        Seen& seen = m_seen[snapshot.identity->id];
        seen.closed = snapshot.state == domain::State::closed;
        lookForTrip(snapshot, seen, found);
        lookForAlarm(snapshot, frame.wall, seen, found);
    }
    for (Cause& cause : found) {
        cause.pattern = leadingPattern(frame, cause);
    }
    return found;
}

bool CauseWatch::goesOn(const Cause& cause) const {
    const auto seen = m_seen.find(cause.breaker);
    if (seen == m_seen.end()) return false;
    return cause.kind == Cause::Kind::trip ? seen->second.trip == cause.number && !seen->second.closed
                                           : seen->second.alarms == cause.number && seen->second.alarmed;
}

void CauseWatch::lookForTrip(const domain::Snapshot& snapshot, Seen& seen, std::vector<Cause>& found) {
    const domain::Transition* trip = lastTrip(*snapshot.detail);
    if (trip == nullptr || trip->sequence <= seen.trip) return;
    seen.trip = trip->sequence;
    if (seen.closed) return;  // over before it was seen
    Cause cause;
    cause.breaker = snapshot.identity->id;
    cause.number = trip->sequence;
    cause.category = leadingCategory(*snapshot.detail);
    cause.error = newestError(*snapshot.detail);
    cause.text = fmt::format("It tripped: {}; most errors are {}.", trip->text(), domain::toWord(cause.category));
    found.push_back(std::move(cause));
}

void CauseWatch::lookForAlarm(const domain::Snapshot& snapshot, base::WallTime now, Seen& seen,
                              std::vector<Cause>& found) {
    Counts counts{};
    std::size_t ignored = 0;
    for (const domain::RecentError& recent : snapshot.detail->recentErrors) {
        if (recent.counted || now - recent.at > kAlarmSpan) continue;
        ++counts.at(static_cast<std::size_t>(categoryOf(recent)));
        ++ignored;
    }
    if (ignored == 0) seen.alarmed = false;
    if (ignored < kAlarmErrors || seen.alarmed) return;
    seen.alarmed = true;
    Cause cause;
    cause.breaker = snapshot.identity->id;
    cause.kind = Cause::Kind::alarm;
    cause.number = ++seen.alarms;
    cause.category = leading(counts);
    cause.error = newestError(*snapshot.detail);
    cause.text = fmt::format("{} of its last errors do not count against it; most are {}.", ignored,
                             domain::toWord(cause.category));
    found.push_back(std::move(cause));
}

}  // namespace fusebox::recovery
