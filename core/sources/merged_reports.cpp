#include <fusebox/sources/merged_reports.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fusebox::sources {

namespace {

using domain::ErrorPattern;
using domain::ErrorReport;

constexpr std::size_t kMostSamples = 5;
constexpr std::size_t kMostTrips = 8;

template <std::size_t N, typename Count>
void add(std::array<Count, N>& to, const std::array<Count, N>& more) {
    for (std::size_t i = 0; i < N; ++i) to[i] += more[i];
}

/// Both end with the minute that is under way.
void addMinutes(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) {
    if (more.size() > to.size()) to.insert(to.begin(), more.size() - to.size(), 0);
    for (std::size_t i = 0; i < more.size(); ++i) to[to.size() - more.size() + i] += more[i];
}

/// How much a trend wants to be looked at.
int urgency(domain::Trend trend) {
    switch (trend) {
        case domain::Trend::regressed:
            return 4;
        case domain::Trend::rising:
            return 3;
        case domain::Trend::fresh:
            return 2;
        case domain::Trend::steady:
            return 1;
        case domain::Trend::resolved:
            break;
    }
    return 0;
}

template <typename Item>
void addNewest(std::vector<Item>& to, const std::vector<Item>& more, std::size_t most) {
    to.insert(to.end(), more.begin(), more.end());
    std::stable_sort(to.begin(), to.end(), [](const Item& a, const Item& b) { return a.at > b.at; });
    if (to.size() > most) to.erase(to.begin() + static_cast<std::ptrdiff_t>(most), to.end());
}

void add(ErrorPattern& to, const ErrorPattern& more) {
    const bool isMost = more.count > to.count;
    if (isMost) {
        to.component = more.component;
        to.category = more.category;
        to.confidence = more.confidence;
        to.evidence = more.evidence;
    }
    to.severity = std::max(to.severity, more.severity);
    if (urgency(more.trend) > urgency(to.trend)) to.trend = more.trend;
    to.count += more.count;
    to.perMinute += more.perMinute;
    to.firstSeen = std::min(to.firstSeen, more.firstSeen);
    to.lastSeen = std::max(to.lastSeen, more.lastSeen);
    addMinutes(to.minutes, more.minutes);
    addNewest(to.samples, more.samples, kMostSamples);
    addNewest(to.trips, more.trips, kMostTrips);
    to.breakers.insert(to.breakers.end(), more.breakers.begin(), more.breakers.end());
    std::stable_sort(to.breakers.begin(), to.breakers.end(),
                     [](const domain::BreakerShare& a, const domain::BreakerShare& b) { return a.count > b.count; });
    if (!to.strategy || isMost) to.strategy = more.strategy ? more.strategy : to.strategy;
    if (!to.action || isMost) to.action = more.action ? more.action : to.action;
}

void addPatterns(std::vector<ErrorPattern>& to, const std::vector<ErrorPattern>& more) {
    std::unordered_map<domain::PatternId, std::size_t> places;
    for (std::size_t i = 0; i < to.size(); ++i) places.emplace(to[i].id, i);
    for (const ErrorPattern& pattern : more) {
        const auto known = places.find(pattern.id);
        if (known != places.end()) {
            add(to[known->second], pattern);
        } else {
            places.emplace(pattern.id, to.size());
            to.push_back(pattern);
        }
    }
    std::stable_sort(to.begin(), to.end(), [](const ErrorPattern& a, const ErrorPattern& b) {
        // What could not be kept apart comes last.
        return std::pair(a.id.value != 0, std::pair(a.severity, a.count)) >
               std::pair(b.id.value != 0, std::pair(b.severity, b.count));
    });
}

/// The hour of each, minute by minute, by when they begin.
void addHour(std::vector<domain::ErrorMinute>& to, const std::vector<domain::ErrorMinute>& more) {
    constexpr auto kMinute = std::chrono::minutes(1);
    for (const domain::ErrorMinute& minute : more) {
        const auto fits = [&](const domain::ErrorMinute& known) {
            return std::chrono::floor<std::chrono::minutes>(known.begins) ==
                   std::chrono::floor<std::chrono::minutes>(minute.begins);
        };
        const auto found = std::find_if(to.begin(), to.end(), fits);
        if (found != to.end()) {
            add(found->counts, minute.counts);
        } else if (to.empty() ||
                   (minute.begins > to.front().begins && minute.begins < to.back().begins + 2 * kMinute)) {
            to.push_back(minute);
        }
    }
    std::stable_sort(to.begin(), to.end(), [](const auto& a, const auto& b) { return a.begins < b.begins; });
}

}  // namespace

ErrorReport merged(const ErrorReport& one, const ErrorReport& other) {
    ErrorReport both = one;
    both.total += other.total;
    both.lost += other.lost;
    add(both.byCategory, other.byCategory);
    add(both.bySeverity, other.bySeverity);
    for (const domain::ComponentCount& count : other.byComponent) {
        const auto known = std::find_if(both.byComponent.begin(), both.byComponent.end(),
                                        [&](const auto& each) { return each.component == count.component; });
        if (known == both.byComponent.end()) {
            both.byComponent.push_back(count);
        } else {
            known->count += count.count;
        }
    }
    std::stable_sort(both.byComponent.begin(), both.byComponent.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    both.perMinute += other.perMinute;
    addHour(both.minutes, other.minutes);
    addPatterns(both.patterns, other.patterns);
    if (!both.recoverySuccessRate) {
        both.recoverySuccessRate = other.recoverySuccessRate;
        both.avgRecoveryTimeMs = other.avgRecoveryTimeMs;
    }
    return both;
}

domain::RecoveryReport merged(const domain::RecoveryReport& one, const domain::RecoveryReport& other) {
    domain::RecoveryReport both = one;
    both.stopped = one.stopped || other.stopped;
    if (both.stoppedBy.empty()) {
        both.stoppedBy = other.stoppedBy;
    } else if (!other.stoppedBy.empty()) {
        both.stoppedBy += "; " + other.stoppedBy;
    }
    both.breakers.insert(both.breakers.end(), other.breakers.begin(), other.breakers.end());
    both.history.insert(both.history.end(), other.history.begin(), other.history.end());
    std::stable_sort(both.history.begin(), both.history.end(),
                     [](const auto& a, const auto& b) { return a.startedAt > b.startedAt; });
    for (const domain::RecoveryRate& rate : other.rates) {
        const auto known = std::find_if(both.rates.begin(), both.rates.end(), [&](const auto& each) {
            return each.action == rate.action && each.pattern == rate.pattern;
        });
        if (known == both.rates.end()) {
            both.rates.push_back(rate);
            continue;
        }
        const std::uint64_t helped = std::uint64_t{known->helped} + rate.helped;
        if (helped > 0) {
            const double weight = static_cast<double>(rate.helped) / static_cast<double>(helped);
            const double span = static_cast<double>((rate.averageTime - known->averageTime).count()) * weight;
            known->averageTime += base::Duration(static_cast<base::Duration::rep>(span));
        }
        known->runs += rate.runs;
        known->helped = static_cast<std::uint32_t>(helped);
    }
    return both;
}

}  // namespace fusebox::sources
