#include <fusebox/config/token_file.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace fusebox::config {

namespace {

using base::TroubleCode;

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0) ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return m_number; }

private:
    const int m_number;
};

tl::unexpected<base::Trouble> failed(TroubleCode code, std::string what, const std::filesystem::path& file,
                                     int error = 0) {
    return base::trouble(code, std::move(what), file.string(),
                         error == 0 ? "" : std::generic_category().message(error));
}

/// Why it cannot be trusted; empty: it can.
std::string objectionTo(const struct stat& status) {
    if (!S_ISREG(status.st_mode)) return "is no plain file";
    if (status.st_uid != ::geteuid()) return fmt::format("belongs to the user with number {}", status.st_uid);
    const unsigned mode = status.st_mode & 0777U;
    if ((mode & 0077U) != 0) return fmt::format("has mode {:04o}, open to others; needed: 0600", mode);
    return {};
}

bool isTokenCharacter(char c) {
    return c > 0x20 && c < 0x7f;
}

}  // namespace

base::Result<std::string> readTokenFile(const std::filesystem::path& file) {
    // Not blocking: a FIFO must not hang the start.
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (opened.get() < 0 && errno == ELOOP) return failed(TroubleCode::refused, "is a symbolic link", file);
    if (opened.get() < 0) return failed(TroubleCode::unavailable, "cannot be opened", file, errno);
    struct stat status {};
    if (::fstat(opened.get(), &status) != 0)
        return failed(TroubleCode::unavailable, "cannot be looked at", file, errno);
    if (std::string objection = objectionTo(status); !objection.empty()) {
        return failed(TroubleCode::refused, std::move(objection), file);
    }
    std::array<char, kLongestToken + 2> buffer{};
    const ssize_t got = ::read(opened.get(), buffer.data(), buffer.size());
    if (got < 0) return failed(TroubleCode::unavailable, "cannot be read", file, errno);
    std::string token(buffer.data(), static_cast<std::size_t>(got));
    if (!token.empty() && token.back() == '\n') token.pop_back();
    if (token.empty()) return failed(TroubleCode::refused, "is empty", file);
    if (token.size() < kShortestToken || token.size() > kLongestToken) {
        return failed(TroubleCode::refused,
                      fmt::format("holds no token of {} to {} characters", kShortestToken, kLongestToken), file);
    }
    if (!std::all_of(token.begin(), token.end(), isTokenCharacter)) {
        return failed(TroubleCode::refused, "holds more than one printable word", file);
    }
    return token;
}

base::Result<void> makeTokenFile(const std::filesystem::path& file, std::string_view token) {
    const std::string line = std::string(token) + "\n";
    const Descriptor opened(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (opened.get() < 0) {
        return failed(errno == EEXIST ? TroubleCode::conflict : TroubleCode::unavailable, "cannot be made", file,
                      errno);
    }
    const bool isWritten = ::fchmod(opened.get(), 0600) == 0 &&
                           ::write(opened.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                           ::fsync(opened.get()) == 0;
    if (isWritten) return {};
    const int error = errno;
    ::unlink(file.c_str());
    return failed(TroubleCode::unavailable, "cannot be written", file, error);
}

base::Result<std::string> freshToken() {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<unsigned char, 43> noise{};
    if (::getrandom(noise.data(), noise.size(), 0) != static_cast<ssize_t>(noise.size())) {
        return base::trouble(TroubleCode::unavailable, "the system gives no random numbers", "token");
    }
    std::string token;
    for (const unsigned char byte : noise) token += kDigits[byte % kDigits.size()];
    return token;
}

}  // namespace fusebox::config
