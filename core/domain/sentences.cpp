// The domain's one-sentence texts for people.

#include <fusebox/domain/error.h>
#include <fusebox/domain/transition.h>

#include <fmt/format.h>

#include <chrono>

namespace fusebox::domain {

namespace {

std::string percent(double share) {
    return fmt::format("{:.3g} %", share * 100.0);
}

double seconds(base::Duration span) {
    return std::chrono::duration<double>(span).count();
}

}  // namespace

std::string Error::text() const {
    std::string joined = type.empty() ? message : message.empty() ? type : type + ": " + message;
    if (codeSystem != CodeSystem::none) {
        joined += fmt::format(" [{} {}]", toWord(codeSystem), code);
    }
    return joined;
}

std::string TripReason::text() const {
    switch (rule) {
        case TripRule::failureRate:
        case TripRule::slowCallRate:
            return fmt::format("{} {} of {} calls, limit {}", toWord(rule), percent(value), calls, percent(threshold));
        case TripRule::failureCount:
            return fmt::format("{} failures among {} calls, limit {:.0f}", failures, calls, threshold);
        case TripRule::consecutiveFailures:
            return fmt::format("{} failures in a row, limit {:.0f}", failures, threshold);
        case TripRule::totalOutage:
            return fmt::format("no success and {} failures in {:.3g} s, limit {:.0f}", failures, seconds(span),
                               threshold);
        case TripRule::lowSuccessAverage:
            return fmt::format("success average {} over the last calls, limit {}", percent(value), percent(threshold));
    }
    return {};
}

std::string Transition::text() const {
    std::string sentence = cause == TransitionCause::tripRule && trip ? trip->text() : std::string(toWord(cause));
    if (!actor.empty()) {
        sentence += " by " + actor;
    }
    if (!reason.empty()) {
        sentence += ": " + reason;
    }
    return sentence;
}

}  // namespace fusebox::domain
