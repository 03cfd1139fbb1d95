#pragma once
// A file that is written whole or not at all: under another name beside it, then put in its place.
// Errors: a Trouble that names the file. What is there and is no ordinary file of one's own is not touched.
// Limits: it can be read by its owner alone.
// Lifetime: what was not finished leaves nothing behind.

#include <fusebox/base/result.h>
#include <fusebox/journal/query.h>

#include <string>
#include <string_view>

namespace fusebox::feed {

class ExportFile {
public:
    [[nodiscard]] static base::Result<ExportFile> create(const std::string& path);

    ExportFile(ExportFile&& other) noexcept;
    ExportFile& operator=(ExportFile&& other) = delete;
    ~ExportFile();

    [[nodiscard]] base::Result<void> write(std::string_view text);
    /// On the disk and in its place when it returns.
    [[nodiscard]] base::Result<void> finish();

private:
    ExportFile(std::string path, std::string temporary, int descriptor)
        : m_path(std::move(path)), m_temporary(std::move(temporary)), m_descriptor(descriptor) {}
    [[nodiscard]] tl::unexpected<base::Trouble> failed(const char* what) const;
    void drop();

    std::string m_path;
    std::string m_temporary;
    int m_descriptor = -1;  ///< -1: nothing is open
};

enum class ExportForm { csv, jsonLines };

/// The first line of the form; empty: it has none.
[[nodiscard]] std::string exportHead(ExportForm form);
/// One event as a line with its end. In CSV (RFC 4180) nothing is a formula to a spreadsheet, and foreign text is made safe.
[[nodiscard]] std::string exportLine(const journal::StoredEvent& event, ExportForm form);

}  // namespace fusebox::feed
