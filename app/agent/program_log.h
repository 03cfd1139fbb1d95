#pragma once
// The log of the program, as [log] wants it.
// Threads: one at a time. Errors: a log file that cannot be opened.

#include <fusebox/base/log_sink.h>
#include <fusebox/base/result.h>
#include <fusebox/config/agent_settings.h>

#include <memory>
#include <utility>

namespace fusebox::agent {

class ProgramLog {
public:
    /// All components log there from now on.
    [[nodiscard]] static base::Result<ProgramLog> start(const config::LogSettings& settings);

    /// After the file was renamed. Where that fails lines go on to the old one, and say so.
    void reopen();
    void setLevel(config::LogLevel level);

private:
    explicit ProgramLog(std::shared_ptr<base::LogSink> sink) : m_sink(std::move(sink)) {}

    std::shared_ptr<base::LogSink> m_sink;
};

}  // namespace fusebox::agent
