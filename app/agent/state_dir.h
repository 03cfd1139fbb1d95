#pragma once
// The directory in which a program keeps what it needs again: it alone, and one program at a time.
// Errors: refused for a directory that belongs to another user or that others may write to, and for one that is in use, with the
// number of the process; unavailable if it cannot be made.
// Lifetime: in use until this is destroyed, or the program has ended, however it ends.

#include <fusebox/base/result.h>

#include <filesystem>
#include <utility>

namespace fusebox::agent {

class StateDir {
public:
    /// Makes it, with mode 0700, if it is missing.
    [[nodiscard]] static base::Result<StateDir> open(const std::filesystem::path& path);

    ~StateDir();
    StateDir(StateDir&& other) noexcept : m_path(std::move(other.m_path)), m_lock(std::exchange(other.m_lock, -1)) {}
    StateDir& operator=(StateDir&& other) noexcept {
        std::swap(m_path, other.m_path);
        std::swap(m_lock, other.m_lock);
        return *this;
    }

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    StateDir(std::filesystem::path path, int lock) : m_path(std::move(path)), m_lock(lock) {}

    std::filesystem::path m_path;
    int m_lock = -1;
};

}  // namespace fusebox::agent
