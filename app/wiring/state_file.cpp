#include <fusebox/wiring/state_file.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace fusebox::wiring {

namespace {

constexpr off_t kMostBytes = off_t{64} << 20;
constexpr mode_t kOwnerOnly = 0700;

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool valid() const { return m_fd >= 0; }

private:
    int m_fd;
};

tl::unexpected<base::Trouble> failed(const char* what, const std::filesystem::path& path, int error) {
    return base::trouble(base::TroubleCode::unavailable, what, path.string(), std::generic_category().message(error));
}

bool writeAll(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// As mkdir -p, but what is made is its owner's alone.
bool makeFolders(const std::filesystem::path& folder) {
    if (folder.empty() || ::access(folder.c_str(), F_OK) == 0) return true;
    return makeFolders(folder.parent_path()) && (::mkdir(folder.c_str(), kOwnerOnly) == 0 || errno == EEXIST);
}

/// The file is safe once its folder knows its new name.
void syncFolder(const std::filesystem::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.valid()) ::fsync(opened.get());  // some file systems cannot; the content is safe all the same
}

}  // namespace

base::Result<std::optional<std::string>> StateFile::read() const {
    // Not blocking: something else than a file must not hang the start.
    const Descriptor file(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.valid()) {
        if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
        return failed("cannot be opened", m_path, errno);
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return failed("cannot be looked at", m_path, errno);
    if (!S_ISREG(status.st_mode)) return failed("is no plain file", m_path, EINVAL);
    if (status.st_size > kMostBytes) return failed("is larger than 64 MiB", m_path, EFBIG);
    std::string content;
    std::array<char, 65536> buffer{};
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("cannot be read", m_path, errno);
        if (got == 0) return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
        if (content.size() > static_cast<std::size_t>(kMostBytes)) {
            return failed("is larger than 64 MiB", m_path, EFBIG);
        }
    }
}

base::Result<void> StateFile::write(std::string_view content) const {
    const std::filesystem::path folder = m_path.parent_path();
    if (!makeFolders(folder)) return failed("its folder cannot be made", m_path, errno);
    std::string fresh = m_path.string() + ".XXXXXX";
    {
        const Descriptor file(::mkostemp(fresh.data(), O_CLOEXEC));  // mode 0600
        if (!file.valid()) return failed("cannot be written", m_path, errno);
        if (!writeAll(file.get(), content) || ::fsync(file.get()) != 0) {
            const int error = errno;
            ::unlink(fresh.c_str());
            return failed("cannot be written", m_path, error);
        }
    }
    if (::rename(fresh.c_str(), m_path.c_str()) != 0) {
        const int error = errno;
        ::unlink(fresh.c_str());
        return failed("cannot be replaced", m_path, error);
    }
    syncFolder(folder);
    return {};
}

base::Result<std::filesystem::path> StateFile::putAside() const {
    std::filesystem::path aside = m_path;
    aside += ".bad";
    if (::rename(m_path.c_str(), aside.c_str()) != 0) return failed("cannot be put aside", m_path, errno);
    return aside;
}

}  // namespace fusebox::wiring
