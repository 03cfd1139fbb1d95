#include <fusebox/errors/pattern_record.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace fusebox::errors {

namespace {

constexpr std::chrono::seconds kBetweenSamples{1};

bool isNewer(const domain::ErrorSample& a, const domain::ErrorSample& b) {
    return a.at > b.at;
}

bool isHitMore(const domain::BreakerShare& a, const domain::BreakerShare& b) {
    return a.count > b.count;
}

}  // namespace

double perMinute(std::uint64_t count, int minutes, base::WallTime now) {
    const auto intoMinute = std::chrono::duration<double, std::ratio<60>>(now - beginOf(minuteOf(now))).count();
    return static_cast<double>(count) / (minutes - 1 + std::max(intoMinute, 1.0 / 60));
}

PatternRecord::PatternRecord(const domain::ErrorPattern& earlier, Minute newest)
    : text(earlier.text), confidence(earlier.confidence), evidence(earlier.evidence), action(earlier.action) {
    m_past.count = earlier.count;
    m_past.firstSeen = std::min(earlier.firstSeen, earlier.lastSeen);
    m_past.lastSeen = std::max(earlier.firstSeen, earlier.lastSeen);
    m_categories.at(static_cast<std::size_t>(earlier.category)) = earlier.count;
    Minute minute = newest - static_cast<Minute>(earlier.minutes.size());
    for (const std::uint32_t count : earlier.minutes) {
        if (std::uint32_t* place = m_minutes.at(++minute)) *place = count;
    }
    for (const domain::ErrorSample& sample : earlier.samples) {
        if (sample.error == nullptr || m_samples.size() >= kMostSamples) continue;
        m_samples.push_back(sample);
        grave = grave || isGrave(sample.error->message) || isGrave(sample.error->type);
    }
    for (const domain::BreakerShare& share : earlier.breakers) addBreaker(share.breaker, share.count);
    if (!earlier.component.empty()) addComponent(earlier.component, earlier.count);
    m_trips.assign(earlier.trips.begin(),
                   earlier.trips.begin() + static_cast<std::ptrdiff_t>(std::min(kMostTrips, earlier.trips.size())));
}

void PatternRecord::add(const NotedError& noted) {
    if (m_past.count > 0) m_trend.seen(m_past, noted.at);
    m_past.firstSeen = m_past.count == 0 ? noted.at : std::min(m_past.firstSeen, noted.at);
    m_past.lastSeen = m_past.count == 0 ? noted.at : std::max(m_past.lastSeen, noted.at);
    ++m_past.count;
    ++m_categories.at(static_cast<std::size_t>(noted.category()));
    if (std::uint32_t* minute = m_minutes.at(minuteOf(noted.at))) ++*minute;
    addSample(noted);
    addBreaker(noted.breaker, 1);
    addComponent(noted.component(), 1);
}

/// In a flood one sample a second; the newest is always there.
void PatternRecord::addSample(const NotedError& noted) {
    const bool flood = m_samples.size() > 1 && noted.at - m_samples[1].at < kBetweenSamples;
    domain::ErrorSample sample{noted.at, noted.breaker, noted.error};
    if (flood) {
        m_samples.front() = std::move(sample);
        return;
    }
    if (m_samples.size() >= kMostSamples) m_samples.pop_back();
    m_samples.insert(m_samples.begin(), std::move(sample));
}

void PatternRecord::addBreaker(const domain::BreakerId& breaker, std::uint64_t count) {
    const auto known = std::find_if(m_breakers.begin(), m_breakers.end(),
                                    [&breaker](const domain::BreakerShare& each) { return each.breaker == breaker; });
    if (known != m_breakers.end()) {
        known->count += count;
    } else if (m_breakers.size() < kMostBreakers) {
        m_breakers.push_back({breaker, count});
    } else {
        // As in Space-Saving: what pushes out takes the count over, or a late comer would never get in.
        const auto least = std::min_element(m_breakers.begin(), m_breakers.end(),
                                            [](const auto& a, const auto& b) { return isHitMore(b, a); });
        *least = {breaker, least->count + count};
    }
}

void PatternRecord::addComponent(const std::string& component, std::uint64_t count) {
    const auto known =
        std::find_if(m_components.begin(), m_components.end(),
                     [&component](const domain::ComponentCount& each) { return each.component == component; });
    if (known != m_components.end()) {
        known->count += count;
    } else if (m_components.size() < kMostComponents) {
        m_components.push_back({component, count});
    }
}

void PatternRecord::add(const domain::TripShare& trip) {
    if (m_trips.size() >= kMostTrips) m_trips.pop_back();
    m_trips.insert(m_trips.begin(), trip);
}

void PatternRecord::take(PatternRecord&& other) {
    if (m_past.count == 0) {
        *this = std::move(other);
        return;
    }
    m_past.firstSeen = std::min(m_past.firstSeen, other.m_past.firstSeen);
    m_past.lastSeen = std::max(m_past.lastSeen, other.m_past.lastSeen);
    m_past.count += other.m_past.count;
    for (std::size_t i = 0; i < m_categories.size(); ++i) m_categories[i] += other.m_categories[i];
    const Minute newest = std::max(m_minutes.newest(), other.m_minutes.newest());
    for (Minute minute = newest - kMinutes + 1; minute <= newest; ++minute) {
        if (std::uint32_t* mine = m_minutes.at(minute)) *mine += other.m_minutes.of(minute);
    }
    std::move(other.m_samples.begin(), other.m_samples.end(), std::back_inserter(m_samples));
    std::stable_sort(m_samples.begin(), m_samples.end(), isNewer);
    if (m_samples.size() > kMostSamples) m_samples.resize(kMostSamples);
    for (const auto& breaker : other.m_breakers) addBreaker(breaker.breaker, breaker.count);
    for (const auto& component : other.m_components) addComponent(component.component, component.count);
    for (const auto& trip : other.m_trips) {
        const auto known = std::find_if(m_trips.begin(), m_trips.end(), [&trip](const auto& each) {
            return each.breaker == trip.breaker && each.transition == trip.transition;
        });
        if (known != m_trips.end()) {
            known->count += trip.count;
            known->share += trip.share;
        } else {
            m_trips.push_back(trip);
        }
    }
    std::stable_sort(m_trips.begin(), m_trips.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    if (m_trips.size() > kMostTrips) m_trips.resize(kMostTrips);
    if (!action) action = other.action;
}

domain::Category PatternRecord::category() const {
    const auto most = std::max_element(m_categories.begin(), m_categories.end());
    return domain::kCategories[static_cast<std::size_t>(most - m_categories.begin())];
}

std::uint64_t PatternRecord::sumOf(Minute newest, int minutes) const {
    std::uint64_t sum = 0;
    for (Minute minute = newest - minutes + 1; minute <= newest; ++minute) sum += m_minutes.of(minute);
    return sum;
}

void PatternRecord::judge(double failingShare, base::WallTime now) {
    PatternPast past = m_past;
    const Minute current = minuteOf(now);
    past.recent = sumOf(current, kTrendMinutes);
    past.baseline = sumOf(current - kTrendMinutes, kBaselineMinutes);
    const domain::Trend trend = m_trend.judge(past, now);
    m_severity.judge({category(), trend, failingShare, grave}, now);
}

bool PatternRecord::isAtRest() const {
    return m_trend.trend() == domain::Trend::resolved && !m_severity.isFalling();
}

domain::ErrorPattern PatternRecord::toPattern(base::WallTime now) const {
    domain::ErrorPattern pattern;
    pattern.text = text;
    pattern.category = category();
    pattern.confidence = confidence;
    pattern.evidence = evidence;
    const auto most = std::max_element(m_components.begin(), m_components.end(),
                                       [](const auto& a, const auto& b) { return a.count < b.count; });
    if (most != m_components.end()) pattern.component = most->component;
    pattern.severity = m_severity.severity();
    pattern.trend = m_trend.trend();
    pattern.count = m_past.count;
    const Minute current = minuteOf(now);
    pattern.perMinute = perMinute(sumOf(current, kTrendMinutes), kTrendMinutes, now);
    pattern.firstSeen = m_past.firstSeen;
    pattern.lastSeen = m_past.lastSeen;
    for (Minute minute = current - kMinutes + 1; minute <= current; ++minute) {
        pattern.minutes.push_back(m_minutes.of(minute));
    }
    pattern.samples = m_samples;
    pattern.breakers = m_breakers;
    std::stable_sort(pattern.breakers.begin(), pattern.breakers.end(), isHitMore);
    pattern.trips = m_trips;
    pattern.action = action;
    return pattern;
}

}  // namespace fusebox::errors
