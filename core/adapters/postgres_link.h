#pragma once
// One connection to a PostgreSQL server whose every step ends by the deadlines and the stop request of the call.
// Threads: one call at a time.

#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/failure.h>
#include <fusebox/adapters/postgres_adapter.h>

#include <cstdint>
#include <memory>
#include <string>

struct pg_conn;

namespace fusebox::adapters {

class PostgresLink {
public:
    struct Rows {
        std::uint64_t count = 0;
        std::uint64_t bytes = 0;
        std::string status;  ///< of the last command: "SELECT 1"
    };

    [[nodiscard]] static Attempt<std::unique_ptr<PostgresLink>> open(const PostgresSettings& settings,
                                                                     CallWatch& watch);

    /// Runs the query to its end. After a failure the link is not to be used again, unless isIdle().
    [[nodiscard]] Attempt<Rows> run(const std::string& query, CallWatch& watch);

    /// True when the server is there, says nothing, and no transaction is open.
    [[nodiscard]] bool isIdle() const;

private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    using Connection = std::unique_ptr<pg_conn, Finish>;

    explicit PostgresLink(Connection connection) : m_connection(std::move(connection)) {}

    [[nodiscard]] Attempt<bool> flush(CallWatch& watch);
    [[nodiscard]] Attempt<bool> awaitResult(CallWatch& watch);

    const Connection m_connection;
};

}  // namespace fusebox::adapters
