#pragma once
// All values of checked settings by their keys, those included that nobody gave: what the program will do.
// Secrets, and what only says where they lie, are not among them.

#include <fusebox/config/settings.h>

#include <string>
#include <vector>

namespace fusebox::config {

using KeyPath = std::vector<std::string>;  ///< {"dependency", "Orders API", "url"}

struct Effective {
    KeyPath path;
    std::string value;  ///< as it would stand in the file
};

[[nodiscard]] std::vector<Effective> effectiveValues(const Settings& settings);

}  // namespace fusebox::config
