#include <fusebox/agent/watched_files.h>

#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace fusebox::agent {

void WatchedFiles::watch(std::vector<std::filesystem::path> files) {
    m_files = std::move(files);
    m_marks = look();
}

void WatchedFiles::watchAlso(std::vector<std::filesystem::path> files) {
    const std::vector<std::filesystem::path> before = std::exchange(m_files, std::move(files));
    const std::vector<Mark> known = std::exchange(m_marks, {});
    m_marks = look();
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const auto place = std::find(before.begin(), before.end(), m_files[i]);
        if (place != before.end()) m_marks[i] = known[static_cast<std::size_t>(place - before.begin())];
    }
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
