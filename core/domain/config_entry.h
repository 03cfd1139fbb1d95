#pragma once
// One option of a configuration, ready to be shown.

#include <string>

namespace fusebox::domain {

struct ConfigEntry {
    std::string option;
    std::string value;

    bool operator==(const ConfigEntry&) const = default;
};

}  // namespace fusebox::domain
