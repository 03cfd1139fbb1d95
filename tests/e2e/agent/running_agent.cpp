#include "running_agent.h"

#include <fusebox/adapters/http_adapter.h>
#include <fusebox/support/free_port.h>

#include <QJsonArray>
#include <QUrl>

#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <iterator>

namespace fusebox::e2e {

namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

RunningAgent::RunningAgent(const std::string& dependencies, std::map<std::string, std::string> environment)
    : m_port(support::freePort()) {
    configure(dependencies);
    support::ServerCommand command;
    command.arguments = {FUSEBOX_AGENT, "--config", configFile(), "--state-dir", state().string()};
    command.environment = std::move(environment);
    command.port = m_port;
    command.stopTimeout = std::chrono::seconds(20);
    m_process = std::make_unique<support::ServerProcess>(std::move(command));
}

void RunningAgent::configure(const std::string& dependencies, const std::string& more) {
    // In the place of the old file, as editors do.
    const auto fresh =
        m_folder.write("agent.toml.new", "[agent]\nname = \"tested\"\nport = " + std::to_string(m_port) + "\n" + more +
                                             "[log]\nfile = \"agent.log\"\n" + dependencies);
    std::filesystem::rename(fresh, configFile());
}

void RunningAgent::signal(int number) {
    ::kill(m_process->pid(), number);
}

int RunningAgent::endedBySigterm() {
    const pid_t pid = m_process->pid();
    ::kill(pid, SIGTERM);
    int status = 0;
    // It ends within the slowest call; the test's own limit is behind that.
    return ::waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Answer RunningAgent::get(const std::string& path) const {
    return ask("GET", path, "", token());
}

Answer RunningAgent::get(const std::string& path, const std::string& token) const {
    return ask("GET", path, "", token);
}

Answer RunningAgent::post(const std::string& path, const std::string& body) const {
    return ask("POST", path, body, token());
}

Answer RunningAgent::ask(const std::string& method, const std::string& path, const std::string& body,
                         const std::string& token) const {
    adapters::HttpSettings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(m_port) + path;
    settings.method = method;
    settings.body = body;
    if (!body.empty()) settings.headers.emplace_back("Content-Type", "application/json");
    settings.bearerToken = token;
    settings.limits.totalTimeout = std::chrono::seconds(20);
    const auto adapter = adapters::HttpAdapter::create(settings, m_clock);
    if (!adapter) return {};
    const auto answer = (*adapter)->call({});
    if (answer) return {200, answer->body};
    return {answer.error().code.empty() ? 0 : std::atoi(answer.error().code.c_str()), answer.error().message};
}

QJsonObject RunningAgent::snapshotOf(const std::string& breaker) const {
    const QByteArray id = QUrl::toPercentEncoding(QString::fromStdString(breaker));
    return get("/api/v1/breakers/" + id.toStdString()).json()["snapshot"].toObject();
}

std::string RunningAgent::token() const {
    std::string text = contentOf(state() / "local.token");
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

QJsonArray RunningAgent::eventsWith(const std::string& part) const {
    const QByteArray text = QUrl::toPercentEncoding(QString::fromStdString(part));
    return get("/api/v1/journal?limit=3&text=" + text.toStdString()).json()["events"].toArray();
}

std::string RunningAgent::log() const {
    return contentOf(m_folder.path() / "agent.log");
}

}  // namespace fusebox::e2e
