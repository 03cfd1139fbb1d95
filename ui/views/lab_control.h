#pragma once
// What the lab panel can see of the lab and do to it. The lab implements it; the panel only shows and asks.
// Threads: all functions are called on the GUI thread and return at once; what they ask for happens on the lab's own
//   threads soon after.
// Lifetime: outlives the panel that was given it.
// Errors: unknown names are ignored; values outside their limits are brought into them by the lab.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::views {

/// How a service answers; at most one at a time, on top of added latency and an error share.
enum class LabAnswer : std::uint8_t {
    healthy,
    rateLimited,   ///< 429 with Retry-After
    unauthorized,  ///< 401, or the service's own refusal of the login
    wrongBody,     ///< answers, but not with what was agreed
    refuse,        ///< refuses connections
    hang,          ///< accepts and never answers
};

/// What is wrong with one service.
struct LabFaults {
    LabAnswer answer = LabAnswer::healthy;
    std::chrono::milliseconds latency{0};  ///< added before each answer, 0..10 s
    double errorShare = 0;                 ///< 0..1 of the answers are errors
    std::chrono::seconds retryAfter{5};    ///< sent with rateLimited
    std::chrono::seconds slowRecovery{0};  ///< after the faults are taken away, the time over which they fade

    bool operator==(const LabFaults&) const = default;
};

/// One service of the lab as it is now.
struct LabService {
    std::string name;                ///< also the id of its breaker
    std::string kind;                ///< "http", "tcp", "sqlite", ...
    std::string address;             ///< "http://127.0.0.1:41873/"
    std::vector<LabAnswer> answers;  ///< those that this kind of service can give, healthy first
    LabFaults faults;                ///< in force
    double callsPerSecond = 0;       ///< mean rate of the traffic, 0 pauses it
};

/// A short outage, played by a script.
struct LabStory {
    std::string name;         ///< "Slow database"
    std::string description;  ///< one sentence: what will be seen
};

/// The story that is being played.
struct LabScene {
    std::string story;
    std::string caption;  ///< what happens now
    std::optional<std::chrono::seconds> left;
};

class LabControl {
public:
    virtual ~LabControl() = default;

    /// In a stable order.
    [[nodiscard]] virtual std::vector<LabService> services() const = 0;
    virtual void setFaults(const std::string& service, const LabFaults& faults) = 0;
    virtual void setCallsPerSecond(const std::string& service, double callsPerSecond) = 0;
    /// All services healthy, traffic as at the start; ends a story.
    virtual void healAll() = 0;

    [[nodiscard]] virtual std::vector<LabStory> stories() const = 0;
    /// Starts a story from its beginning; another one that plays is ended first.
    virtual void playStory(const std::string& name) = 0;
    virtual void stopStory() = 0;
    [[nodiscard]] virtual std::optional<LabScene> scene() const = 0;
};

}  // namespace fusebox::views
