#include <fusebox/journal/journal_place.h>

#include <fusebox/journal/codes.h>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace fusebox::journal {

namespace {

constexpr int kMostBeside = 8;

std::string systemText(int number) {
    return std::error_code(number, std::generic_category()).message();
}

/// Why the directory cannot hold a journal; empty: it can.
std::string objectionTo(const std::filesystem::path& directory) {
    std::error_code trouble;
    if (!std::filesystem::exists(directory, trouble)) {
        std::filesystem::create_directories(directory, trouble);
        if (trouble) {
            return fmt::format("The directory {} cannot be made: {}.", directory.string(), trouble.message());
        }
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, trouble);
    }
    struct stat about {};
    if (::stat(directory.c_str(), &about) != 0) {
        return fmt::format("The directory {} cannot be looked at: {}.", directory.string(), systemText(errno));
    }
    if ((about.st_mode & S_IWOTH) != 0 && (about.st_mode & S_ISVTX) == 0) {
        return fmt::format("Everyone may write in {}: a journal there could be replaced unseen.", directory.string());
    }
    return {};
}

bool isLink(const std::string& path) {
    struct stat about {};
    return ::lstat(path.c_str(), &about) == 0 && S_ISLNK(about.st_mode);
}

std::string numbered(const std::string& path, int number) {
    const std::filesystem::path whole(path);
    const auto name = fmt::format("{}-{}{}", whole.stem().string(), number, whole.extension().string());
    return (whole.parent_path() / name).string();
}

// The lock's file: the process, padded to this length, and the mark.
constexpr std::size_t kMarkPlace = 23;
constexpr char kMark = '!';

/// It would be the same with any file, or may pass: nothing is gained by beginning another.
bool concernsAllFiles(const SqliteTrouble& trouble) {
    const int primary = trouble.code & 0xff;
    return primary == SQLITE_FULL || primary == SQLITE_IOERR;
}

/// Reads no more than is needed to see that all tables are whole enough to be written to.
Attempt<JournalFile> tryOpen(const std::string& path, const Wanted& wanted, base::WallTime now) {
    auto file = JournalFile::open(path, unixMs(now), wanted.vfs);
    const auto last = file ? file->lastEvent() : tl::unexpected(file.error());
    if (!last) {
        return tl::unexpected(last.error());
    }
    return file;
}

/// False: another file must be tried.
bool tryPlace(Place& place, const std::string& path, const Wanted& wanted, base::WallTime now) {
    std::string user = place.lock.take(path);
    if (!user.empty()) {
        place.text = fmt::format("{} {}.", path, user);
        return false;
    }
    place.path = path;
    auto file = tryOpen(path, wanted, now);
    if (!file && file.error().isDamage()) {
        place.text = fmt::format("{} is damaged ({}).", path, file.error().text);
        std::string aside = putAside(path, now);
        if (aside.empty()) {
            return false;
        }
        place.aside = std::move(aside);
        file = tryOpen(path, wanted, now);
    }
    if (file) {
        place.file.emplace(std::move(*file));
        return true;
    }
    place.text = fmt::format("{} cannot be used: {}.", path, file.error().text);
    return concernsAllFiles(file.error());
}

}  // namespace

std::string putAside(const std::string& path, base::WallTime now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    const std::string base =
        fmt::format("{}.damaged-{:%Y%m%dT%H%M%S}", path, fmt::gmtime(seconds.time_since_epoch().count()));
    std::string aside = base;
    for (int i = 2; ::access(aside.c_str(), F_OK) == 0; ++i) {
        aside = fmt::format("{}-{}", base, i);
    }
    if (::rename(path.c_str(), aside.c_str()) != 0) {
        return {};
    }
    for (const char* beside : {"-wal", "-shm"}) {
        (void)::rename((path + beside).c_str(), (aside + beside).c_str());  // it may not be there
    }
    return aside;
}

PlaceLock::~PlaceLock() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

std::string PlaceLock::take(const std::string& file) {
    const std::string path = file + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return "cannot be locked: " + systemText(errno);
    }
    PlaceLock taken;
    taken.m_descriptor = descriptor;
    std::array<char, kMarkPlace + 1> content{};
    const ssize_t size = ::pread(descriptor, content.data(), content.size(), 0);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const std::string_view all(content.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        const std::string process(all.substr(0, all.find_first_not_of("0123456789")));
        return "is in use by process " + (process.empty() ? "?" : process);
    }
    taken.m_isMarked = size == static_cast<ssize_t>(content.size()) && content[kMarkPlace] == kMark;
    taken.mark(taken.m_isMarked);
    *this = std::move(taken);
    return {};
}

void PlaceLock::mark(bool isMarked) {
    if (m_descriptor < 0) {
        return;
    }
    m_isMarked = isMarked;
    const std::string content = fmt::format("{:<{}}{}", ::getpid(), kMarkPlace, isMarked ? kMark : ' ');
    // Where even that fails the lock is there all the same.
    if (::pwrite(m_descriptor, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size())) {
        (void)::ftruncate(m_descriptor, static_cast<off_t>(content.size()));
        (void)::fdatasync(m_descriptor);
    }
}

Place findPlace(const Wanted& wanted, base::WallTime now) {
    Place place;
    place.path = wanted.path;
    const std::filesystem::path parent = std::filesystem::path(wanted.path).parent_path();
    place.text = objectionTo(parent.empty() ? "." : parent);
    if (!place.text.empty()) {
        return place;
    }
    if (isLink(wanted.path)) {
        place.text = fmt::format("{} is a symbolic link: a journal is written where it stands.", wanted.path);
        return place;
    }
    std::string first;
    for (int number = 1; number <= kMostBeside; ++number) {
        const std::string path = number == 1 ? wanted.path : numbered(wanted.path, number);
        const bool isDone = !isLink(path) && tryPlace(place, path, wanted, now);
        first = number == 1 ? place.text : first;
        if (isDone && place.file && number > 1) {
            place.aside = wanted.path;
        }
        if (isDone) {
            break;
        }
    }
    // What was wrong with the one that was asked for tells more than what was wrong with the last that was tried.
    place.text = std::move(first);
    if (!place.file) {
        place.path = wanted.path;
        place.lock = PlaceLock();
    }
    return place;
}

}  // namespace fusebox::journal
