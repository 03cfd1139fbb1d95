// fuseboxd over a configuration, with two operators, and fuseboxctl beside it as each of them would use it.
// Threads: one thread only.
#pragma once

#include <fusebox/support/server_process.h>
#include <fusebox/support/temp_dir.h>

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::e2e {

struct Said {
    int code = -1;  // -1: it did not end
    QByteArray out;
    QByteArray err;

    [[nodiscard]] std::string text() const { return std::to_string(code) + "\n" + (out + err).toStdString(); }
};

class StoryAgent {
public:
    // `dependencies`: tables of the configuration.
    explicit StoryAgent(const std::string& dependencies);

    [[nodiscard]] support::ServerProcess& process() { return *m_process; }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] QString journalFile() const;
    [[nodiscard]] const support::TempDir& folder() const { return m_folder; }
    // For messages.
    [[nodiscard]] std::string log() const;

    // fuseboxctl by the agent's own local token.
    [[nodiscard]] Said ctl(const QStringList& arguments) const;
    // fuseboxctl by "ann" or "bob", under way.
    [[nodiscard]] std::unique_ptr<QProcess> begin(const std::string& who, const QStringList& arguments) const;
    [[nodiscard]] static Said end(QProcess& process);

    // The lines of JSON that it prints.
    [[nodiscard]] std::vector<QJsonObject> lines(const QStringList& arguments) const;
    // As `list` tells it; empty: it is not there.
    [[nodiscard]] QJsonObject breaker(const QString& id) const;
    [[nodiscard]] QString stateOf(const QString& id) const { return breaker(id)["state"].toString(); }

private:
    [[nodiscard]] QProcessEnvironment environment() const;

    support::TempDir m_folder;
    const std::uint16_t m_port;
    std::unique_ptr<support::ServerProcess> m_process;
};

}  // namespace fusebox::e2e
