// A real server as a child process: started in its own process group, watched until it listens, ended without a trace.
//
// Threads: one thread only.
// Lifetime: the destructor stops the server (SIGTERM to the group, SIGKILL when it does not obey) and reaps it.
// Errors: start() returns why the server did not come up, with the end of its output.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::support {

struct ServerCommand {
    std::vector<std::string> arguments;              // the program (looked up in PATH) and its arguments
    std::map<std::string, std::string> environment;  // set above the environment of this process
    std::optional<std::uint32_t> userId;             // run as this user and group (for servers that refuse root)
    std::optional<std::uint32_t> groupId;
    std::uint16_t port = 0;  // loopback port to wait for; 0 waits for nothing
    std::chrono::milliseconds startTimeout{15'000};
    std::chrono::milliseconds stopTimeout{5'000};
};

class ServerProcess {
public:
    explicit ServerProcess(ServerCommand command);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    // Starts the server and waits until its port accepts. Returns the reason when it does not; nothing is left running.
    std::optional<std::string> start();
    // Ends the whole group, politely first. Does nothing when it is not running.
    void stop();
    // Ends the whole group at once, as a crash would.
    void kill();
    // Freezes and thaws the whole group (SIGSTOP, SIGCONT).
    void freeze();
    void thaw();

    bool isRunning();
    pid_t pid() const { return m_pid; }
    // Everything that the server wrote to standard output and standard error since the last start.
    std::string output() const;

private:
    bool waitForExit(std::chrono::milliseconds timeout);
    void killGroup(int signal) const;
    std::optional<std::string> waitForPort();

    ServerCommand m_command;
    std::filesystem::path m_outputPath;
    pid_t m_pid = -1;
};

}  // namespace fusebox::support
