#include "guarded_services.h"

#include <fusebox/config/load.h>

namespace fusebox::e2e {

GuardedServices::GuardedServices(const support::TempDir& folder, const std::string& toml) {
    const config::Loaded settings = config::load(folder.write("fusebox.toml", toml));
    if (!settings) {
        m_trouble = config::textOf(settings.error());
        return;
    }
    auto wiring = wiring::Wiring::withSettings(*settings);
    if (!wiring) {
        m_trouble = wiring.error().text();
        return;
    }
    m_wiring = std::move(*wiring);
    m_wiring->addSink(m_log);
    m_wiring->start();
}

bool GuardedServices::becomesHealthy(const std::string& name) {
    const auto now = m_log->snapshot(name);
    const std::uint64_t successes = now ? now->metrics.totals.success : 0;
    return m_log->waitForSnapshot(name, [&](const domain::Snapshot& snapshot) {
        return snapshot.state == domain::State::closed && snapshot.metrics.totals.success >= successes + 5;
    });
}

bool GuardedServices::fails(const std::string& name, const std::string& part) {
    return m_log->waitForSnapshot(name, [&](const domain::Snapshot& snapshot) {
        return support::newestError(snapshot).find(part) != std::string::npos;
    });
}

std::string GuardedServices::describe(const std::string& name) const {
    const auto snapshot = m_log->snapshot(name);
    if (!snapshot) return name + ": no snapshot yet";
    return name + ": " + std::string(domain::toWord(snapshot->state)) + ", " + support::newestError(*snapshot);
}

}  // namespace fusebox::e2e
