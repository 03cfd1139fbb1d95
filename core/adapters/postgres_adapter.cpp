#include <fusebox/adapters/postgres_adapter.h>
#include <fusebox/adapters/postgres_link.h>
#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/settings_check.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::adapters {

PostgresAdapter::PostgresAdapter(PostgresSettings settings, const base::Clock& clock)
    : m_settings(std::move(settings)), m_clock(clock), m_pool(clock) {}

PostgresAdapter::~PostgresAdapter() = default;

void PostgresAdapter::resetConnections() {
    m_pool.drop();
}

base::Result<std::unique_ptr<DataAdapter>> PostgresAdapter::create(PostgresSettings settings,
                                                                   const base::Clock& clock) {
    constexpr std::array<std::string_view, 6> kTlsModes{"disable", "allow",     "prefer",
                                                        "require", "verify-ca", "verify-full"};
    SettingsCheck check;
    if (settings.host.starts_with('/')) {
        check.line("host", settings.host);
    } else {
        check.host("host", settings.host);
    }
    check.require(settings.host.find(',') == std::string::npos, "host", "has a comma; one host is allowed");
    check.port("port", settings.port);
    check.line("database", settings.database);
    check.require(!settings.database.empty(), "database", "is empty; the name of a database is needed");
    check.line("user", settings.user);
    check.require(!settings.user.empty(), "user", "is empty; the name of a database user is needed");
    check.require(settings.password.find('\0') == std::string::npos, "password", "has a zero byte");
    check.require(std::find(kTlsModes.begin(), kTlsModes.end(), settings.tlsMode) != kTlsModes.end(), "tls_mode",
                  fmt::format("must be one of {}", fmt::join(kTlsModes, ", ")));
    check.optionalFile("ca_file", settings.caFile);
    check.require(!settings.query.empty() && settings.query.size() <= kAnswerLimit &&
                      settings.query.find('\0') == std::string::npos,
                  "query", "must be SQL text of at most 1 MiB");
    check.limits(settings.limits);
    if (check.trouble()) return tl::unexpected(*check.trouble());
    return std::unique_ptr<DataAdapter>(new PostgresAdapter(std::move(settings), clock));
}

std::string PostgresAdapter::target() const {
    return fmt::format("postgres://{}@{}/{}", m_settings.user, hostAndPort(m_settings.host, m_settings.port),
                       m_settings.database);
}

CallResult PostgresAdapter::runQuery(CallWatch& watch) {
    Loan<PostgresLink> loan = m_pool.take();
    while (loan.connection && !loan.connection->isIdle()) loan = m_pool.take();
    const bool reused = loan.connection != nullptr;
    if (!reused) {
        auto link = PostgresLink::open(m_settings, watch);
        if (!link) return tl::unexpected(link.error());
        loan.connection = std::move(*link);
    }
    const auto rows = loan.connection->run(m_settings.query, watch);
    // A failed query leaves a good link behind when the server is ready for the next one.
    if (loan.connection->isIdle()) {
        m_pool.keep(std::move(loan));
    } else if (!rows && !isCancelled(rows.error())) {
        m_pool.drop();  // what else is kept leads to the same place
    }
    if (!rows) return tl::unexpected(rows.error());
    const std::string summary =
        rows->count == 0 ? rows->status : fmt::format("{} {}", rows->count, rows->count == 1 ? "row" : "rows");
    return Answer{summary, rows->bytes, reused};
}

CallResult PostgresAdapter::call(std::stop_token stop) {
    CallWatch watch(m_settings.limits, m_clock, std::move(stop));
    return runQuery(watch).map_error([&](domain::Error error) {
        return sealed(std::move(error), kind(), "query " + target(), std::span(&m_settings.password, 1));
    });
}

}  // namespace fusebox::adapters
