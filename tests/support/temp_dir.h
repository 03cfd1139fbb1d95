// A directory of its own for a test, removed with everything in it at the end.
// Lifetime: the directory lives as long as this object.
#pragma once

#include <filesystem>
#include <string_view>

namespace fusebox::support {

class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    // Writes a file below the directory, with its parent folders, and returns its full path.
    std::filesystem::path write(const std::filesystem::path& name, std::string_view content) const;

private:
    std::filesystem::path m_path;
};

}  // namespace fusebox::support
