#pragma once
// Reads one TOML table key by key: each value is asked for with what is allowed, what does not fit is noted with its place, and
// finish() notes the keys that nobody asked for.
// Lifetime: the table and the notes outlive the reader.

#include <fusebox/base/time.h>
#include <fusebox/config/overlays.h>
#include <fusebox/config/problem.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace fusebox::config {

/// Where all problems of one file gather.
class Notes {
public:
    explicit Notes(std::string file) : m_file(std::move(file)) {}

    /// A region with a path lies in a variable of that name, not in the file.
    void add(const toml::source_region& at, std::string key, std::string what);

    /// The variables that are laid over the file; they outlive the notes.
    void setVariables(const Variables& variables) { m_variables = &variables; }
    /// The text of the variable that the value comes from; null: it comes from the file.
    [[nodiscard]] const std::string* variableOf(const toml::node& node) const;

    [[nodiscard]] std::size_t count() const { return m_problems.size() + m_hidden; }

    /// In the order of the file.
    [[nodiscard]] Problems take();

private:
    const std::string m_file;
    const Variables* m_variables = nullptr;
    Problems m_problems;
    std::size_t m_hidden = 0;
};

/// A value as it stands in a message: strings quoted, escaped and cut.
[[nodiscard]] std::string shown(const toml::node& node);
[[nodiscard]] std::string inQuotes(std::string_view foreign);
/// "64 KiB", "1 GiB": with the largest unit that divides it.
[[nodiscard]] std::string sizeText(std::uint64_t bytes);

enum class Need : std::uint8_t { optional, required };

class TableReader {
public:
    /// `scope` begins each message: "dependency 'orders': ".
    TableReader(const toml::table& table, std::string scope, Notes& notes)
        : m_table(table), m_scope(std::move(scope)), m_notes(notes) {}

    [[nodiscard]] std::optional<std::string> text(std::string_view key, Need need = Need::optional);
    [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key, std::int64_t low, std::int64_t high,
                                                    Need need = Need::optional);
    [[nodiscard]] std::optional<double> number(std::string_view key, double low, double high);
    [[nodiscard]] std::optional<base::Duration> duration(std::string_view key, base::Duration low, base::Duration high);
    /// A size with its unit: "64 KiB", "2 GiB".
    [[nodiscard]] std::optional<std::uint64_t> bytes(std::string_view key, std::uint64_t low, std::uint64_t high);
    [[nodiscard]] std::optional<bool> truth(std::string_view key);
    /// The index of the word.
    [[nodiscard]] std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string_view>& words,
                                                    Need need = Need::optional);
    [[nodiscard]] const toml::table* table(std::string_view key);
    /// Any value; nullptr when it is not there.
    [[nodiscard]] const toml::node* node(std::string_view key);

    [[nodiscard]] bool has(std::string_view key) const { return m_table.contains(key); }
    [[nodiscard]] const toml::table& source() const { return m_table; }
    [[nodiscard]] bool isFromVariable(const toml::node& node) const { return m_notes.variableOf(node) != nullptr; }

    /// "SCOPE KEY is GIVEN; allowed: ALLOWED", at the value.
    void refuse(std::string_view key, const toml::node& given, std::string_view allowed);
    /// "SCOPE KEY WHAT", at the key if it is there, else at the table.
    void complain(std::string_view key, std::string what);

    /// Notes the keys that nobody asked for, with the one that was probably meant.
    void finish();

private:
    const toml::node* need(std::string_view key, Need need, std::string_view allowed);

    const toml::table& m_table;
    const std::string m_scope;
    Notes& m_notes;
    std::vector<std::string_view> m_known;
};

}  // namespace fusebox::config
