#include <fusebox/recovery/child_process.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>
#include <system_error>
#include <vector>

namespace fusebox::recovery {

namespace {

constexpr const char* kMarkName = "FUSEBOX_RUN";
constexpr int kMostRounds = 200;
constexpr int kRoundMs = 10;

std::string reasonOf(int error) {
    return std::generic_category().message(error);
}

/// Where the program lies; empty when it is found nowhere.
std::string found(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    std::string_view path = kProgramPath;
    while (!path.empty()) {
        const auto end = std::min(path.find(':'), path.size());
        const std::string candidate = std::string(path.substr(0, end)) + "/" + name;
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return {};
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::string freshMark() {
    std::random_device random;
    return fmt::format("{}={:08x}{:08x}{:08x}", kMarkName, random(), random(), random());
}

struct Attributes {
    posix_spawnattr_t spawn{};
    posix_spawn_file_actions_t files{};

    Attributes() {
        ::posix_spawnattr_init(&spawn);
        ::posix_spawn_file_actions_init(&files);
    }
    ~Attributes() {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&spawn);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;

    /// 0 or errno.
    int set(int output, const std::string& folder) {
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&spawn, &none);
        ::posix_spawnattr_setsigdefault(&spawn, &all);
        const int wishes = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        int error = ::posix_spawnattr_setflags(&spawn, static_cast<short>(wishes));
        if (error == 0) error = ::posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        if (error == 0) error = ::posix_spawn_file_actions_adddup2(&files, output, 1);
        if (error == 0) error = ::posix_spawn_file_actions_adddup2(&files, output, 2);
        if (error == 0) error = ::posix_spawn_file_actions_addclosefrom_np(&files, 3);
        if (error == 0) error = ::posix_spawn_file_actions_addchdir_np(&files, folder.c_str());
        return error;
    }
};

// glibc 2.36 declares these two for C only.
int openProcess(pid_t pid) {
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}
bool sendSignal(int process, int signal) {
    return ::syscall(SYS_pidfd_send_signal, process, signal, nullptr, 0) == 0;
}

/// The mark stands in the environment that the process began with.
bool carries(const std::string& mark, const std::filesystem::path& process) {
    std::ifstream stream(process / "environ", std::ios::binary);
    const std::string environment{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return environment.find(mark) != std::string::npos;
}

std::optional<pid_t> pidOf(const std::filesystem::path& process) {
    const std::string name = process.filename().string();
    pid_t pid = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), pid);
    return read.ec == std::errc() && read.ptr == name.data() + name.size() ? std::optional(pid) : std::nullopt;
}

}  // namespace

ChildProcess::~ChildProcess() {
    closeOutput();
    if (m_pid <= 0) return;
    if (!ended()) killAll();
    ::waitpid(m_pid, nullptr, WNOHANG);
}

base::Result<void> ChildProcess::start(const Program& program) {
    using base::TroubleCode;
    const std::string path = found(program.arguments.front());
    if (path.empty()) {
        return base::trouble(TroubleCode::notFound, fmt::format("is not found in {}", kProgramPath),
                             program.arguments.front());
    }
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return base::trouble(TroubleCode::unavailable, "cannot be started", path, reasonOf(errno));
    }
    m_mark = freshMark();
    std::vector<std::string> arguments = program.arguments;
    std::vector<std::string> variables{std::string("PATH=") + kProgramPath, "LANG=C.UTF-8", m_mark};
    for (const auto& [name, value] : program.environment) variables.push_back(name + "=" + value);
    Attributes attributes;
    int error = attributes.set(ends[1], program.folder);
    if (error == 0) {
        error = ::posix_spawn(&m_pid, path.c_str(), &attributes.files, &attributes.spawn, pointersTo(arguments).data(),
                              pointersTo(variables).data());
    }
    ::close(ends[1]);
    m_output = ends[0];
    if (error != 0) {
        m_pid = -1;
        closeOutput();
        return base::trouble(TroubleCode::unavailable, "cannot be started", path, reasonOf(error));
    }
    ::fcntl(m_output, F_SETFL, O_NONBLOCK);
    return {};
}

void ChildProcess::closeOutput() {
    if (m_output >= 0) ::close(m_output);
    m_output = -1;
}

/// It is not reaped yet: as long as it is not, its number, which is that of its group, cannot be somebody else's.
std::optional<ChildProcess::Exit> ChildProcess::ended() {
    if (m_end || m_pid <= 0) return m_end;
    siginfo_t end{};
    if (::waitid(P_PID, static_cast<id_t>(m_pid), &end, WEXITED | WNOHANG | WNOWAIT) != 0) {
        if (errno == ECHILD) m_end = Exit{};  // this process lets the kernel reap its children
    } else if (end.si_pid == m_pid) {
        m_end = Exit{end.si_code != CLD_EXITED, end.si_status};
    }
    return m_end;
}

void ChildProcess::terminate() {
    signalGroup(SIGTERM);
    (void)signalMarked(SIGTERM);
}

void ChildProcess::killAll() {
    // Again and again: what forks faster than one looks is found in a later round.
    for (int round = 0; round < kMostRounds; ++round) {
        signalGroup(SIGKILL);
        const std::size_t left = signalMarked(SIGKILL);
        if (ended() && left == 0) return;
        ::poll(nullptr, 0, kRoundMs);
    }
}

/// Its session began with its group.
void ChildProcess::signalGroup(int signal) const {
    if (m_pid > 0) ::kill(-m_pid, signal);
}

std::size_t ChildProcess::signalMarked(int signal) const {
    std::size_t count = 0;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
        const auto pid = pidOf(entry.path());
        if (!pid) continue;
        // The descriptor is taken first: whatever happens to the number, the signal goes to this process or to none.
        const int process = openProcess(*pid);
        if (process < 0) continue;
        if (carries(m_mark, entry.path()) && sendSignal(process, signal)) ++count;
        ::close(process);
    }
    return count;
}

}  // namespace fusebox::recovery
