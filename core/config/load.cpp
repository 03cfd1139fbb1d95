#include <fusebox/config/load.h>

#include <fusebox/config/read_agent.h>
#include <fusebox/config/read_dependency.h>
#include <fusebox/config/read_recovery.h>
#include <fusebox/config/read_rules.h>
#include <fusebox/config/table_reader.h>

#include <fmt/format.h>

#include <unordered_map>

namespace fusebox::config {

namespace {

void readDependencies(const toml::array& tables, const Defaults& defaults, const std::filesystem::path& folder,
                      Notes& notes, Settings& settings) {
    std::unordered_map<std::string, std::uint32_t> lineOfName;
    for (const toml::node& node : tables) {
        const toml::table& table = *node.as_table();
        Dependency dependency = readDependency(table, defaults, folder, notes);
        const auto [first, isNew] = lineOfName.try_emplace(dependency.name, dependency.line);
        if (!isNew && !dependency.name.empty()) {
            notes.add(
                table.get("name")->source(), "dependency: name",
                fmt::format("{} is taken by the dependency in line {}", inQuotes(dependency.name), first->second));
        }
        settings.dependencies.push_back(std::move(dependency));
    }
}

}  // namespace

Loaded settingsOf(const Document& document) {
    Notes notes(document.file);
    notes.setVariables(document.overlays.variables);
    TableReader in(document.root, "", notes);
    Settings settings;
    const std::filesystem::path& folder = document.folder;
    if (const toml::table* agent = in.table("agent")) settings.agent = readAgent(*agent, folder, notes);
    if (const toml::table* journal = in.table("journal")) settings.journal = readJournal(*journal, folder, notes);
    if (const toml::table* log = in.table("log")) settings.log = readLog(*log, folder, notes);
    const toml::table* table = in.table("defaults");
    const Defaults defaults = table == nullptr ? Defaults{} : readDefaults(*table, notes);
    settings.defaultBreaker = defaults.breaker;
    if (const toml::table* alert = in.table("alert")) settings.alerts = readAlert(*alert, folder, notes);
    if (const toml::table* errors = in.table("errors")) settings.errorRules = readErrorRules(*errors, notes);

    const toml::node* given = in.node("dependency");
    const toml::array* tables = given == nullptr ? nullptr : given->as_array();
    if (given == nullptr) {
        notes.add({{1, 1}, {1, 1}, {}}, "dependency", "is missing; needed: at least one [[dependency]]");
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

Loaded parse(std::string_view text, const std::string& file, const std::filesystem::path& folder,
             const Overlays& overlays) {
    const auto document = readDocument(text, file, folder, overlays);
    return document ? settingsOf(*document) : tl::unexpected(document.error());
}

Loaded load(const std::filesystem::path& file, const Overlays& overlays) {
    const auto document = readDocument(file, overlays);
    return document ? settingsOf(*document) : tl::unexpected(document.error());
}

}  // namespace fusebox::config
