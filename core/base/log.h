#pragma once
// The logging front: one named logger per component over spdlog, to standard error until told otherwise.
// Threads: any; setLogSink() before the threads that log.
// Limits: foreign text is escaped (control characters as \xNN) and cut at 512 bytes before it reaches a line.

#include <spdlog/logger.h>
#include <spdlog/sinks/sink.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fusebox::base {

/// The logger of a component ("collector", "http"); made at first use.
[[nodiscard]] std::shared_ptr<spdlog::logger> logger(const std::string& component);

/// All loggers, those to come included, write there from now on, what is of this level or above it. REQUIRES: not null.
void setLogSink(const spdlog::sink_ptr& sink, spdlog::level::level_enum level);

/// For all loggers, once setLogSink() was called.
void setLogLevel(spdlog::level::level_enum level);

/// Foreign text made safe for one log line.
[[nodiscard]] std::string logText(std::string_view foreign);

/// What this thread logs while it lives belongs to an event, to a request, or to both.
class LogScope {
public:
    explicit LogScope(std::uint64_t event, std::string request = {});
    ~LogScope();
    LogScope(const LogScope&) = delete;
    LogScope& operator=(const LogScope&) = delete;

    [[nodiscard]] std::uint64_t event() const { return m_event; }  ///< zero: none
    [[nodiscard]] const std::string& request() const { return m_request; }

    /// The innermost of this thread; null: there is none.
    [[nodiscard]] static const LogScope* current();

private:
    const std::uint64_t m_event;
    const std::string m_request;
    const LogScope* const m_outer;
};

}  // namespace fusebox::base
