#pragma once
// What is wrong with one of the lab's services; a plain value.

#include <fusebox/base/time.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace fusebox::lab {

/// How a service answers; on top of added latency and an error share.
enum class Answer : std::uint8_t {
    healthy,
    rateLimited,   ///< 429 with Retry-After
    unauthorized,  ///< 401, or the service's own refusal of the login
    wrongBody,     ///< answers, but not with what was agreed
    refuse,        ///< the listening socket is closed: connections are refused
    hang,          ///< accepts and never answers; the database: locked
};

struct Faults {
    Answer answer = Answer::healthy;
    base::Duration latency{};            ///< added to each answer, drawn from latency * (1 +- kLatencySpread)
    double errorShare = 0;               ///< 0..1 of the answers are errors
    std::chrono::seconds retryAfter{5};  ///< sent with rateLimited
    base::Duration slowRecovery{};       ///< once healed, the time in which the capacity grows from 5 to 100 %

    bool operator==(const Faults&) const = default;

    /// Anything that a caller would notice.
    [[nodiscard]] bool areFelt() const { return answer != Answer::healthy || latency.count() > 0 || errorShare > 0; }
};

inline constexpr double kLatencySpread = 0.5;
inline constexpr base::Duration kLongestLatency = std::chrono::seconds(10);
inline constexpr base::Duration kLongestRecovery = std::chrono::minutes(5);

/// The same with every value brought into its limits.
[[nodiscard]] Faults withinLimits(Faults faults);

}  // namespace fusebox::lab
