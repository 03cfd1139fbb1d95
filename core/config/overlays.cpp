#include <fusebox/config/overlays.h>

#include <unistd.h>

namespace fusebox::config {

Overlays overlaysFromEnvironment(std::optional<std::string> profile) {
    Overlays overlays;
    overlays.profile = std::move(profile);
    for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (!text.starts_with(kVariablePrefix) || equals == std::string_view::npos) continue;
        overlays.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    const auto chosen = overlays.variables.find("FUSEBOX_PROFILE");
    if (!overlays.profile && chosen != overlays.variables.end() && !chosen->second.empty()) {
        overlays.profile = chosen->second;
    }
    return overlays;
}

std::string variablePart(std::string_view name) {
    std::string part;
    for (const char c : name) {
        if (c >= 'a' && c <= 'z') {
            part += static_cast<char>(c - 'a' + 'A');
        } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            part += c;
        } else if (part.empty() || part.back() != '_') {
            part += '_';
        }
    }
    return part;
}

}  // namespace fusebox::config
