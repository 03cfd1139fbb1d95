#include <fusebox/base/log.h>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <iterator>

namespace fusebox::base {

namespace {

constexpr std::size_t kTextLimit = 512;

}  // namespace

std::shared_ptr<spdlog::logger> logger(const std::string& component) {
    if (auto known = spdlog::get(component)) {
        return known;
    }
    try {
        return spdlog::stderr_logger_mt(component);
    } catch (const spdlog::spdlog_ex&) {
        // Another thread made it between the look and the making.
        return spdlog::get(component);
    }
}

std::string logText(std::string_view foreign) {
    std::string safe;
    safe.reserve(std::min(foreign.size(), kTextLimit) + 16);
    for (const char c : foreign.substr(0, kTextLimit)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            fmt::format_to(std::back_inserter(safe), "\\x{:02x}", byte);
        } else {
            safe.push_back(c);
        }
    }
    if (foreign.size() > kTextLimit) {
        fmt::format_to(std::back_inserter(safe), "... ({} bytes)", foreign.size());
    }
    return safe;
}

}  // namespace fusebox::base
