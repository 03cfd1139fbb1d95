#include <fusebox/support/file_descriptor.h>
#include <fusebox/support/server_process.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

extern char** environ;

namespace fusebox::support {
namespace {

// Waiting is polling here: a child's exit and a port's opening have no common handle to wait on.
constexpr std::chrono::milliseconds kPollInterval{10};

// Asks until the answer is yes or the time is up; says whether it was yes.
template <class Predicate>
bool poll(std::chrono::milliseconds timeout, Predicate isDone) {
    for (auto left = timeout; !isDone(); left -= kPollInterval) {
        if (left <= std::chrono::milliseconds::zero()) return false;
        ::poll(nullptr, 0, static_cast<int>(kPollInterval.count()));
    }
    return true;
}

bool acceptsConnections(std::uint16_t port) {
    const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return socket.isOpen() &&
           ::connect(socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::vector<std::string> mergedEnvironment(const std::map<std::string, std::string>& extra) {
    std::vector<std::string> merged;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        if (!extra.contains(text.substr(0, text.find('=')))) merged.push_back(text);
    }
    for (const auto& [name, value] : extra) merged.push_back(name + "=" + value);
    return merged;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::filesystem::path makeOutputFile() {
    std::string name = (std::filesystem::temp_directory_path() / "fusebox-server-XXXXXX").string();
    const FileDescriptor file(::mkstemp(name.data()));
    return name;
}

}  // namespace

ServerProcess::ServerProcess(ServerCommand command) : m_command(std::move(command)), m_outputPath(makeOutputFile()) {}

ServerProcess::~ServerProcess() {
    stop();
    std::error_code ignored;
    std::filesystem::remove(m_outputPath, ignored);
}

std::optional<std::string> ServerProcess::start() {
    stop();
    // Everything that allocates happens before fork: the child of a threaded process may only call safe functions.
    const FileDescriptor output(::open(m_outputPath.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const FileDescriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    std::vector<std::string> environment = mergedEnvironment(m_command.environment);
    const std::vector<char*> arguments = pointersTo(m_command.arguments);
    const std::vector<char*> variables = pointersTo(environment);
    const pid_t parent = ::getpid();
    m_pid = ::fork();
    if (m_pid == 0) {
        ::setpgid(0, 0);
        ::dup2(nothing.value(), STDIN_FILENO);
        ::dup2(output.value(), STDOUT_FILENO);
        ::dup2(output.value(), STDERR_FILENO);
        if (m_command.groupId && ::setgid(*m_command.groupId) != 0) ::_exit(126);
        if (m_command.userId && ::setuid(*m_command.userId) != 0) ::_exit(126);
        // A test program that dies must not leave its servers behind. A change of user clears this, hence its place.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(126);
        ::execvpe(arguments[0], arguments.data(), variables.data());
        ::_exit(127);
    }
    if (m_pid < 0) return std::string("fork: ") + ::strerror(errno);
    ::setpgid(m_pid, m_pid);
    return m_command.port == 0 ? std::nullopt : waitForPort();
}

std::optional<std::string> ServerProcess::waitForPort() {
    const std::string& program = m_command.arguments.front();
    bool accepts = false;
    const bool decided = poll(m_command.startTimeout, [&] {
        accepts = acceptsConnections(m_command.port);
        return accepts || !isRunning();
    });
    if (accepts) return std::nullopt;
    if (decided) return program + " ended at its start:\n" + output();
    stop();
    return program + " did not open its port in time:\n" + output();
}

void ServerProcess::stop() {
    if (!isRunning()) return;
    killGroup(SIGTERM);
    killGroup(SIGCONT);  // a frozen group could not obey
    if (!waitForExit(m_command.stopTimeout)) kill();
}

void ServerProcess::kill() {
    if (!isRunning()) return;
    killGroup(SIGKILL);
    waitForExit(m_command.stopTimeout);
}

void ServerProcess::freeze() {
    killGroup(SIGSTOP);
}

void ServerProcess::thaw() {
    killGroup(SIGCONT);
}

bool ServerProcess::isRunning() {
    if (m_pid <= 0) return false;
    if (::waitpid(m_pid, nullptr, WNOHANG) == 0) return true;
    // The leader is gone and reaped; its workers, if it left any, must not outlive it.
    killGroup(SIGKILL);
    m_pid = -1;
    return false;
}

bool ServerProcess::waitForExit(std::chrono::milliseconds timeout) {
    return poll(timeout, [&] { return !isRunning(); });
}

void ServerProcess::killGroup(int signal) const {
    if (m_pid > 0) ::kill(-m_pid, signal);
}

std::string ServerProcess::output() const {
    const std::ifstream file(m_outputPath, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace fusebox::support
