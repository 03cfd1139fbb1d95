// A breaker with a candidate configuration beside it and one without, to which the same happens at random.
#pragma once

#include "guarded.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::breaker {

class Twins {
public:
    Twins(CircuitBreakerConfig config, CircuitBreakerConfig candidate, std::uint64_t seed)
        : m_random(seed), m_watched(Guarded::make(config, m_clock)), m_plain(Guarded::make(config, m_clock)) {
        m_troubled = !m_watched->shadow(std::move(candidate), "ann").has_value();
    }

    /// Empty, or what differs.
    std::string step() {
        switch (below(10)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return acquire();
            case 4:
            case 5:
            case 6:
            case 7:
                complete();
                break;
            case 8:
                m_clock.advance(std::chrono::milliseconds(50) * below(30));
                m_watched->tick();
                m_plain->tick();
                break;
            default:
                operate();
        }
        return difference();
    }

    [[nodiscard]] std::uint64_t transitions() const { return m_plain->snapshot().metrics.transitions; }
    [[nodiscard]] std::uint64_t candidateTrips() const { return m_watched->snapshot().shadow->trips; }

private:
    struct Pending {
        Permit watched;
        Permit plain;
    };

    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(m_random() % limit); }

    std::string acquire() {
        Acquired watched = m_watched->tryAcquire();
        Acquired plain = m_plain->tryAcquire();
        if (watched.permitted() != plain.permitted()) {
            return "one was permitted, the other was not";
        }
        if (!plain && (watched.refusal().reason != plain.refusal().reason ||
                       watched.refusal().untilProbe != plain.refusal().untilProbe)) {
            return "the refusals differ";
        }
        if (plain) {
            m_pending.push_back({std::move(watched).permit(), std::move(plain).permit()});
        }
        return {};
    }

    void complete() {
        if (m_pending.empty()) {
            return;
        }
        const std::size_t which = below(static_cast<std::uint32_t>(m_pending.size()));
        std::swap(m_pending[which], m_pending.back());
        const std::uint32_t how = below(10);
        const std::uint32_t took = below(3000);
        const auto category = domain::kCategories[below(domain::kCategoryCount)];
        for (Permit* permit : {&m_pending.back().watched, &m_pending.back().plain}) {
            if (how % 2 == 0) {
                permit->took(std::chrono::milliseconds(took));
            }
            if (how < 4) {
                permit->success();
            } else if (how < 8) {
                permit->failure(errorOf(category));
            } else if (how < 9) {
                permit->ignore();
            } else {
                permit->cancel();
            }
        }
        m_pending.pop_back();
    }

    void operate() {
        const std::uint32_t what = below(6);
        const auto mode = static_cast<domain::HoldMode>(below(3));
        for (const auto& breaker : {m_watched, m_plain}) {
            if (what == 0) {
                (void)breaker->trip("ann", "x");
            } else if (what == 1) {
                (void)breaker->reset("ann", "x");
            } else if (what == 2) {
                (void)breaker->hold(mode, "ann", "x", 1s);
            } else if (what == 3) {
                (void)breaker->releaseAllOf("ann", "ann", "x");
            } else if (what == 4) {
                breaker->recordFailure(errorOf(domain::Category::transient), 10ms);
            } else {
                breaker->recordSuccess(10ms);
            }
        }
    }

    std::string difference() const {
        const domain::Snapshot watched = m_watched->snapshot();
        const domain::Snapshot plain = m_plain->snapshot();
        const auto events = [](const auto& breaker) { return breaker->drainEvents().events.size(); };
        return m_troubled                                                    ? "the candidate is not valid"
               : watched.state != plain.state                                ? "the states differ"
               : watched.generation != plain.generation                      ? "the generations differ"
               : !(watched.metrics == plain.metrics)                         ? "the metrics differ"
               : !(watched.standings == plain.standings)                     ? "the standings differ"
               : watched.untilProbe != plain.untilProbe                      ? "the waits differ"
               : !(watched.probes == plain.probes)                           ? "the probes differ"
               : !(watched.detail->transitions == plain.detail->transitions) ? "the transitions differ"
               : events(m_watched) != events(m_plain)                        ? "the events differ"
                                                                             : "";
    }

    base::ManualClock m_clock;
    std::mt19937_64 m_random;
    std::shared_ptr<CircuitBreaker> m_watched;
    std::shared_ptr<CircuitBreaker> m_plain;
    std::vector<Pending> m_pending;
    bool m_troubled = false;
};

}  // namespace fusebox::breaker
