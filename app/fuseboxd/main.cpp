// fuseboxd: the agent, for machines without a screen.

#include <fusebox/agent/agent.h>
#include <fusebox/agent/hardening.h>
#include <fusebox/agent/program_log.h>
#include <fusebox/agent/readiness.h>
#include <fusebox/agent/signal_wait.h>
#include <fusebox/agent/watched_files.h>
#include <fusebox/base/log.h>
#include <fusebox/config/load.h>
#include <fusebox/config/state_place.h>
#include <fusebox/fuseboxd/options.h>

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <exception>

namespace fusebox::fuseboxd {
namespace {

/// How often files are looked at, at the latest.
constexpr base::Duration kLook = std::chrono::seconds(1);

ExitCode failed(const base::Trouble& trouble) {
    fmt::print(stderr, "fuseboxd: {}\n", base::logText(trouble.text()));
    return trouble.code == base::TroubleCode::refused ? ExitCode::refused : ExitCode::cannotStart;
}

/// Until it is asked to stop.
void live(agent::Agent& agent, agent::ProgramLog& log, agent::SignalWait& signals, agent::Readiness& readiness) {
    agent::WatchedFiles files;
    files.watch(agent.files());
    const std::string status = "listens at " + agent.url();
    readiness.ready(status);
    const base::Duration pause = std::min(kLook, readiness.watchdog().value_or(kLook));
    for (;;) {
        const std::optional<agent::Asked> asked = signals.next(pause);
        if (asked == agent::Asked::stop) break;
        if (asked == agent::Asked::reload) log.reopen();
        if (files.haveChanged() || asked == agent::Asked::reload) {
            readiness.reloading();
            if (agent.reload()) log.setLevel(agent.settings().log.level);
            files.watchAlso(agent.files());
            readiness.ready(status);
        }
        readiness.alive();
    }
    readiness.stopping();
}

/// Empty: where there is no home to keep anything in.
std::filesystem::path stateDirOf(const Options& options, const config::Settings& settings) {
    if (options.stateDir) return *options.stateDir;
    if (!settings.agent.stateDir.empty()) return settings.agent.stateDir;
    return config::agentStateDir().value_or("");
}

ExitCode run(const Options& options) {
    agent::harden();
    agent::AgentPlan plan;
    plan.overlays = config::overlaysFromEnvironment(options.profile);
    plan.version = FUSEBOX_VERSION;
    if (options.lab) plan.world = agent::AgentPlan::World::lab;
    if (options.config) {
        config::Loaded loaded = config::load(*options.config, plan.overlays);
        if (!loaded) {
            fmt::print(stderr, "fuseboxd: the configuration cannot be used\n{}", config::textOf(loaded.error()));
            return ExitCode::badInput;
        }
        plan.configFile = *options.config;
        plan.settings = std::move(*loaded);
    }
    if (options.check) {
        fmt::print("{} is sound.\n", base::logText(*options.config));
        return ExitCode::ok;
    }
    plan.stateDir = stateDirOf(options, plan.settings);
    if (plan.stateDir.empty()) {
        return failed({base::TroubleCode::unavailable, "there is no home directory; needed: --state-dir", "", ""});
    }
    auto log = agent::ProgramLog::start(plan.settings.log);
    if (!log) return failed(log.error());
    agent::Readiness readiness;
    agent::SignalWait signals;  // before the first thread
    auto made = agent::Agent::make(std::move(plan));
    if (!made) return failed(made.error());
    if (auto started = (*made)->start(); !started) return failed(started.error());
    live(**made, *log, signals, readiness);
    (*made)->stop();
    return ExitCode::ok;
}

}  // namespace
}  // namespace fusebox::fuseboxd

int main(int argc, char** argv) {
    using fusebox::fuseboxd::ExitCode;
    try {
        const auto parsed = fusebox::fuseboxd::parseCommandLine(argc, argv);
        if (const auto* exit = std::get_if<ExitCode>(&parsed)) return static_cast<int>(*exit);
        return static_cast<int>(fusebox::fuseboxd::run(std::get<fusebox::fuseboxd::Options>(parsed)));
    } catch (const std::exception& problem) {
        fmt::print(stderr, "fuseboxd: ended by an error: {}\n", problem.what());
        return static_cast<int>(ExitCode::cannotStart);
    }
}
