// The program fuseboxd with a directory of its own on a free port, and the questions that one asks it.
// Threads: one thread only.
#pragma once

#include <fusebox/base/clock.h>
#include <fusebox/support/server_process.h>
#include <fusebox/support/temp_dir.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <map>
#include <optional>
#include <string>

namespace fusebox::e2e {

struct Answer {
    int status = 0;  // 0: no answer
    std::string body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(QByteArray::fromStdString(body)).object(); }
};

class RunningAgent {
public:
    // `dependencies`: the tables of its configuration besides [agent] and [log].
    explicit RunningAgent(const std::string& dependencies, std::map<std::string, std::string> environment = {});

    void configure(const std::string& dependencies, const std::string& more = {});

    // Why it did not start.
    [[nodiscard]] std::optional<std::string> start() { return m_process->start(); }
    [[nodiscard]] support::ServerProcess& process() { return *m_process; }
    // As a crash would end it.
    void kill() { m_process->kill(); }
    void signal(int number);
    // Waits for its end after SIGTERM; -1: it did not end.
    [[nodiscard]] int endedBySigterm();

    [[nodiscard]] Answer get(const std::string& path) const;
    [[nodiscard]] Answer post(const std::string& path, const std::string& body) const;
    // With the token that is given instead of the local one.
    [[nodiscard]] Answer get(const std::string& path, const std::string& token) const;

    [[nodiscard]] QJsonObject snapshotOf(const std::string& breaker) const;
    [[nodiscard]] std::string token() const;
    // The newest events of the journal that have this part in their text.
    [[nodiscard]] QJsonArray eventsWith(const std::string& part) const;
    [[nodiscard]] std::string log() const;
    [[nodiscard]] std::filesystem::path state() const { return m_folder.path() / "state"; }
    [[nodiscard]] const support::TempDir& folder() const { return m_folder; }
    [[nodiscard]] std::string configFile() const { return (m_folder.path() / "agent.toml").string(); }

private:
    [[nodiscard]] Answer ask(const std::string& method, const std::string& path, const std::string& body,
                             const std::string& token) const;

    support::TempDir m_folder;
    const std::uint16_t m_port;
    std::unique_ptr<support::ServerProcess> m_process;
    base::SteadyClock m_clock;
};

}  // namespace fusebox::e2e
