#pragma once
// What may be done to the lab while it runs: its faults and stories, and the rate of the calls against it.
// Threads: all functions from any thread.
// Lifetime: as long as its Wiring.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/collector/pace.h>
#include <fusebox/collector/source.h>
#include <fusebox/lab/lab_world.h>

#include <map>
#include <memory>
#include <string>

namespace fusebox::wiring {

inline constexpr double kMostCallsPerSecond = 200;

class LabBench {
public:
    LabBench(lab::LabWorld& world, collector::BackgroundCollector& collector);

    [[nodiscard]] lab::LabWorld& world() const { return m_world; }

    [[nodiscard]] double callsPerSecond(const std::string& service) const;
    /// Poisson arrivals at this mean rate from now on; zero pauses. Brought into 0..kMostCallsPerSecond.
    [[nodiscard]] base::Result<void> setCallsPerSecond(const std::string& service, double rate);
    void resetTraffic();

    /// Before the start: the pace that the service's task shall have, and the task itself.
    [[nodiscard]] std::shared_ptr<collector::PoissonPace> makePace(const lab::ServiceCard& card);
    void setTask(const std::string& service, std::shared_ptr<const collector::Task> task);

private:
    struct Traffic {
        double usual = 0;
        std::shared_ptr<collector::PoissonPace> pace;
        std::shared_ptr<const collector::Task> task;
    };

    void setRate(const Traffic& traffic, double rate);

    lab::LabWorld& m_world;
    collector::BackgroundCollector& m_collector;
    std::map<std::string, Traffic> m_traffic;  // not changed after the start
};

/// Brings what is done to the lab into the list of events.
class LabEvents final : public collector::Source {
public:
    LabEvents(lab::LabWorld& world, const base::Clock& clock) : m_world(world), m_clock(clock) {}

    void gather(collector::Gathered& into) override;

private:
    lab::LabWorld& m_world;
    const base::Clock& m_clock;
};

}  // namespace fusebox::wiring
