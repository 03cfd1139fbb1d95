#include <fusebox/recovery/restart_service.h>

#include <string.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace fusebox::recovery {

namespace {

constexpr std::size_t kLongestUnit = 255;

bool isUnitCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(":-_.\\@").find(c) != std::string_view::npos;
}

/// What systemctl needs to find the user's own systemd.
std::map<std::string, std::string> userSession() {
    std::map<std::string, std::string> variables;
    for (const char* name : {"XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"}) {
        if (const char* value = std::getenv(name)) variables[name] = value;
    }
    return variables;
}

}  // namespace

base::Result<Program> restartOfUnit(const std::string& unit, UnitScope scope) {
    if (unit.empty() || unit.size() > kLongestUnit || unit.front() == '-' ||
        !std::all_of(unit.begin(), unit.end(), isUnitCharacter)) {
        return base::trouble(base::TroubleCode::invalidInput, "is no name of a systemd unit", unit);
    }
    Program program;
    program.arguments = {"systemctl", "--no-ask-password", "restart", "--", unit};
    if (scope == UnitScope::user) {
        program.arguments.insert(program.arguments.begin() + 1, "--user");
        program.environment = userSession();
    }
    return program;
}

std::string RestartService::effect() const {
    return fmt::format("Runs `{}`.", m_program.text());
}

ActionResult RestartService::run(const Occasion& occasion, std::stop_token stop, const Progress& progress) {
    Program program = m_program;
    program.environment.emplace("FUSEBOX_BREAKER", occasion.breaker.value);
    progress("It runs `" + program.arguments.front() + "`");
    ProgramEnd end = runProgram(program, stop, progress);
    using How = ProgramEnd::How;
    switch (end.how) {
        case How::notStarted:
            return failedBecause(end.trouble);
        case How::stopped:
            return failedBecause("It was killed with all that it had started.", std::move(end.output));
        case How::bySignal:
            return failedBecause(fmt::format("It was ended by signal {} ({}).", end.code, ::strsignal(end.code)),
                                 std::move(end.output));
        case How::exited:
            break;
    }
    if (end.code != 0)
        return failedBecause(fmt::format("It ended with exit code {}.", end.code), std::move(end.output));
    return {domain::RecoveryResult::succeeded, "It ended well.", std::move(end.output)};
}

}  // namespace fusebox::recovery
