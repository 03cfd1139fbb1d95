#pragma once
// Checks the settings of an adapter one by one and keeps the first trouble: which setting, what is allowed.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::adapters {

class SettingsCheck {
public:
    /// What must hold for the setting, completing "SETTING ...": "must be a file".
    void require(bool holds, std::string_view setting, std::string_view rule);

    void limits(const CallLimits& limits);
    /// A name or an address, at most 253 printable ASCII characters without blanks and slashes.
    void host(std::string_view setting, std::string_view value);
    void port(std::string_view setting, std::uint16_t value);
    /// Text of at most 64 KiB without control characters.
    void line(std::string_view setting, std::string_view value);
    /// A file that can be read; empty is allowed.
    void optionalFile(std::string_view setting, const std::string& path);

    [[nodiscard]] const std::optional<base::Trouble>& trouble() const { return m_trouble; }

private:
    std::optional<base::Trouble> m_trouble;
};

}  // namespace fusebox::adapters
