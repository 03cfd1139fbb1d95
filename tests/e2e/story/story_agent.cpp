#include "story_agent.h"

#include <fusebox/support/free_port.h>

#include <sys/stat.h>

#include <QJsonDocument>
#include <fstream>
#include <iterator>

namespace fusebox::e2e {

namespace {

constexpr int kPatience = 40'000;

std::string tokenOf(const std::string& who) {
    return who + "-0123456789-token";
}

}  // namespace

StoryAgent::StoryAgent(const std::string& dependencies) : m_port(support::freePort()) {
    std::string toml = "[agent]\nname = \"story\"\nport = " + std::to_string(m_port) + "\n";
    for (const char* who : {"ann", "bob"}) {
        const auto file = m_folder.write(std::string(who) + ".token", tokenOf(who) + "\n");
        ::chmod(file.c_str(), 0600);
        toml += "[[agent.token]]\nname = \"" + std::string(who) + "\"\nrole = \"operator\"\ntoken_file = \"" +
                file.string() + "\"\n";
    }
    // Patience is asked for by looking again and again.
    toml += "[agent.limits]\nrequests_per_second = 1000\n";
    support::ServerCommand command;
    command.arguments = {FUSEBOX_AGENT, "--config", m_folder.write("agent.toml", toml + dependencies).string(),
                         "--state-dir", (m_folder.path() / "state").string()};
    command.port = m_port;
    command.stopTimeout = std::chrono::seconds(20);
    m_process = std::make_unique<support::ServerProcess>(std::move(command));
}

QString StoryAgent::journalFile() const {
    return QString::fromStdString((m_folder.path() / "state" / "journal.db").string());
}

std::string StoryAgent::log() const {
    const std::string output = m_process->output();
    constexpr std::size_t kEnd = 4000;
    return output.size() > kEnd ? output.substr(output.size() - kEnd) : output;
}

QProcessEnvironment StoryAgent::environment() const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("FUSEBOX_CONNECT");
    environment.remove("FUSEBOX_TOKEN_FILE");
    environment.insert("FUSEBOX_STATE_DIR", QString::fromStdString((m_folder.path() / "state").string()));
    return environment;
}

Said StoryAgent::end(QProcess& process) {
    Said said;
    if (process.waitForFinished(kPatience) && process.exitStatus() == QProcess::NormalExit) {
        said.code = process.exitCode();
    } else {
        process.kill();
        process.waitForFinished();
    }
    said.out = process.readAllStandardOutput();
    said.err = process.readAllStandardError();
    return said;
}

Said StoryAgent::ctl(const QStringList& arguments) const {
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(FUSEBOX_CTL, arguments);
    return end(process);
}

std::unique_ptr<QProcess> StoryAgent::begin(const std::string& who, const QStringList& arguments) const {
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment());
    process->setStandardInputFile(QProcess::nullDevice());
    const QString token = QString::fromStdString((m_folder.path() / (who + ".token")).string());
    process->start(FUSEBOX_CTL,
                   arguments + QStringList{"--connect", QString::fromStdString(url()), "--token-file", token});
    process->waitForStarted();
    return process;
}

std::vector<QJsonObject> StoryAgent::lines(const QStringList& arguments) const {
    std::vector<QJsonObject> all;
    for (const QByteArray& line : ctl(arguments).out.split('\n')) {
        if (!line.isEmpty()) all.push_back(QJsonDocument::fromJson(line).object());
    }
    return all;
}

QJsonObject StoryAgent::breaker(const QString& id) const {
    for (const QJsonObject& answer : lines({"list", "--json"})) {
        for (const QJsonValue& one : answer["breakers"].toArray()) {
            if (one.toObject()["id"].toString() == id) return one.toObject();
        }
    }
    return {};
}

}  // namespace fusebox::e2e
