#include <fusebox/agent/watched_files.h>

#include <sys/stat.h>

#include <utility>

namespace fusebox::agent {

void WatchedFiles::watch(std::vector<std::filesystem::path> files) {
    m_files = std::move(files);
    m_marks = look();
}

bool WatchedFiles::haveChanged() {
    std::vector<Mark> now = look();
    return std::exchange(m_marks, now) != now;
}

std::vector<WatchedFiles::Mark> WatchedFiles::look() const {
    std::vector<Mark> marks;
    for (const std::filesystem::path& file : m_files) {
        struct stat status {};
        if (::stat(file.c_str(), &status) != 0) status = {};
        marks.emplace_back(status.st_dev, status.st_ino, status.st_size,
                           status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec);
    }
    return marks;
}

}  // namespace fusebox::agent
