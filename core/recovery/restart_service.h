#pragma once
// RESTART_SERVICE: runs the program that restarts the service, usually `systemctl restart UNIT`.

#include <fusebox/base/result.h>
#include <fusebox/recovery/action.h>
#include <fusebox/recovery/program.h>

#include <string>
#include <utility>

namespace fusebox::recovery {

/// Whose systemd: the machine's or the user's.
enum class UnitScope : std::uint8_t { system, user };

/// `systemctl restart UNIT`, never asking for a password. Errors: invalidInput when that is no name of a unit.
[[nodiscard]] base::Result<Program> restartOfUnit(const std::string& unit, UnitScope scope);

class RestartService final : public Action {
public:
    /// REQUIRES: the program has arguments.
    explicit RestartService(Program program) : m_program(std::move(program)) {}

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::restartService; }
    [[nodiscard]] std::string effect() const override;
    [[nodiscard]] ActionResult run(const Occasion& occasion, std::stop_token stop, const Progress& progress) override;

private:
    const Program m_program;
};

}  // namespace fusebox::recovery
