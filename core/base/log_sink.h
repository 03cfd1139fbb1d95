#pragma once
// Where log lines go: a file, or standard error. One line a message, as JSON or as text, with the time in UTC, the level, the component, and
// the event and the request that it belongs to (LogScope).
// Threads: any. Errors: a line that cannot be written is lost; it must not end the program.
// Limits: kLinesPerSecond for each component on average, kBurst at once; the lines left out are counted, and said.

#include <fusebox/base/result.h>

#include <spdlog/sinks/base_sink.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace fusebox::base {

enum class LogFormat : std::uint8_t { json, text };

class LogSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    static constexpr double kLinesPerSecond = 50;
    static constexpr double kBurst = 500;

    /// An empty file: standard error.
    LogSink(std::string file, LogFormat format) : m_file(std::move(file)), m_format(format) {}
    ~LogSink() override;
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;

    /// Opens the file, also anew when it was renamed. It is made with mode 0600. Errors: unavailable, refused for a symbolic link; then
    /// lines go on to where they went before.
    [[nodiscard]] Result<void> open();

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}

private:
    struct Budget {
        double lines = kBurst;
        std::chrono::system_clock::time_point at{};
        std::uint64_t leftOut = 0;
    };

    [[nodiscard]] bool admit(const spdlog::details::log_msg& message, Budget& budget);
    void write(const std::string& line);
    [[nodiscard]] std::string lineOf(std::chrono::system_clock::time_point at, spdlog::level::level_enum level,
                                     std::string_view component, std::string_view text) const;

    const std::string m_file;
    const LogFormat m_format;
    int m_descriptor = 2;
    std::map<std::string, Budget, std::less<>> m_budgets;
};

}  // namespace fusebox::base
