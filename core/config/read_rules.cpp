#include <fusebox/config/read_rules.h>

#include <fusebox/errors/system_names.h>

#include <fmt/format.h>

#include <string>

namespace fusebox::config {

namespace {

constexpr std::size_t kLongestCondition = 256;

std::string scopeOf(const toml::table& table) {
    const auto name = table["name"].value<std::string>();
    return name ? fmt::format("error rule {}: ", inQuotes(*name)) : std::string("error rule: ");
}

std::string readCondition(TableReader& in, std::string_view key) {
    std::string condition = in.text(key).value_or(std::string());
    if (in.has(key) && condition.size() > kLongestCondition) {
        in.complain(key, fmt::format("has {} bytes; allowed: up to {}", condition.size(), kLongestCondition));
    }
    return condition;
}

/// A code may be written as the number that it is.
std::string readCode(TableReader& in) {
    const toml::node* given = in.node("code");
    if (given == nullptr || !given->is_integer()) return readCondition(in, "code");
    return std::to_string(given->as_integer()->get());
}

std::optional<domain::CodeSystem> readSystem(TableReader& in) {
    const auto name = in.text("system");
    if (!name) return std::nullopt;
    const domain::CodeSystem system = errors::systemNamed(*name);
    if (system != domain::CodeSystem::none) return system;
    in.refuse("system", *in.node("system"),
              "whose code it is: http, grpc, errno, curl, sqlstate, mysql, redis, kafka, aws or another that "
              "core/errors/README.md names");
    return std::nullopt;
}

errors::ClassifierRule readRule(const toml::table& table, Notes& notes) {
    TableReader in(table, scopeOf(table), notes);
    errors::ClassifierRule rule;
    rule.name = readCondition(in, "name");
    rule.system = readSystem(in);
    rule.code = readCode(in);
    rule.type = readCondition(in, "type");
    rule.text = readCondition(in, "text");
    std::vector<std::string_view> words;
    for (const domain::Category category : domain::kCategories) words.push_back(domain::toWord(category));
    if (const auto category = in.choice("category", words, Need::required))
        rule.category = domain::kCategories.at(*category);
    if (!in.has("system") && rule.code.empty() && rule.type.empty() && rule.text.empty()) {
        in.complain("category", "has no condition; needed: at least one of system, code, type, text");
    }
    in.finish();
    return rule;
}

}  // namespace

std::vector<errors::ClassifierRule> readErrorRules(const toml::table& errors, Notes& notes) {
    TableReader in(errors, "errors: ", notes);
    std::vector<errors::ClassifierRule> rules;
    const toml::node* given = in.node("rule");
    const toml::array* tables = given == nullptr ? nullptr : given->as_array();
    if (given != nullptr && (tables == nullptr || (!tables->empty() && !tables->is_array_of_tables()))) {
        in.refuse("rule", *given, "one [[errors.rule]] (two brackets) for each");
    } else if (tables != nullptr && tables->size() > kMostRules) {
        in.complain("rule", fmt::format("stands {} times; allowed: up to {}", tables->size(), kMostRules));
    } else if (tables != nullptr) {
        for (const toml::node& table : *tables) rules.push_back(readRule(*table.as_table(), notes));
    }
    in.finish();
    return rules;
}

}  // namespace fusebox::config
