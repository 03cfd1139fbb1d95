// What a gate writes down and what it tells, for tests.
#pragma once

#include <fusebox/command/audit_log.h>
#include <fusebox/command/gate.h>

#include <variant>
#include <vector>

class Diary final : public fusebox::command::AuditLog {
public:
    fusebox::base::Result<void> write(const fusebox::domain::CommandReport& report,
                                      fusebox::base::WallTime at) override {
        if (isFull) return fusebox::base::trouble(fusebox::base::TroubleCode::unavailable, "the disk is full");
        reports.push_back(report);
        times.push_back(at);
        return {};
    }
    bool isFull = false;
    std::vector<fusebox::domain::CommandReport> reports;
    std::vector<fusebox::base::WallTime> times;
};

inline std::vector<fusebox::domain::CommandReport> toldBy(fusebox::command::Gate& gate) {
    fusebox::collector::Gathered into;
    gate.gather(into);
    std::vector<fusebox::domain::CommandReport> reports;
    for (const auto& event : into.events) reports.push_back(std::get<fusebox::domain::CommandReport>(event.body));
    return reports;
}

// The one report on the command; an empty one where there is another number of them.
inline fusebox::domain::CommandReport settledBy(fusebox::command::Gate& gate, const fusebox::domain::Command& command) {
    gate.submit(command);
    (void)gate.runWaiting();
    const auto reports = toldBy(gate);
    return reports.size() == 1 ? reports[0] : fusebox::domain::CommandReport{};
}
