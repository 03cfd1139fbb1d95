#pragma once
// A program as a child process in a session of its own: nothing of this process is inherited but what it is given.
// Threads: one at a time.
// Errors: start() says why the program could not be started; there is no shell that could hide it.
// Lifetime: the destructor kills what killAll() would kill, unless the program has ended.

#include <fusebox/base/result.h>
#include <fusebox/recovery/program.h>

#include <sys/types.h>

#include <optional>
#include <string>

namespace fusebox::recovery {

class ChildProcess {
public:
    ChildProcess() = default;
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] base::Result<void> start(const Program& program);

    /// What it prints; does not block. -1 once it has closed it.
    [[nodiscard]] int output() const { return m_output; }
    void closeOutput();

    struct Exit {
        bool bySignal = false;
        int code = 0;  ///< exit status, or number of the signal
    };
    /// How it ended, once it has; never waits.
    [[nodiscard]] std::optional<Exit> ended();

    /// Asks it and its descendants politely.
    void terminate();
    /// Kills it and all descendants, also those that left its session: they carry a mark in their environment.
    void killAll();

private:
    void signalGroup(int signal) const;
    /// How many were found.
    [[nodiscard]] std::size_t signalMarked(int signal) const;

    pid_t m_pid = -1;
    int m_output = -1;
    std::optional<Exit> m_end;
    std::string m_mark;
};

}  // namespace fusebox::recovery
