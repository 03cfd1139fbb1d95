#include <fusebox/agent/state_dir.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace fusebox::agent {

namespace {

using base::TroubleCode;

tl::unexpected<base::Trouble> failed(TroubleCode code, std::string what, const std::filesystem::path& path,
                                     int error = 0) {
    return base::trouble(code, std::move(what), path.string(),
                         error == 0 ? "" : std::generic_category().message(error));
}

/// The folders that are missing, for their owner alone.
bool makeFolders(const std::filesystem::path& path) {
    if (path.empty() || ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return true;
    return errno == ENOENT && path.has_parent_path() && path != path.parent_path() && makeFolders(path.parent_path()) &&
           (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST);
}

std::string holderOf(int lock) {
    std::array<char, 32> buffer{};
    const ssize_t got = ::pread(lock, buffer.data(), buffer.size(), 0);
    std::string text(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    text.resize(std::min(text.size(), text.find_first_not_of("0123456789")));
    return text.empty() ? "another program" : "the process " + text;
}

}  // namespace

base::Result<StateDir> StateDir::open(const std::filesystem::path& path) {
    if (!makeFolders(path)) return failed(TroubleCode::unavailable, "cannot be made", path, errno);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return failed(TroubleCode::unavailable, "cannot be looked at", path, errno);
    if (!S_ISDIR(status.st_mode)) return failed(TroubleCode::refused, "is no directory", path);
    if (status.st_uid != ::geteuid()) {
        return failed(TroubleCode::refused, fmt::format("belongs to the user with number {}", status.st_uid), path);
    }
    if ((status.st_mode & 0022U) != 0) {
        return failed(TroubleCode::refused,
                      fmt::format("has mode {:04o}, others may write to it; needed: 0700", status.st_mode & 0777U),
                      path);
    }
    const std::filesystem::path file = path / "lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) return failed(TroubleCode::unavailable, "cannot be opened", file, errno);
    StateDir held(path, lock);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        return failed(TroubleCode::refused, "is in use by " + holderOf(lock), path);
    }
    const std::string own = std::to_string(::getpid()) + "\n";
    // Who is told in vain loses a number in a message only.
    [[maybe_unused]] const bool isWritten =
        ::ftruncate(lock, 0) == 0 && ::pwrite(lock, own.data(), own.size(), 0) == static_cast<ssize_t>(own.size());
    return held;
}

StateDir::~StateDir() {
    if (m_lock >= 0) ::close(m_lock);
}

}  // namespace fusebox::agent
