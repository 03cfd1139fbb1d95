#include <fusebox/wiring/lab_bench.h>

#include <algorithm>
#include <cmath>

namespace fusebox::wiring {

LabBench::LabBench(lab::LabWorld& world, collector::BackgroundCollector& collector)
    : m_world(world), m_collector(collector) {}

std::shared_ptr<collector::PoissonPace> LabBench::makePace(const lab::ServiceCard& card) {
    auto pace = std::make_shared<collector::PoissonPace>(card.callsPerSecond);
    m_traffic[card.name] = Traffic{card.callsPerSecond, pace, nullptr};
    return pace;
}

void LabBench::setTask(const std::string& service, std::shared_ptr<const collector::Task> task) {
    m_traffic[service].task = std::move(task);
}

double LabBench::callsPerSecond(const std::string& service) const {
    const auto found = m_traffic.find(service);
    return found == m_traffic.end() ? 0.0 : found->second.pace->rate();
}

base::Result<void> LabBench::setCallsPerSecond(const std::string& service, double rate) {
    const auto found = m_traffic.find(service);
    if (found == m_traffic.end()) {
        return base::trouble(base::TroubleCode::notFound, "the lab has no such service", service);
    }
    setRate(found->second, std::isfinite(rate) ? std::clamp(rate, 0.0, kMostCallsPerSecond) : 0.0);
    return {};
}

void LabBench::resetTraffic() {
    for (const auto& [name, traffic] : m_traffic) {
        if (traffic.pace->rate() != traffic.usual) setRate(traffic, traffic.usual);
    }
}

void LabBench::setRate(const Traffic& traffic, double rate) {
    traffic.pace->setRate(rate);
    if (traffic.task) m_collector.reschedule(*traffic.task);
}

void LabEvents::gather(collector::Gathered& into) {
    for (lab::LabNote& note : m_world.drainNotes()) {
        domain::Event event;
        event.kind = domain::EventKind::notice;
        event.level = note.healed ? domain::Level::info : domain::Level::warning;
        event.at = m_clock.wallNow();
        event.breaker = domain::BreakerId(std::move(note.service));
        event.actor = "lab";
        event.text = std::move(note.text);
        into.events.push_back(std::move(event));
    }
}

}  // namespace fusebox::wiring
