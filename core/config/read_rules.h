#pragma once
// Reads [errors]: users' own rules of what category an error is, one [[errors.rule]] for each, the first that matches decides.
// Limits: kMostRules.

#include <fusebox/config/table_reader.h>
#include <fusebox/errors/classifier_rule.h>

#include <cstddef>
#include <vector>

namespace fusebox::config {

inline constexpr std::size_t kMostRules = 1000;

[[nodiscard]] std::vector<errors::ClassifierRule> readErrorRules(const toml::table& errors, Notes& notes);

}  // namespace fusebox::config
