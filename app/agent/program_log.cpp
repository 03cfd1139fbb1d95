#include <fusebox/agent/program_log.h>

#include <fusebox/base/log.h>

namespace fusebox::agent {

namespace {

spdlog::level::level_enum levelOf(config::LogLevel level) {
    switch (level) {
        case config::LogLevel::debug:
            return spdlog::level::debug;
        case config::LogLevel::info:
            return spdlog::level::info;
        case config::LogLevel::warning:
            return spdlog::level::warn;
        case config::LogLevel::error:
            break;
    }
    return spdlog::level::err;
}

}  // namespace

base::Result<ProgramLog> ProgramLog::start(const config::LogSettings& settings) {
    const auto format = settings.format == config::LogFormat::json ? base::LogFormat::json : base::LogFormat::text;
    auto sink = std::make_shared<base::LogSink>(settings.file, format);
    if (auto opened = sink->open(); !opened) return tl::unexpected(opened.error());
    base::setLogSink(sink, levelOf(settings.level));
    return ProgramLog(std::move(sink));
}

void ProgramLog::reopen() {
    if (const auto opened = m_sink->open(); !opened) {
        base::logger("log")->error("goes on in the old file: {}", base::logText(opened.error().text()));
    }
}

void ProgramLog::setLevel(config::LogLevel level) {
    base::setLogLevel(levelOf(level));
}

}  // namespace fusebox::agent
