#pragma once
// The audit log of a program that keeps its breakers' state: what a command changed is saved before the command is written down as done, so
// that nobody is told of a hold that a crash would forget; where it cannot be saved the report says so.
// Threads: as command::AuditLog.

#include <fusebox/command/audit_log.h>
#include <fusebox/wiring/state_keeper.h>

#include <memory>
#include <utility>

namespace fusebox::wiring {

class StateFirstLog final : public command::AuditLog {
public:
    /// REQUIRES: state not null. Without a log the state alone is saved.
    StateFirstLog(std::shared_ptr<StateKeeper> state, std::shared_ptr<command::AuditLog> log)
        : m_state(std::move(state)), m_log(std::move(log)) {}

    [[nodiscard]] base::Result<void> write(const domain::CommandReport& report, base::WallTime at) override {
        base::Result<void> saved;
        if (report.status == domain::CommandStatus::applied) saved = m_state->saveNow();
        base::Result<void> written = m_log ? m_log->write(report, at) : base::Result<void>();
        if (saved || !written) return written;
        return base::trouble(base::TroubleCode::unavailable,
                             "It would not outlive the program: the state cannot be saved", {}, saved.error().text());
    }

private:
    const std::shared_ptr<StateKeeper> m_state;
    const std::shared_ptr<command::AuditLog> m_log;
};

}  // namespace fusebox::wiring
