#include <fusebox/support/temp_dir.h>

#include <stdlib.h>

#include <fstream>
#include <string>

namespace fusebox::support {

TempDir::TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "fusebox-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::filesystem::filesystem_error("mkdtemp", name, std::error_code(errno, std::generic_category()));
    m_path = name;
}

TempDir::~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path TempDir::write(const std::filesystem::path& name, std::string_view content) const {
    const std::filesystem::path full = m_path / name;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full, std::ios::binary) << content;
    return full;
}

}  // namespace fusebox::support
