#include <fusebox/config/show.h>

#include <fusebox/config/effective.h>
#include <fusebox/config/load.h>
#include <fusebox/config/toml_text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fusebox::config {

namespace {

constexpr std::string_view kHidden = "(hidden)";
constexpr std::array<std::string_view, 7> kSections{"agent",  "journal",  "log",       "alert",
                                                    "errors", "defaults", "dependency"};

/// A value of the tree.
struct Leaf {
    KeyPath path;
    const toml::node* node = nullptr;
};

/// A name instead of a place in the list, if the table has one.
std::string nameOf(const toml::table& table, std::size_t index) {
    for (const std::string_view key : {"name", "kind"}) {
        if (const auto* text = table.get_as<std::string>(key)) return text->get();
    }
    return std::to_string(index + 1);
}

void addLeaves(const toml::node& node, const KeyPath& path, std::vector<Leaf>& into) {
    const auto below = [&](std::string_view key) {
        KeyPath longer = path;
        longer.emplace_back(key);
        return longer;
    };
    if (const auto* table = node.as_table()) {
        for (const auto& [key, value] : *table) addLeaves(value, below(key.str()), into);
    } else if (const auto* list = node.as_array(); list != nullptr && !list->empty() && list->is_array_of_tables()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            addLeaves((*list)[i], below(nameOf(*(*list)[i].as_table(), i)), into);
        }
    } else {
        into.push_back({path, &node});
    }
}

/// Values that may hold secrets, by their key or by the table they stand in.
bool isSecret(const KeyPath& path) {
    constexpr std::array<std::string_view, 7> kKeys{"password",  "bearer_token", "webhook_url", "value",
                                                    "send_line", "body",         "token"};
    constexpr std::array<std::string_view, 4> kHarmless{"Accept", "Content-Type", "User-Agent", "Accept-Language"};
    const std::string& key = path.back();
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) return true;
    const std::string table = path.size() < 2 ? "" : path[path.size() - 2];
    if (table == "environment") return true;
    return table == "headers" && std::find(kHarmless.begin(), kHarmless.end(), key) == kHarmless.end();
}

/// Without what stands before an @ or behind a ? of a URL.
std::string maskedUrl(std::string url) {
    const std::size_t query = url.find('?');
    if (query != std::string::npos) url = url.substr(0, query + 1) + "...";
    const std::size_t host = url.find("://");
    const std::size_t at = url.find('@');
    if (host != std::string::npos && at != std::string::npos && at > host) {
        url = url.substr(0, host + 3) + "..." + url.substr(at);
    }
    return url;
}

/// All that stand in quotes.
std::string maskedUrls(const std::string& text) {
    std::string masked;
    std::size_t from = 0;
    for (bool inside = false;; inside = !inside) {
        const std::size_t quote = text.find('"', from);
        const std::string piece = text.substr(from, quote - from);
        masked += inside ? maskedUrl(piece) : piece;
        if (quote == std::string::npos) return masked;
        masked += '"';
        from = quote + 1;
    }
}

std::string shownText(const KeyPath& path, std::string text) {
    if (isSecret(path)) return std::string(kHidden);
    if (path.back() == "sha256") return text.substr(0, 9) + "...\"";
    return path.back().find("url") == std::string::npos ? text : maskedUrls(text);
}

/// What decides where a dependency itself says nothing: [defaults], or a preset.
class Fallbacks {
public:
    Fallbacks(const Document& document, const std::vector<Leaf>& leaves) : m_document(document) {
        for (const Leaf& leaf : leaves) m_byPath.emplace(leaf.path, leaf.node);
    }

    [[nodiscard]] bool has(const KeyPath& path) const { return m_byPath.contains(path); }

    [[nodiscard]] std::string originOf(const KeyPath& path) const {
        if (path.front() != "dependency" || path.size() < 3) return "default";
        const bool isBreaker = path.size() == 4 && path[2] == "breaker";
        if (isBreaker) {
            if (const auto* preset = find({path[0], path[1], "breaker", "preset"})) return presetAt(*preset);
        }
        KeyPath common{"defaults"};
        common.insert(common.end(), path.begin() + 2, path.end());
        if (const auto* given = find(common)) return m_document.originOf(*given);
        if (isBreaker) {
            if (const auto* preset = find({"defaults", "breaker", "preset"})) return presetAt(*preset);
        }
        return "default";
    }

private:
    [[nodiscard]] const toml::node* find(const KeyPath& path) const {
        const auto found = m_byPath.find(path);
        return found == m_byPath.end() ? nullptr : found->second;
    }
    [[nodiscard]] std::string presetAt(const toml::node& preset) const {
        return "preset " + preset.value_or(std::string()) + ", " + m_document.originOf(preset);
    }

    const Document& m_document;
    std::map<KeyPath, const toml::node*> m_byPath;
};

/// Sections in their usual order, dependencies in that of the file.
class Order {
public:
    explicit Order(const std::vector<Leaf>& leaves) {
        for (const Leaf& leaf : leaves) {
            if (leaf.path.front() == "dependency" && leaf.path.size() > 1) {
                m_dependencies.emplace(leaf.path[1], m_dependencies.size());
            }
        }
    }
    [[nodiscard]] std::pair<std::size_t, std::size_t> rankOf(const KeyPath& path) const {
        const auto* const section = std::find(kSections.begin(), kSections.end(), path.front());
        const auto dependency = path.size() < 2 ? m_dependencies.end() : m_dependencies.find(path[1]);
        return {static_cast<std::size_t>(section - kSections.begin()),
                dependency == m_dependencies.end() ? 0 : dependency->second};
    }

private:
    std::map<std::string, std::size_t> m_dependencies;
};

}  // namespace

Shown show(const std::filesystem::path& file, const Overlays& overlays, Extent extent) {
    const auto document = readDocument(file, overlays);
    if (!document) return tl::unexpected(document.error());
    const Loaded settings = settingsOf(*document);
    if (!settings) return tl::unexpected(settings.error());

    std::vector<Leaf> leaves;
    addLeaves(document->root, {}, leaves);
    using Row = std::pair<KeyPath, ShownValue>;
    std::vector<Row> rows;
    for (const Leaf& leaf : leaves) {
        rows.emplace_back(leaf.path, ShownValue{pathText(leaf.path), shownText(leaf.path, textOf(*leaf.node)),
                                                document->originOf(*leaf.node)});
    }
    if (extent == Extent::effective) {
        const Fallbacks fallbacks(*document, leaves);
        for (const Effective& value : effectiveValues(*settings)) {
            if (fallbacks.has(value.path)) continue;
            rows.emplace_back(value.path, ShownValue{pathText(value.path), shownText(value.path, value.value),
                                                     fallbacks.originOf(value.path)});
        }
    }
    const Order order(leaves);
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row& a, const Row& b) { return order.rankOf(a.first) < order.rankOf(b.first); });
    std::vector<ShownValue> shownValues;
    for (Row& row : rows) shownValues.push_back(std::move(row.second));
    return shownValues;
}

std::vector<std::string> profilesOf(const std::filesystem::path& file) {
    auto document = readDocument(file, Overlays{});
    return document ? std::move(document->profiles) : std::vector<std::string>{};
}

}  // namespace fusebox::config
