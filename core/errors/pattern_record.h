#pragma once
// All that is kept of one pattern.
// Threads: one at a time.
// Time: as given with each error.
// Limits: the newest five samples, at most one a second; sixteen breakers, of further ones the least hit goes; eight trips;
// sixteen components.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/transition.h>
#include <fusebox/errors/minute_ring.h>
#include <fusebox/errors/severity.h>
#include <fusebox/errors/trend.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::errors {

/// One error as it was noted.
struct NotedError {
    domain::BreakerId breaker;
    domain::ErrorRef error;
    base::WallTime at{};

    [[nodiscard]] domain::Category category() const { return error->category.value_or(domain::Category::unknown); }
    /// The breaker stands for a component that is not named.
    [[nodiscard]] const std::string& component() const {
        return error->context.component.empty() ? breaker.value : error->context.component;
    }
};

class PatternRecord {
public:
    static constexpr std::size_t kMostSamples = 5;
    static constexpr std::size_t kMostBreakers = 16;
    static constexpr std::size_t kMostTrips = 8;
    static constexpr std::size_t kMostComponents = 16;
    static constexpr int kMinutes = 30;

    PatternRecord() = default;
    /// Goes on from what was given out earlier; `newest`: the minute that is its last.
    PatternRecord(const domain::ErrorPattern& earlier, Minute newest);

    void add(const NotedError& noted);
    void add(const domain::TripShare& trip);
    /// Another pattern has turned out to be this one.
    void take(PatternRecord&& other);

    void judge(double failingShare, base::WallTime now);

    /// Everything but id, strategy and the report's own limits.
    [[nodiscard]] domain::ErrorPattern toPattern(base::WallTime now) const;

    [[nodiscard]] domain::Category category() const;
    [[nodiscard]] std::uint64_t count() const { return m_past.count; }
    [[nodiscard]] base::WallTime lastSeen() const { return m_past.lastSeen; }
    [[nodiscard]] domain::Severity severity() const { return m_severity.severity(); }
    [[nodiscard]] const std::vector<domain::BreakerShare>& breakers() const { return m_breakers; }
    /// Nothing will change until the next error comes.
    [[nodiscard]] bool isAtRest() const;

    // Filled in by the aggregator.
    std::string text;
    double confidence = 0;
    std::string evidence;
    bool grave = false;
    std::optional<domain::RecoveryAction> action;

private:
    void addSample(const NotedError& noted);
    void addBreaker(const domain::BreakerId& breaker, std::uint64_t count);
    void addComponent(const std::string& component, std::uint64_t count);
    [[nodiscard]] std::uint64_t sumOf(Minute newest, int minutes) const;

    PatternPast m_past;
    TrendJudge m_trend;
    SeverityJudge m_severity;
    std::array<std::uint64_t, domain::kCategoryCount> m_categories{};
    MinuteRing<std::uint32_t, kMinutes> m_minutes;
    std::vector<domain::ErrorSample> m_samples;
    std::vector<domain::BreakerShare> m_breakers;
    std::vector<domain::ComponentCount> m_components;
    std::vector<domain::TripShare> m_trips;
};

/// Errors a minute, from whole counts of `minutes` minutes of which the last is under way.
[[nodiscard]] double perMinute(std::uint64_t count, int minutes, base::WallTime now);

}  // namespace fusebox::errors
