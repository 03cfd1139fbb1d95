#include <fusebox/base/log.h>

#include <fusebox/base/text.h>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <iterator>
#include <utility>

namespace fusebox::base {

namespace {

constexpr std::size_t kTextLimit = 512;
/// A logger in the registry that nobody writes to: what all others shall be like.
constexpr const char* kPattern = "fusebox";

thread_local const LogScope* t_scope = nullptr;

}  // namespace

std::shared_ptr<spdlog::logger> logger(const std::string& component) {
    if (auto known = spdlog::get(component)) {
        return known;
    }
    try {
        if (const auto pattern = spdlog::get(kPattern)) {
            auto made = std::make_shared<spdlog::logger>(component, pattern->sinks().begin(), pattern->sinks().end());
            made->set_level(pattern->level());
            spdlog::register_logger(made);
            return made;
        }
        return spdlog::stderr_logger_mt(component);
    } catch (const spdlog::spdlog_ex&) {
        // Another thread made it between the look and the making.
        return spdlog::get(component);
    }
}

void setLogSink(const spdlog::sink_ptr& sink, spdlog::level::level_enum level) {
    auto pattern = std::make_shared<spdlog::logger>(kPattern, sink);
    spdlog::drop(kPattern);
    spdlog::register_logger(pattern);
    spdlog::apply_all([&](const std::shared_ptr<spdlog::logger>& each) {
        each->sinks() = {sink};
        each->set_level(level);
    });
}

void setLogLevel(spdlog::level::level_enum level) {
    spdlog::apply_all([&](const std::shared_ptr<spdlog::logger>& each) { each->set_level(level); });
}

LogScope::LogScope(std::uint64_t event, std::string request)
    : m_event(event), m_request(std::move(request)), m_outer(t_scope) {
    t_scope = this;
}

LogScope::~LogScope() {
    t_scope = m_outer;
}

const LogScope* LogScope::current() {
    return t_scope;
}

std::string logText(std::string_view foreign) {
    std::string safe;
    safe.reserve(std::min(foreign.size(), kTextLimit) + 16);
    for (const char c : cutTo(foreign, kTextLimit)) {
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
