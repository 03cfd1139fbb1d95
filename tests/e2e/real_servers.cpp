#include "real_servers.h"

#include <fusebox/support/free_port.h>

#include <pwd.h>
#include <unistd.h>

#include <QTest>
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

void give(const files::path& path, const std::optional<Account>& account) {
    if (account && ::chown(path.c_str(), account->user, account->group) != 0) {
        throw files::filesystem_error("chown", path, std::error_code(errno, std::generic_category()));
    }
}

support::ServerCommand commandAsPostgres(std::vector<std::string> arguments) {
    support::ServerCommand command;
    command.arguments = std::move(arguments);
    if (const auto account = accountForPostgres()) {
        command.userId = account->user;
        command.groupId = account->group;
    }
    return command;
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
    const std::string folder = m_folder.path().string();
    give(m_folder.path(), accountForPostgres());
    support::ServerCommand command =
        commandAsPostgres({postgresProgram("postgres"), "-D", folder + "/data", "-p", std::to_string(m_port), "-k",
                           folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "shared_buffers=8MB"});
    command.port = m_port;
    m_process = std::make_unique<support::ServerProcess>(std::move(command));
}

std::optional<std::string> PostgresServer::initialise() {
    const files::path password = m_folder.write("password", kPassword);
    give(password, accountForPostgres());
    const files::path data = m_folder.path() / "data";
    support::ServerProcess initdb(commandAsPostgres(
        {postgresProgram("initdb"), "--pgdata=" + data.string(), "--username=fuse", "--pwfile=" + password.string(),
         "--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"}));
    if (const auto trouble = initdb.start()) return trouble;
    const bool ended = QTest::qWaitFor([&] { return !initdb.isRunning(); }, 60'000);
    // When it fails it takes away what it made.
    if (!ended || !files::exists(data / "pg_hba.conf")) return "initdb failed:\n" + initdb.output();
    requireLogin("scram-sha-256");
    return std::nullopt;
}

void PostgresServer::allowClients(int most) {
    m_folder.write("data/postgresql.auto.conf",
                   "max_connections = " + std::to_string(most) + "\nsuperuser_reserved_connections = 0\n");
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

void RedisServer::requirePassword(const std::string& password, const std::string& more) {
    m_folder.write("redis.conf", "bind 127.0.0.1\nport " + std::to_string(m_port) + "\nrequirepass " + password +
                                     "\nsave \"\"\nappendonly no\ndaemonize no\ndir " + m_folder.path().string() +
                                     "\n" + more);
}

}  // namespace fusebox::e2e
