#include <fusebox/config/layers.h>

#include <fusebox/config/effective.h>
#include <fusebox/config/nearest.h>
#include <fusebox/config/toml_text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace fusebox::config {

namespace {

constexpr std::string_view kDependency = "dependency";
constexpr std::string_view kSeparator = "__";

/// Of each row only one stands in a table.
constexpr std::array<std::array<std::string_view, 3>, 6> kAlternatives{{
    {"interval", "rate", ""},
    {"password", "password_file", "password_env"},
    {"bearer_token", "bearer_token_file", "bearer_token_env"},
    {"webhook_url", "webhook_url_file", "webhook_url_env"},
    {"sha256", "token_file", ""},
    {"unit", "command", ""},
}};

/// Variables with another use: of the programs, and of what the programs start.
constexpr std::array<std::string_view, 11> kOtherVariables{
    "FUSEBOX_PROFILE", "FUSEBOX_CONNECT",    "FUSEBOX_CONFIG",  "FUSEBOX_STATE_DIR", "FUSEBOX_URL", "FUSEBOX_TOKEN",
    "FUSEBOX_AGENT",   "FUSEBOX_TOKEN_FILE", "FUSEBOX_BREAKER", "FUSEBOX_RUN",       "FUSEBOX_SEED"};

void put(toml::table& into, const toml::key& key, toml::node& value) {
    for (const auto& row : kAlternatives) {
        if (std::find(row.begin(), row.end(), key.str()) == row.end()) continue;
        for (const std::string_view other : row) into.erase(other);
    }
    into.erase(key.str());
    value.visit([&](auto& concrete) { into.insert_or_assign(key, std::move(concrete)); });
}

/// Null: there is none of that name, or the name is none.
toml::table* named(toml::array& tables, const toml::node* name) {
    const auto* wanted = name == nullptr ? nullptr : name->as_string();
    if (wanted == nullptr) return nullptr;
    for (toml::node& node : tables) {
        toml::table* table = node.as_table();
        const auto* own = table == nullptr ? nullptr : table->get_as<std::string>("name");
        if (own != nullptr && own->get() == wanted->get()) return table;
    }
    return nullptr;
}

void layOver(toml::table& base, toml::table& over);

void layDependencies(toml::array& base, toml::array& over) {
    for (toml::node& node : over) {
        toml::table* table = node.as_table();
        if (table == nullptr) continue;
        if (toml::table* same = named(base, table->get("name"))) {
            table->erase("name");
            layOver(*same, *table);
        } else {
            base.push_back(std::move(*table));
        }
    }
}

void layOver(toml::table& base, toml::table& over) {
    for (auto&& [key, value] : over) {
        toml::node* below = base.get(key.str());
        if (below != nullptr && below->is_table() && value.is_table()) {
            layOver(*below->as_table(), *value.as_table());
        } else if (key.str() == kDependency && below != nullptr && below->is_array_of_tables() &&
                   value.is_array_of_tables()) {
            layDependencies(*below->as_array(), *value.as_array());
        } else {
            put(base, key, value);
        }
    }
}

void notePlaces(const toml::node& node, Document& document) {
    if (const auto* table = node.as_table()) {
        for (const auto& [key, value] : *table) notePlaces(value, document);
    } else if (const auto* list = node.as_array()) {
        for (const toml::node& item : *list) notePlaces(item, document);
    }
    document.fromProfile.emplace(node.source().begin.line, node.source().begin.column);
}

/// The names of variables that the file itself says hold secrets.
void addSecretNames(const toml::node& node, std::set<std::string, std::less<>>& names) {
    if (const auto* list = node.as_array()) {
        for (const toml::node& item : *list) addSecretNames(item, names);
    }
    const auto* table = node.as_table();
    if (table == nullptr) return;
    for (const auto& [key, value] : *table) {
        const auto* text = value.as_string();
        if (text != nullptr && (key.str() == "env" || key.str().ends_with("_env"))) names.insert(text->get());
        addSecretNames(value, names);
    }
}

std::vector<std::string> partsOf(std::string_view name) {
    std::vector<std::string> parts;
    name.remove_prefix(kVariablePrefix.size());
    for (;;) {
        const std::size_t end = name.find(kSeparator);
        std::string part(name.substr(0, end));
        std::transform(part.begin(), part.end(), part.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        parts.push_back(std::move(part));
        if (end == std::string_view::npos) return parts;
        name.remove_prefix(end + kSeparator.size());
    }
}

bool isSecretKey(std::string_view key) {
    return key == "password" || key == "bearer_token" || key == "webhook_url";
}

/// One variable on its way into the tree.
class VariablePlacer {
public:
    VariablePlacer(const std::string& name, const std::string& value, Notes& notes)
        : m_name(name), m_value(value), m_notes(notes), m_region{{}, {}, std::make_shared<const std::string>(name)} {}

    void placeInto(toml::table& root) {
        std::vector<std::string> parts = partsOf(m_name);
        std::size_t next = 0;
        toml::table* table = &root;
        if (parts.front() == kDependency) {
            table = parts.size() < 3 ? nullptr : dependency(root, parts[1]);
            if (parts.size() < 3) refuse("names no value of a dependency, such as FUSEBOX_DEPENDENCY__ORDERS__URL");
            next = 2;
        }
        for (; table != nullptr && next + 1 < parts.size(); ++next) table = step(*table, parts[next]);
        if (table != nullptr) set(*table, parts.back());
    }

private:
    void refuse(std::string what) { m_notes.add(m_region, "", std::move(what)); }

    toml::table* dependency(toml::table& root, const std::string& part) {
        toml::array* tables = root.get_as<toml::array>(kDependency);
        std::vector<std::string> known;
        toml::table* found = nullptr;
        for (std::size_t i = 0; tables != nullptr && i < tables->size(); ++i) {
            toml::table* table = (*tables)[i].as_table();
            const auto* name = table == nullptr ? nullptr : table->get_as<std::string>("name");
            if (name == nullptr) continue;
            known.push_back(variablePart(name->get()));
            if (known.back() != variablePart(part)) continue;
            if (found != nullptr) {
                refuse("may mean two dependencies, whose names differ in signs alone");
                return nullptr;
            }
            found = table;
        }
        if (found == nullptr) {
            const std::string wanted = variablePart(part);
            const auto meant = nearest(wanted, {known.begin(), known.end()});
            refuse(meant ? fmt::format("names no dependency of the file. Did you mean FUSEBOX_DEPENDENCY__{}?", *meant)
                         : std::string("names no dependency of the file"));
        }
        return found;
    }

    toml::table* step(toml::table& table, const std::string& key) {
        if (table.get(key) == nullptr) {
            put(table, toml::key(key, m_region), emptyTable());
        }
        toml::table* next = table.get_as<toml::table>(key);
        if (next == nullptr) refuse(fmt::format("leads through {}, which is no table", inQuotes(key)));
        return next;
    }

    toml::node& emptyTable() {
        m_made = toml::parse("v = {}", m_name);
        return *m_made.get("v");
    }

    void set(toml::table& table, const std::string& key) {
        const toml::node* below = table.get(key);
        if (below != nullptr && (below->is_table() || below->is_array_of_tables())) {
            refuse(fmt::format("would replace all of {}", inQuotes(key)));
        } else if (isSecretKey(key) || !readAsToml()) {
            if (!readAsText()) {
                refuse("is no UTF-8 text");
                return;
            }
            put(table, toml::key(key, m_region), *m_made.get("v"));
        } else {
            put(table, toml::key(key, m_region), *m_made.get("v"));
        }
    }

    bool readAsToml() {
        // A # would end the value, a line break begin another.
        if (m_value.find_first_of("#\n\r") != std::string::npos) return false;
        return read(m_value) && !m_made.get("v")->is_table();
    }

    bool readAsText() { return read(tomlText(m_value)); }

    bool read(const std::string& value) {
        try {
            m_made = toml::parse("v = " + value, m_name);
            return m_made.size() == 1 && m_made.get("v") != nullptr;
        } catch (const toml::parse_error&) {
            return false;
        }
    }

    const std::string& m_name;
    const std::string& m_value;
    Notes& m_notes;
    const toml::source_region m_region;
    toml::table m_made;
};

/// All variables that a configuration without dependencies knows.
std::vector<std::string> usualVariables() {
    std::vector<std::string> names;
    for (const Effective& value : effectiveValues(Settings{})) {
        std::string name = "FUSEBOX";
        for (const std::string& part : value.path) name += (name.size() > 7 ? "__" : "_") + variablePart(part);
        names.push_back(std::move(name));
    }
    return names;
}

void refuseVariable(const std::string& name, Notes& notes) {
    const std::vector<std::string> known = usualVariables();
    const std::string last = "__" + name.substr(kVariablePrefix.size());
    auto meant = std::find_if(known.begin(), known.end(), [&](const std::string& one) { return one.ends_with(last); });
    std::string better = meant == known.end() ? "" : *meant;
    if (better.empty()) better = nearest(name, {known.begin(), known.end()}).value_or("");
    toml::source_region region;
    region.path = std::make_shared<const std::string>(name);
    notes.add(region, "",
              better.empty() ? std::string("is no variable that Fusebox knows; two underscores stand between table and "
                                           "key, as in FUSEBOX_AGENT__PORT")
                             : fmt::format("is no variable that Fusebox knows. Did you mean {}?", better));
}

}  // namespace

void applyProfile(Document& document, Notes& notes) {
    TableReader in(document.root, "", notes);
    const toml::table* given = in.table("profile");
    toml::table profiles;
    if (given != nullptr) {
        for (const auto& [name, value] : *given) {
            document.profiles.emplace_back(name.str());
            if (!value.is_table()) in.refuse("profile", value, "tables with names: [profile.NAME]");
        }
        profiles = std::move(*document.root.get_as<toml::table>("profile"));
    }
    const auto& wanted = document.overlays.profile;
    if (wanted) {
        toml::table* chosen = profiles.get_as<toml::table>(*wanted);
        if (chosen != nullptr) {
            notePlaces(*chosen, document);
            layOver(document.root, *chosen);
        } else {
            const auto meant = nearest(*wanted, {document.profiles.begin(), document.profiles.end()});
            notes.add({}, "",
                      meant ? fmt::format("has no profile {}. Did you mean {}?", inQuotes(*wanted), inQuotes(*meant))
                            : fmt::format("has no profile {}; there {}", inQuotes(*wanted),
                                          document.profiles.empty()
                                              ? std::string("is none")
                                              : fmt::format("are: {}", fmt::join(document.profiles, ", "))));
        }
    }
    document.root.erase("profile");
}

void applyVariables(Document& document, Notes& notes) {
    std::set<std::string, std::less<>> others(kOtherVariables.begin(), kOtherVariables.end());
    addSecretNames(document.root, others);
    for (const auto& [name, value] : document.overlays.variables) {
        if (others.contains(name)) continue;
        if (name.find(kSeparator) == std::string::npos) {
            refuseVariable(name, notes);
        } else {
            VariablePlacer(name, value, notes).placeInto(document.root);
        }
    }
}

}  // namespace fusebox::config
