#include <fusebox/config/table_reader.h>

#include <fusebox/base/log.h>
#include <fusebox/breaker/config_text.h>
#include <fusebox/config/nearest.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>
#include <utility>

namespace fusebox::config {

namespace {

constexpr std::size_t kShownText = 60;

constexpr std::array<std::pair<std::string_view, unsigned>, 5> kSizeUnits{
    {{"B", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}}};

const toml::source_region& keyPlace(const toml::table& table, std::string_view key) {
    const auto found = table.find(key);
    return found == table.end() ? table.source() : found->first.source();
}

std::optional<std::uint64_t> sizeOf(std::string_view text) {
    std::uint64_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc()) return std::nullopt;
    const std::string_view unit = breaker::trimmed(text.substr(static_cast<std::size_t>(rest - text.data())));
    const auto* const known = std::find_if(kSizeUnits.begin(), kSizeUnits.end(),
                                           [&](const auto& candidate) { return candidate.first == unit; });
    if (known == kSizeUnits.end() || count > (UINT64_MAX >> known->second)) return std::nullopt;
    return count << known->second;
}

/// The name of the variable with another key in it; where the variable is not recognised, the key.
std::string meantVariable(std::string_view variable, std::string_view key, std::string_view meant) {
    const std::string wrong = variablePart(key);
    const std::size_t at = variable.find(wrong, kVariablePrefix.size());
    if (at == std::string_view::npos) return std::string(meant);
    return std::string(variable.substr(0, at)) + variablePart(meant) + std::string(variable.substr(at + wrong.size()));
}

}  // namespace

void Notes::add(const toml::source_region& at, std::string key, std::string what) {
    if (m_problems.size() >= kMostProblems) {
        ++m_hidden;
    } else if (at.path) {
        m_problems.push_back({*at.path, 0, 0, std::move(key), std::move(what)});
    } else {
        m_problems.push_back({m_file, at.begin.line, at.begin.column, std::move(key), std::move(what)});
    }
}

const std::string* Notes::variableOf(const toml::node& node) const {
    const auto& path = node.source().path;
    if (!path || m_variables == nullptr) return nullptr;
    const auto found = m_variables->find(*path);
    return found == m_variables->end() ? nullptr : &found->second;
}

Problems Notes::take() {
    std::stable_sort(m_problems.begin(), m_problems.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    if (m_hidden > 0) {
        m_problems.push_back({m_file, 0, 0, "", fmt::format("{} more problems", m_hidden)});
    }
    return std::move(m_problems);
}

std::string inQuotes(std::string_view foreign) {
    std::string_view part = foreign.substr(0, kShownText);
    while (part.size() < foreign.size() && !part.empty() &&
           (static_cast<unsigned char>(foreign[part.size()]) & 0xc0) == 0x80) {
        part.remove_suffix(1);  // not in the middle of a character
    }
    return fmt::format("'{}{}'", base::logText(part), part.size() < foreign.size() ? "..." : "");
}

std::string shown(const toml::node& node) {
    if (const auto* text = node.as_string()) return inQuotes(text->get());
    if (const auto* whole = node.as_integer()) return fmt::format("{}", whole->get());
    if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    if (node.is_array()) return "a list";
    return node.is_table() ? "a table" : "a date or time";
}

std::string sizeText(std::uint64_t bytes) {
    auto unit = kSizeUnits.rbegin();
    while (unit + 1 != kSizeUnits.rend() && (bytes == 0 || bytes % (1ULL << unit->second) != 0)) ++unit;
    return fmt::format("{} {}", bytes >> unit->second, unit->first);
}

const toml::node* TableReader::node(std::string_view key) {
    m_known.push_back(key);
    return m_table.get(key);
}

const toml::node* TableReader::need(std::string_view key, Need need, std::string_view allowed) {
    const toml::node* found = node(key);
    if (found == nullptr && need == Need::required) {
        m_notes.add(m_table.source(), m_scope + std::string(key), fmt::format("is missing; needed: {}", allowed));
    }
    return found;
}

void TableReader::refuse(std::string_view key, const toml::node& given, std::string_view allowed) {
    m_notes.add(given.source(), m_scope + std::string(key), fmt::format("is {}; allowed: {}", shown(given), allowed));
}

void TableReader::complain(std::string_view key, std::string what) {
    m_notes.add(keyPlace(m_table, key), m_scope + std::string(key), std::move(what));
}

std::optional<std::string> TableReader::text(std::string_view key, Need wanted) {
    const toml::node* given = need(key, wanted, "text in quotes");
    if (given == nullptr) return std::nullopt;
    if (const auto* text = given->as_string()) return text->get();
    if (const std::string* raw = m_notes.variableOf(*given)) return *raw;  // a number may be meant as text
    refuse(key, *given, "text in quotes");
    return std::nullopt;
}

std::optional<std::int64_t> TableReader::whole(std::string_view key, std::int64_t low, std::int64_t high, Need wanted) {
    const std::string allowed = fmt::format("a whole number from {} to {}", low, high);
    const toml::node* given = need(key, wanted, allowed);
    if (given == nullptr) return std::nullopt;
    const auto* number = given->as_integer();
    if (number != nullptr && number->get() >= low && number->get() <= high) return number->get();
    refuse(key, *given, allowed);
    return std::nullopt;
}

std::optional<double> TableReader::number(std::string_view key, double low, double high) {
    const toml::node* given = node(key);
    if (given == nullptr) return std::nullopt;
    if (given->is_number()) {
        const double value = given->value<double>().value_or(std::nan(""));
        if (value >= low && value <= high) return value;  // not a number fails both
    }
    refuse(key, *given, fmt::format("a number from {} to {}", low, high));
    return std::nullopt;
}

std::optional<base::Duration> TableReader::duration(std::string_view key, base::Duration low, base::Duration high) {
    const toml::node* given = node(key);
    if (given == nullptr) return std::nullopt;
    if (const auto* text = given->as_string()) {
        const auto value = breaker::parse<base::Duration>(text->get());
        if (value && *value >= low && *value <= high) return value;
    }
    refuse(key, *given,
           fmt::format("a duration with its unit from {} to {}, such as \"250ms\", \"2s\" or \"5m\"",
                       breaker::write(low), breaker::write(high)));
    return std::nullopt;
}

std::optional<std::uint64_t> TableReader::bytes(std::string_view key, std::uint64_t low, std::uint64_t high) {
    const toml::node* given = node(key);
    if (given == nullptr) return std::nullopt;
    if (const auto* text = given->as_string()) {
        const auto value = sizeOf(text->get());
        if (value && *value >= low && *value <= high) return value;
    }
    refuse(key, *given,
           fmt::format("a size with its unit from {} to {}, such as \"64 KiB\", \"512 MiB\" or \"2 GiB\"",
                       sizeText(low), sizeText(high)));
    return std::nullopt;
}

std::optional<bool> TableReader::truth(std::string_view key) {
    const toml::node* given = node(key);
    if (given == nullptr) return std::nullopt;
    if (const auto* value = given->as_boolean()) return value->get();
    refuse(key, *given, "true, false");
    return std::nullopt;
}

std::optional<std::size_t> TableReader::choice(std::string_view key, const std::vector<std::string_view>& words,
                                               Need wanted) {
    const std::string allowed = fmt::format("{}", fmt::join(words, ", "));
    const toml::node* given = need(key, wanted, allowed);
    if (given == nullptr) return std::nullopt;
    const auto* word = given->as_string();
    const auto found = word == nullptr ? words.end() : std::find(words.begin(), words.end(), word->get());
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    const auto meant = word == nullptr ? std::nullopt : nearest(word->get(), words);
    refuse(key, *given, meant ? fmt::format("{}. Did you mean {}?", allowed, *meant) : allowed);
    return std::nullopt;
}

const toml::table* TableReader::table(std::string_view key) {
    const toml::node* given = node(key);
    if (given == nullptr) return nullptr;
    if (!given->is_table()) refuse(key, *given, "a table");
    return given->as_table();
}

void TableReader::finish() {
    for (const auto& [key, value] : m_table) {
        if (std::find(m_known.begin(), m_known.end(), key.str()) != m_known.end()) continue;
        const auto meant = nearest(key.str(), m_known);
        const auto& variable = key.source().path;
        const std::string better = !meant     ? ""
                                   : variable ? meantVariable(*variable, key.str(), *meant)
                                              : std::string(*meant);
        m_notes.add(key.source(), m_scope + inQuotes(key.str()),
                    meant ? fmt::format("is no known key. Did you mean {}?", better)
                          : fmt::format("is no known key; known: {}", fmt::join(m_known, ", ")));
    }
}

}  // namespace fusebox::config
