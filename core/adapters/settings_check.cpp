#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/failure.h>
#include <fusebox/adapters/settings_check.h>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace fusebox::adapters {

namespace {

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isHostCharacter(char c) {
    return c > 0x20 && c < 0x7f && std::string_view("/\\@?#\"'<>").find(c) == std::string_view::npos;
}

}  // namespace

void SettingsCheck::require(bool holds, std::string_view setting, std::string_view rule) {
    if (holds || m_trouble) return;
    m_trouble =
        base::Trouble{base::TroubleCode::invalidInput, fmt::format("{} {}", setting, rule), std::string(setting), {}};
}

void SettingsCheck::limits(const CallLimits& limits) {
    constexpr base::Duration kLeast = std::chrono::milliseconds(1);
    constexpr base::Duration kMost = std::chrono::hours(1);
    const auto within = [&](std::string_view setting, base::Duration value) {
        require(value >= kLeast && value <= kMost, setting,
                fmt::format("is {}; allowed is 1 ms to 1 h", durationText(value)));
    };
    within("connect_timeout", limits.connectTimeout);
    within("total_timeout", limits.totalTimeout);
}

void SettingsCheck::host(std::string_view setting, std::string_view value) {
    require(!value.empty(), setting, "is empty; a host name or an address is needed");
    require(value.size() <= 253 && std::all_of(value.begin(), value.end(), isHostCharacter), setting,
            "is no host; a name such as db.example.net or an address such as 127.0.0.1 or ::1 is needed");
}

void SettingsCheck::port(std::string_view setting, std::uint16_t value) {
    require(value != 0, setting, "is 0; allowed is 1 to 65535");
}

void SettingsCheck::line(std::string_view setting, std::string_view value) {
    require(value.size() <= kMessageLimit, setting, fmt::format("has {} bytes; allowed is 65536", value.size()));
    require(std::none_of(value.begin(), value.end(), isControl), setting,
            "has a control character; one line of plain text is allowed");
}

void SettingsCheck::optionalFile(std::string_view setting, const std::string& path) {
    line(setting, path);
    require(path.empty() || ::access(path.c_str(), R_OK) == 0, setting, "must name a file that can be read");
}

}  // namespace fusebox::adapters
