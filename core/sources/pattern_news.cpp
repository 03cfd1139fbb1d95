#include <fusebox/sources/pattern_news.h>

#include <fusebox/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace fusebox::sources {

namespace {

using domain::Severity;
using domain::Trend;

const domain::PatternId kOthers{0};
constexpr std::size_t kLongestText = 200;

domain::Event eventOf(const domain::ErrorPattern& pattern, base::WallTime now) {
    domain::Event event;
    event.kind = domain::EventKind::errorPattern;
    event.at = now;
    if (!pattern.breakers.empty()) event.breaker = pattern.breakers.front().breaker;
    return event;
}

std::string shortened(const std::string& text) {
    return text.size() <= kLongestText ? text : std::string(base::cutTo(text, kLongestText)) + "...";
}

domain::Level levelOf(Severity severity) {
    if (severity == Severity::critical) return domain::Level::error;
    return severity == Severity::high ? domain::Level::warning : domain::Level::info;
}

}  // namespace

void PatternNews::know(const domain::ErrorReport& report) {
    for (const domain::ErrorPattern& pattern : report.patterns) {
        m_known[pattern.id] = {pattern.severity, pattern.trend == Trend::resolved, pattern.count};
    }
}

void PatternNews::follow(const std::function<domain::PatternId(domain::PatternId)>& current) {
    std::unordered_map<domain::PatternId, Known> renamed;
    for (const auto& [id, known] : m_known) {
        Known& now = renamed[current(id)];
        now.worst = std::max(now.worst, known.worst);
        now.over = now.over || known.over;
        now.summed += known.summed;
    }
    m_known = std::move(renamed);
}

std::vector<domain::Event> PatternNews::of(const domain::ErrorReport& report, base::WallTime now,
                                           const std::function<domain::PatternId(domain::PatternId)>& current) {
    std::vector<domain::Event> events;
    beginMinute(events, now);
    follow(current);
    std::unordered_map<domain::PatternId, Known> kept;
    for (const domain::ErrorPattern& pattern : report.patterns) {
        if (pattern.id == kOthers) continue;
        const auto place = m_known.find(pattern.id);
        Known known = place == m_known.end() ? Known{} : place->second;
        if (place == m_known.end()) {
            tell(events, pattern, "New errors", now);
            known.worst = pattern.severity;
        } else if (known.over && pattern.trend == Trend::regressed) {
            tell(events, pattern, "Errors are back", now);
            known.worst = pattern.severity;
        } else if (pattern.severity > known.worst && pattern.severity >= Severity::high) {
            tell(events, pattern, "Errors got worse", now);
            known.worst = pattern.severity;
        }
        known.over = pattern.trend == Trend::resolved;
        kept[pattern.id] = known;
    }
    m_known = std::move(kept);
    sumUp(events, report, now);
    return events;
}

void PatternNews::sumUp(std::vector<domain::Event>& events, const domain::ErrorReport& report, base::WallTime now) {
    if (now < m_summaryAt) return;
    const bool isFirst = m_summaryAt == base::WallTime{};
    m_summaryAt = std::chrono::floor<std::chrono::minutes>(now) + kSummaryEvery;
    if (isFirst) return;
    struct Sum {
        const domain::ErrorPattern* pattern;
        std::uint64_t count;
    };
    std::vector<Sum> sums;
    for (const domain::ErrorPattern& pattern : report.patterns) {
        const auto known = m_known.find(pattern.id);
        if (known == m_known.end()) continue;
        const std::uint64_t before = std::exchange(known->second.summed, pattern.count);
        if (pattern.count > before) sums.push_back({&pattern, pattern.count - before});
    }
    const auto most = sums.begin() + static_cast<std::ptrdiff_t>(std::min(sums.size(), kMostSummed));
    std::partial_sort(sums.begin(), most, sums.end(), [](const Sum& a, const Sum& b) { return a.count > b.count; });
    for (auto sum = sums.begin(); sum != most; ++sum) {
        domain::Event event = eventOf(*sum->pattern, now);
        event.text =
            fmt::format("{} error{} in {} minutes, {}, {}, {} so far: {}", sum->count, sum->count == 1 ? "" : "s",
                        kSummaryEvery.count(), domain::toWord(sum->pattern->category),
                        domain::toWord(sum->pattern->severity), sum->pattern->count, shortened(sum->pattern->text));
        events.push_back(std::move(event));
    }
}

void PatternNews::beginMinute(std::vector<domain::Event>& events, base::WallTime now) {
    const std::int64_t minute = std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count();
    if (minute == m_minute) return;
    m_minute = minute;
    m_told = 0;
    if (m_untold == 0) return;
    domain::Event event;
    event.kind = domain::EventKind::errorPattern;
    event.at = now;
    event.text =
        fmt::format("{} further patterns of errors were news; the page of errors has them", std::exchange(m_untold, 0));
    events.push_back(std::move(event));
}

void PatternNews::tell(std::vector<domain::Event>& events, const domain::ErrorPattern& pattern, const char* what,
                       base::WallTime now) {
    if (m_told >= kMostAMinute) {
        ++m_untold;
        return;
    }
    ++m_told;
    domain::Event event = eventOf(pattern, now);
    event.level = levelOf(pattern.severity);
    event.text = fmt::format("{}, {}, {}, {} so far: {}", what, domain::toWord(pattern.category),
                             domain::toWord(pattern.severity), pattern.count, shortened(pattern.text));
    events.push_back(std::move(event));
}

}  // namespace fusebox::sources
