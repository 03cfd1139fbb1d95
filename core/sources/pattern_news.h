#pragma once
// Which patterns of errors are worth an event: those that are new, that are back, or that have become grave; and each ten
// minutes how often those came that came at all, the most frequent first.
// Threads: one at a time.
// Time: as given.
// Limits: kMostAMinute events of news a minute; further ones are told as a number when the next minute begins. kMostSummed
// patterns in a summary.

#include <fusebox/base/time.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/event.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace fusebox::sources {

class PatternNews {
public:
    static constexpr std::size_t kMostAMinute = 10;
    static constexpr std::size_t kMostSummed = 20;
    static constexpr std::chrono::minutes kSummaryEvery{10};

    /// What is known already is no news.
    void know(const domain::ErrorReport& report);

    /// The events that this report gives rise to. `current`: what a pattern that was reported earlier is called now.
    [[nodiscard]] std::vector<domain::Event> of(const domain::ErrorReport& report, base::WallTime now,
                                                const std::function<domain::PatternId(domain::PatternId)>& current);

private:
    struct Known {
        domain::Severity worst = domain::Severity::low;  ///< that was told
        bool over = false;
        std::uint64_t summed = 0;  ///< its errors of which a summary told
    };

    void follow(const std::function<domain::PatternId(domain::PatternId)>& current);
    void tell(std::vector<domain::Event>& events, const domain::ErrorPattern& pattern, const char* what,
              base::WallTime now);
    void beginMinute(std::vector<domain::Event>& events, base::WallTime now);
    void sumUp(std::vector<domain::Event>& events, const domain::ErrorReport& report, base::WallTime now);

    std::unordered_map<domain::PatternId, Known> m_known;
    std::int64_t m_minute = 0;
    base::WallTime m_summaryAt{};  ///< the next one; zero: before the first report
    std::size_t m_told = 0;        ///< in this minute
    std::uint64_t m_untold = 0;    ///< for want of room
};

}  // namespace fusebox::sources
