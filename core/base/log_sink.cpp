#include <fusebox/base/log_sink.h>

#include <fusebox/base/log.h>
#include <fusebox/base/text.h>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string_view>
#include <system_error>

namespace fusebox::base {

namespace {

using TimePoint = std::chrono::system_clock::time_point;

std::string timeText(TimePoint at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at - seconds).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03d}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                       milliseconds);
}

std::string_view wordOf(spdlog::level::level_enum level) {
    switch (level) {
        case spdlog::level::trace:
        case spdlog::level::debug:
            return "debug";
        case spdlog::level::info:
            return "info";
        case spdlog::level::warn:
            return "warning";
        default:
            return "error";
    }
}

void appendString(std::string& json, std::string_view text) {
    // What is no UTF-8 would make the whole line unreadable.
    const bool isText = text.empty() || decodeUtf8(text).has_value();
    json += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            fmt::format_to(std::back_inserter(json), "\\u{:04x}", byte);
        } else {
            json += isText || byte < 0x80 ? c : '?';
        }
    }
    json += '"';
}

}  // namespace

LogSink::~LogSink() {
    if (m_descriptor > 2) ::close(m_descriptor);
}

Result<void> LogSink::open() {
    if (m_file.empty()) return {};
    const int fresh = ::open(m_file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (fresh < 0) {
        const bool isLink = errno == ELOOP;
        return trouble(isLink ? TroubleCode::refused : TroubleCode::unavailable,
                       isLink ? "is a symbolic link" : "cannot be opened", m_file,
                       isLink ? "" : std::generic_category().message(errno));
    }
    const std::lock_guard lock(mutex_);
    if (m_descriptor > 2) ::close(m_descriptor);
    m_descriptor = fresh;
    return {};
}

void LogSink::sink_it_(const spdlog::details::log_msg& message) {
    const std::string_view component(message.logger_name.data(), message.logger_name.size());
    auto budget = m_budgets.find(component);
    if (budget == m_budgets.end()) budget = m_budgets.emplace(component, Budget{}).first;
    if (!admit(message, budget->second)) return;
    if (const std::uint64_t leftOut = std::exchange(budget->second.leftOut, 0); leftOut > 0) {
        write(lineOf(message.time, spdlog::level::warn, component, fmt::format("{} lines were left out", leftOut)));
    }
    write(lineOf(message.time, message.level, component, {message.payload.data(), message.payload.size()}));
}

bool LogSink::admit(const spdlog::details::log_msg& message, Budget& budget) {
    const double passed = std::chrono::duration<double>(message.time - budget.at).count();
    budget.lines = std::min(kBurst, budget.lines + std::max(passed, 0.0) * kLinesPerSecond);
    budget.at = message.time;
    if (budget.lines < 1) {
        ++budget.leftOut;
        return false;
    }
    budget.lines -= 1;
    return true;
}

std::string LogSink::lineOf(TimePoint at, spdlog::level::level_enum level, std::string_view component,
                            std::string_view text) const {
    const LogScope* scope = LogScope::current();
    if (m_format == LogFormat::text) {
        const std::string request = scope == nullptr || scope->request().empty() ? "" : " [" + scope->request() + "]";
        return fmt::format("{} {:<7} {}:{} {}\n", timeText(at), wordOf(level), component, logText(request), text);
    }
    std::string line = fmt::format(R"({{"at":"{}","level":"{}","component":)", timeText(at), wordOf(level));
    appendString(line, component);
    if (scope != nullptr && scope->event() > 0)
        fmt::format_to(std::back_inserter(line), R"(,"event":{})", scope->event());
    if (scope != nullptr && !scope->request().empty()) {
        line += R"(,"request":)";
        appendString(line, scope->request());
    }
    line += R"(,"text":)";
    appendString(line, text);
    return line + "}\n";
}

// One call for a line, so that lines of several programs in one file do not mix.
void LogSink::write(const std::string& line) {
    [[maybe_unused]] const ssize_t written = ::write(m_descriptor, line.data(), line.size());
}

}  // namespace fusebox::base
