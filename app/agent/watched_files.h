#pragma once
// Notices that one of a few files was changed, replaced, removed or made: by looking now and then, which also works where editors and
// configuration tools put a new file in the place of the old one.
// Threads: one at a time.

#include <cstdint>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

namespace fusebox::agent {

class WatchedFiles {
public:
    /// Looks at them for the first time; what they are now is no change.
    void watch(std::vector<std::filesystem::path> files);

    /// These from now on. What was watched already keeps what it was at the last look, so that a change in between shows.
    void watchAlso(std::vector<std::filesystem::path> files);

    /// Since the last look.
    [[nodiscard]] bool haveChanged();

private:
    /// Device, inode, size, time of the last change; all zero: it is not there.
    using Mark = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t>;

    [[nodiscard]] std::vector<Mark> look() const;

    std::vector<std::filesystem::path> m_files;
    std::vector<Mark> m_marks;
};

}  // namespace fusebox::agent
