#include "real_servers.h"

#include <fusebox/support/free_port.h>

#include <pwd.h>
#include <unistd.h>

#include <QProcess>
#include <QStringList>
#include <algorithm>
#include <filesystem>

namespace fusebox::e2e {
namespace {

namespace files = std::filesystem;

struct Account {
    std::uint32_t user = 0;
    std::uint32_t group = 0;
};

// PostgreSQL refuses to run as root; its package brings an account for it.
std::optional<Account> accountForPostgres() {
    const passwd* entry = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
    return entry == nullptr ? std::nullopt : std::optional(Account{entry->pw_uid, entry->pw_gid});
}

// Debian keeps the server's programs out of PATH, one folder per version.
std::string postgresProgram(const std::string& name) {
    std::vector<files::path> found;
    std::error_code missing;
    for (const auto& version : files::directory_iterator("/usr/lib/postgresql", missing)) {
        const files::path program = version.path() / "bin" / name;
        if (files::exists(program)) found.push_back(program);
    }
    return found.empty() ? name : std::max_element(found.begin(), found.end())->string();
}

// The reason when the command did not end well.
std::optional<std::string> runAs(const std::optional<Account>& account, const std::vector<std::string>& command) {
    QStringList arguments;
    if (account) {
        arguments << "setpriv" << QString("--reuid=%1").arg(account->user) << QString("--regid=%1").arg(account->group)
                  << "--clear-groups"
                  << "--";
    }
    for (const std::string& part : command) arguments << QString::fromStdString(part);
    const QString program = arguments.takeFirst();
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000)) return (program + ": " + process.errorString()).toStdString();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0) return std::nullopt;
    return process.readAll().toStdString();
}

void give(const files::path& path, const std::optional<Account>& account) {
    if (account && ::chown(path.c_str(), account->user, account->group) != 0) {
        throw files::filesystem_error("chown", path, std::error_code(errno, std::generic_category()));
    }
}

}  // namespace

NginxServer::NginxServer() : m_port(support::freePort()) {
    files::permissions(m_folder.path(), files::perms::owner_all | files::perms::group_all | files::perms::others_all);
    support::ServerCommand command;
    const std::string folder = m_folder.path().string();
    command.arguments = {"nginx", "-p", folder, "-c", folder + "/nginx.conf", "-e", "stderr"};
    command.port = m_port;
    // Debian installs it where only root looks.
    command.environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
    m_process = std::make_unique<support::ServerProcess>(std::move(command));
    serve("return 200 'fine';");
}

void NginxServer::serve(const std::string& location) {
    const std::string user = ::geteuid() == 0 ? "user www-data;\n" : "";
    m_folder.write("nginx.conf",
                   user +
                       "daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log stderr;\n"
                       "events { worker_connections 64; }\n"
                       "http {\n  access_log off;\n  client_body_temp_path body;\n  proxy_temp_path proxy;\n"
                       "  fastcgi_temp_path fastcgi;\n  uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n"
                       "  server {\n    listen 127.0.0.1:" +
                       std::to_string(m_port) + ";\n    location /health { " + location + " }\n  }\n}\n");
}

std::string NginxServer::passwordFile(const std::string& user, const std::string& password) const {
    const files::path file = m_folder.write("users", user + ":{PLAIN}" + password + "\n");
    files::permissions(file, files::perms::others_read, files::perm_options::add);
    return file;
}

PostgresServer::PostgresServer() : m_port(support::freePort()) {
    const auto account = accountForPostgres();
    const std::string folder = m_folder.path().string();
    give(m_folder.path(), account);
    support::ServerCommand command;
    command.arguments = {
        postgresProgram("postgres"),  "-D", folder + "/data", "-p", std::to_string(m_port), "-k", folder, "-c",
        "listen_addresses=127.0.0.1", "-c", "fsync=off",      "-c", "shared_buffers=8MB"};
    command.port = m_port;
    if (account) {
        command.userId = account->user;
        command.groupId = account->group;
    }
    m_process = std::make_unique<support::ServerProcess>(std::move(command));
}

std::optional<std::string> PostgresServer::initialise() {
    const auto account = accountForPostgres();
    const files::path password = m_folder.write("password", kPassword);
    give(password, account);
    const auto trouble = runAs(account, {postgresProgram("initdb"), "--pgdata=" + (m_folder.path() / "data").string(),
                                         "--username=fuse", "--pwfile=" + password.string(), "--auth=scram-sha-256",
                                         "--no-sync", "--encoding=UTF8", "--locale=C"});
    if (!trouble) requireLogin("scram-sha-256");
    return trouble;
}

void PostgresServer::requireLogin(const std::string& method) {
    m_folder.write("data/pg_hba.conf", "host all all 127.0.0.1/32 " + method + "\n");
}

RedisServer::RedisServer() : m_port(support::freePort()) {
    support::ServerCommand command;
    command.arguments = {"redis-server", (m_folder.path() / "redis.conf").string()};
    command.port = m_port;
    m_process = std::make_unique<support::ServerProcess>(std::move(command));
    requirePassword("right");
}

void RedisServer::requirePassword(const std::string& password) {
    m_folder.write("redis.conf", "bind 127.0.0.1\nport " + std::to_string(m_port) + "\nrequirepass " + password +
                                     "\nsave \"\"\nappendonly no\ndaemonize no\ndir " + m_folder.path().string() +
                                     "\n");
}

}  // namespace fusebox::e2e
