#include <fusebox/config/load.h>

#include <fusebox/base/log.h>
#include <fusebox/config/read_dependency.h>
#include <fusebox/config/read_recovery.h>
#include <fusebox/config/read_rules.h>
#include <fusebox/config/table_reader.h>

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <unordered_map>

namespace fusebox::config {

namespace {

Problems oneProblem(const std::string& file, std::string what) {
    return {{file, 0, 0, "", std::move(what)}};
}

void readDependencies(const toml::array& tables, const Defaults& defaults, const std::filesystem::path& folder,
                      Notes& notes, Settings& settings) {
    std::unordered_map<std::string, std::uint32_t> lineOfName;
    for (const toml::node& node : tables) {
        const toml::table& table = *node.as_table();
        Dependency dependency = readDependency(table, defaults, folder, notes);
        const auto [first, isNew] = lineOfName.try_emplace(dependency.name, dependency.line);
        if (!isNew && !dependency.name.empty()) {
            notes.add(
                table.get("name")->source().begin, "dependency: name",
                fmt::format("{} is taken by the dependency in line {}", inQuotes(dependency.name), first->second));
        }
        settings.dependencies.push_back(std::move(dependency));
    }
}

Loaded settingsOf(const toml::table& root, const std::string& file, const std::filesystem::path& folder) {
    Notes notes(file);
    TableReader in(root, "", notes);
    Settings settings;
    const toml::table* table = in.table("defaults");
    const Defaults defaults = table == nullptr ? Defaults{} : readDefaults(*table, notes);
    settings.defaultBreaker = defaults.breaker;
    if (const toml::table* alert = in.table("alert")) settings.alerts = readAlert(*alert, folder, notes);
    if (const toml::table* errors = in.table("errors")) settings.errorRules = readErrorRules(*errors, notes);

    const toml::node* given = in.node("dependency");
    const toml::array* tables = given == nullptr ? nullptr : given->as_array();
    if (given == nullptr) {
        notes.add({1, 1}, "dependency", "is missing; needed: at least one [[dependency]]");
    } else if (tables == nullptr || tables->empty() || !tables->is_array_of_tables()) {
        in.refuse("dependency", *given, "one [[dependency]] (two brackets) for each");
    } else if (tables->size() > kMostDependencies) {
        in.complain("dependency", fmt::format("stands {} times; allowed: up to {}", tables->size(), kMostDependencies));
    } else {
        readDependencies(*tables, defaults, folder, notes, settings);
    }
    for (Dependency& dependency : settings.dependencies) {
        addUsualActions(dependency.actions, dependency.backups.empty() ? Backups::none : Backups::some,
                        settings.alerts);
    }
    in.finish();
    if (notes.count() > 0) return tl::unexpected(notes.take());
    return settings;
}

}  // namespace

Loaded parse(std::string_view text, const std::string& file, const std::filesystem::path& folder) {
    if (text.size() > kLargestFile) {
        return tl::unexpected(oneProblem(file, fmt::format("has {} bytes; allowed: up to 4 MiB", text.size())));
    }
    try {
        return settingsOf(toml::parse(text), file, folder);
    } catch (const toml::parse_error& broken) {
        const toml::source_position at = broken.source().begin;
        return tl::unexpected(
            Problems{{file, at.line, at.column, "", "is no valid TOML: " + base::logText(broken.description())}});
    }
}

Loaded load(const std::filesystem::path& file) {
    const std::string name = file.string();
    std::error_code trouble;
    const auto status = std::filesystem::status(file, trouble);
    if (trouble) {
        return tl::unexpected(oneProblem(name, "cannot be read: " + trouble.message()));
    }
    if (!std::filesystem::is_regular_file(status)) {
        return tl::unexpected(oneProblem(name, "is no file that can be read"));
    }
    const std::uintmax_t size = std::filesystem::file_size(file, trouble);
    if (!trouble && size > kLargestFile) {
        return tl::unexpected(oneProblem(name, fmt::format("has {} bytes; allowed: up to 4 MiB", size)));
    }
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return tl::unexpected(oneProblem(name, "cannot be read: " + std::generic_category().message(errno)));
    }
    // One byte more than allowed tells a file that grew since its size was looked at.
    std::string text(kLargestFile + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) {
        return tl::unexpected(oneProblem(name, "cannot be read to its end"));
    }
    return parse(text, name, std::filesystem::absolute(file, trouble).parent_path());
}

}  // namespace fusebox::config
