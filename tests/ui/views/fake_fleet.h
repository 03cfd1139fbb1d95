// Frames of breakers that never were: deterministic numbers, some breakers open, half-open and held.
#pragma once

#include <fusebox/domain/frame.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace fusebox::views {

class FakeFleet {
public:
    explicit FakeFleet(int breakers);

    // The next frame: time moves by the step, calls are counted, events that were added go along.
    domain::FrameRef next(base::Duration step = std::chrono::milliseconds(100));

    domain::Snapshot& snapshot(int index) { return m_snapshots[static_cast<std::size_t>(index)]; }
    domain::BreakerId idAt(int index) const { return m_snapshots[static_cast<std::size_t>(index)].identity->id; }
    int size() const { return static_cast<int>(m_snapshots.size()); }

    void setCallsPerSecond(int index, double calls) { m_rates[static_cast<std::size_t>(index)] = calls; }
    void rename(int index, const std::string& name);
    void changeState(int index, domain::State to, domain::TransitionCause cause);
    void hold(int index, domain::HoldMode mode, const std::string& who, const std::string& why);
    void addError(int index, const std::string& message);
    void addEvent(domain::Event event);
    void report(const domain::Command& command, domain::CommandStatus status, const std::string& message);
    void loseEvents(std::uint64_t count) { m_lost += count; }

    // Goes along with every frame from now on.
    std::shared_ptr<const domain::ErrorReport> errors;
    std::shared_ptr<const domain::RecoveryReport> recovery;
    std::vector<domain::SourceStanding> sources;

    base::Time now() const { return m_now; }
    base::WallTime wall() const { return m_wall; }

    domain::Detail& edit(int index);

private:
    void count(std::size_t index, double seconds);
    void refreshMeasures(std::size_t index);

    std::mt19937 m_random{7};
    base::Time m_now{std::chrono::hours(1)};
    base::WallTime m_wall{std::chrono::seconds(1'700'000'000)};
    std::uint64_t m_number = 0;
    std::uint64_t m_lastEvent = 0;
    std::uint64_t m_lost = 0;
    std::vector<domain::Snapshot> m_snapshots;
    std::vector<double> m_rates;
    std::vector<double> m_due;
    std::vector<domain::Event> m_events;
};

}  // namespace fusebox::views
