#pragma once
// Runs a query on a PostgreSQL server through libpq's asynchronous calls.
// Errors: code system sqlstate wherever the server gave one, at login too; else errno by name, where it can be known.
// Limits: an ended call closes its connection, it cannot tell the server; statementTimeout makes the server end the query itself.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/adapters/pool.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>

#include <cstdint>
#include <memory>
#include <string>

namespace fusebox::adapters {

class CallWatch;
class PostgresLink;

struct PostgresSettings {
    /// Whether the server is told the total timeout at login, as its statement_timeout. Poolers such as PgBouncer may refuse that.
    enum class StatementTimeout : std::uint8_t { asTotalTimeout, serverDefault };

    std::string host;  ///< a name, an address, or the folder of a Unix socket
    std::uint16_t port = 5432;
    std::string database;
    std::string user;
    std::string password;            ///< empty: what ~/.pgpass says
    std::string tlsMode = "prefer";  ///< disable, allow, prefer, require, verify-ca, verify-full
    std::string caFile;              ///< for verify-ca and verify-full; empty: ~/.postgresql/root.crt
    std::string query = "SELECT 1";
    StatementTimeout statementTimeout = StatementTimeout::asTotalTimeout;
    CallLimits limits;

    bool operator==(const PostgresSettings&) const = default;
};

class PostgresAdapter final : public DataAdapter {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<DataAdapter>> create(PostgresSettings settings,
                                                                           const base::Clock& clock);
    ~PostgresAdapter() override;

    [[nodiscard]] std::string_view kind() const noexcept override { return "postgres"; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] CallResult call(std::stop_token stop) override;
    void resetConnections() override;

private:
    PostgresAdapter(PostgresSettings settings, const base::Clock& clock);

    [[nodiscard]] CallResult runQuery(CallWatch& watch);

    const PostgresSettings m_settings;
    const base::Clock& m_clock;
    Pool<PostgresLink> m_pool;
};

}  // namespace fusebox::adapters
