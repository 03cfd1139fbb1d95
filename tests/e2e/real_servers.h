// Real nginx, PostgreSQL and Redis on free loopback ports, each with its files in a directory of its own.
// Errors: start() of the process tells why a server did not come up.
#pragma once

#include <fusebox/support/server_process.h>
#include <fusebox/support/temp_dir.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fusebox::e2e {

class NginxServer {
public:
    NginxServer();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] support::ServerProcess& process() { return *m_process; }
    // What "/health" does from the next start on, in nginx's words: "return 200 'fine';"
    void serve(const std::string& location);
    // A file for auth_basic_user_file that knows this user.
    [[nodiscard]] std::string passwordFile(const std::string& user, const std::string& password) const;

private:
    support::TempDir m_folder;
    std::uint16_t m_port;
    std::unique_ptr<support::ServerProcess> m_process;
};

class PostgresServer {
public:
    PostgresServer();

    // Makes the database files; the reason when it cannot.
    [[nodiscard]] std::optional<std::string> initialise();
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] support::ServerProcess& process() { return *m_process; }
    // Clients that may be connected at once, from the next start on.
    void allowClients(int most);
    // How clients must log in, from the next start on: "scram-sha-256", "trust", "reject".
    void requireLogin(const std::string& method);

    static constexpr const char* kPassword = "fuse-the-box";

private:
    support::TempDir m_folder;
    std::uint16_t m_port;
    std::unique_ptr<support::ServerProcess> m_process;
};

class RedisServer {
public:
    RedisServer();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] support::ServerProcess& process() { return *m_process; }
    [[nodiscard]] std::string configFile() const { return (m_folder.path() / "redis.conf").string(); }
    // From the next start on. `more` are further lines of its configuration.
    void requirePassword(const std::string& password, const std::string& more = {});

private:
    support::TempDir m_folder;
    std::uint16_t m_port;
    std::unique_ptr<support::ServerProcess> m_process;
};

}  // namespace fusebox::e2e
