#pragma once
// The file that keeps the breakers' state between two runs of the program.
// Threads: one at a time. Programs that share the file may write at once: one of them wins whole.
// Errors: unavailable, with the system's reason.
// Limits: 64 MiB.

#include <fusebox/base/result.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::wiring {

class StateFile {
public:
    explicit StateFile(std::filesystem::path path) : m_path(std::move(path)) {}

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    /// Nothing when there is no file.
    [[nodiscard]] base::Result<std::optional<std::string>> read() const;

    /// All or nothing, also when the power fails; readable by its owner alone. Makes the folders that are missing.
    [[nodiscard]] base::Result<void> write(std::string_view content) const;

    /// Renames a file that cannot be used, so that it is neither lost nor read again. Gives its new name.
    [[nodiscard]] base::Result<std::filesystem::path> putAside() const;

private:
    std::filesystem::path m_path;
};

}  // namespace fusebox::wiring
