#include <fusebox/config/document.h>

#include <fusebox/base/log.h>
#include <fusebox/config/layers.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace fusebox::config {

namespace {

tl::unexpected<Problems> oneProblem(const std::string& file, std::string what) {
    return tl::unexpected(Problems{{file, 0, 0, "", std::move(what)}});
}

/// More tables within tables than anybody writes; the parser builds them one in the other and would run out of stack.
constexpr std::size_t kDeepest = 100;

/// The number of dots that join keys in this line, at most.
std::size_t depthOf(std::string_view line) {
    std::size_t deepest = 0;
    std::size_t dots = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' || c == '\'') {
            i = std::min(line.find(c, i + 1), line.size());
        } else if (c == '.') {
            deepest = std::max(deepest, ++dots);
        } else if (c == '=' || c == ',' || c == '{' || c == '[') {
            dots = 0;
        }
    }
    return deepest;
}

/// The number of the first line that nests too deep; zero: none does.
std::uint32_t lineTooDeep(std::string_view text) {
    for (std::uint32_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (depthOf(text.substr(0, end)) > kDeepest) return line;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return 0;
}

std::string tooLarge(std::uintmax_t size) {
    return fmt::format("has {} bytes; allowed: up to 4 MiB", size);
}

}  // namespace

std::string Document::originOf(const toml::node& node) const {
    const toml::source_region& source = node.source();
    if (source.path) return *source.path;
    const std::string place = fmt::format("{}:{}", file, source.begin.line);
    const bool isOfProfile = fromProfile.contains({source.begin.line, source.begin.column});
    return isOfProfile ? fmt::format("{} (profile {})", place, overlays.profile.value_or("")) : place;
}

Documented readDocument(std::string_view text, const std::string& file, const std::filesystem::path& folder,
                        const Overlays& overlays) {
    if (text.size() > kLargestFile) return oneProblem(file, tooLarge(text.size()));
    if (const std::uint32_t line = lineTooDeep(text); line > 0) {
        return tl::unexpected(
            Problems{{file, line, 1, "", fmt::format("has keys of more than {} parts joined by dots", kDeepest)}});
    }
    Document document{{}, file, folder, overlays, {}, {}};
    try {
        document.root = toml::parse(text);
    } catch (const toml::parse_error& broken) {
        const toml::source_position at = broken.source().begin;
        return tl::unexpected(
            Problems{{file, at.line, at.column, "", "is no valid TOML: " + base::logText(broken.description())}});
    }
    Notes notes(file);
    applyProfile(document, notes);
    applyVariables(document, notes);
    if (notes.count() > 0) return tl::unexpected(notes.take());
    return document;
}

Documented readDocument(const std::filesystem::path& file, const Overlays& overlays) {
    const std::string name = file.string();
    std::error_code trouble;
    const auto status = std::filesystem::status(file, trouble);
    if (trouble) return oneProblem(name, "cannot be read: " + trouble.message());
    if (!std::filesystem::is_regular_file(status)) return oneProblem(name, "is no file that can be read");
    const std::uintmax_t size = std::filesystem::file_size(file, trouble);
    if (!trouble && size > kLargestFile) return oneProblem(name, tooLarge(size));
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return oneProblem(name, "cannot be read: " + std::generic_category().message(errno));
    // One byte more than allowed tells a file that grew since its size was looked at.
    std::string text(kLargestFile + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) return oneProblem(name, "cannot be read to its end");
    return readDocument(text, name, std::filesystem::absolute(file, trouble).parent_path(), overlays);
}

}  // namespace fusebox::config
