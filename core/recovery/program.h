#pragma once
// Runs a program by its argument vector, never by a shell: in a session of its own, without terminal, input and foreign descriptors,
// with a clean environment. When it is to stop it is killed with all its descendants.
// Threads: blocks the caller until the program has ended; what it leaves running in the background after a good end stays.
// Errors: ProgramEnd says how it ended, or why it did not begin.
// Limits: the output is kept as KeptOutput does.

#include <fusebox/recovery/action.h>

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace fusebox::recovery {

/// Where programs are looked for that are named without a path.
inline constexpr const char* kProgramPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

struct Program {
    std::vector<std::string> arguments;              ///< the program first
    std::map<std::string, std::string> environment;  ///< all of it but PATH and LANG
    std::string folder = "/";                        ///< where it runs

    bool operator==(const Program&) const = default;

    /// As one would type it.
    [[nodiscard]] std::string text() const;
};

struct ProgramEnd {
    enum class How : std::uint8_t { exited, bySignal, notStarted, stopped };

    How how = How::exited;
    int code = 0;         ///< exit status, or number of the signal
    std::string trouble;  ///< why it did not start
    std::string output;
};

[[nodiscard]] ProgramEnd runProgram(const Program& program, const std::stop_token& stop, const Progress& progress);

}  // namespace fusebox::recovery
