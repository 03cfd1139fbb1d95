#include <fusebox/adapters/postgres_failure.h>
#include <fusebox/adapters/postgres_link.h>
#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/stream_socket.h>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/socket.h>

namespace fusebox::adapters {

namespace {

struct Clear {
    void operator()(PGresult* result) const { ::PQclear(result); }
};

bool isUnixSocket(const std::string& host) {
    return host.starts_with('/');
}

/// libpq would look names up itself, and block. It is given addresses; the name stays for TLS.
Attempt<std::string> addressesOf(const std::string& host, CallWatch& watch) {
    if (isUnixSocket(host)) return std::string();
    const auto addresses = resolve({.name = host, .server = {}}, watch, Phase::connecting);
    if (!addresses) return tl::unexpected(addresses.error());
    std::vector<std::string> texts;
    for (const Address& address : *addresses) texts.push_back(address.text());
    return fmt::format("{}", fmt::join(texts, ","));
}

std::vector<std::pair<std::string, std::string>> loginOptions(const PostgresSettings& settings,
                                                              const std::string& addresses) {
    // As many names as addresses, else libpq refuses.
    std::string hosts = settings.host;
    for (const char c : addresses) {
        if (c == ',') hosts += "," + settings.host;
    }
    std::vector<std::pair<std::string, std::string>> options{
        {"host", hosts},
        {"port", std::to_string(settings.port)},
        {"dbname", settings.database},
        {"user", settings.user},
        {"sslmode", settings.tlsMode},
        {"gssencmode", "disable"},
        {"application_name", "fusebox"},
        {"client_encoding", "UTF8"},
    };
    if (!addresses.empty()) options.emplace_back("hostaddr", addresses);
    if (!settings.password.empty()) options.emplace_back("password", settings.password);
    if (!settings.caFile.empty()) options.emplace_back("sslrootcert", settings.caFile);
    if (settings.statementTimeout == PostgresSettings::StatementTimeout::asTotalTimeout) {
        const auto limit = std::chrono::ceil<std::chrono::milliseconds>(settings.limits.totalTimeout);
        options.emplace_back("options", fmt::format("-c statement_timeout={}", limit.count()));
    }
    return options;
}

PGconn* startLogin(const std::vector<std::pair<std::string, std::string>>& options) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : options) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    return ::PQconnectStartParams(names.data(), values.data(), 0);
}

void ignoreNotice(void* /*unused*/, const PGresult* /*notice*/) {}

std::string phaseOf(const PGconn* connection) {
    switch (::PQstatus(connection)) {
        case CONNECTION_STARTED:
        case CONNECTION_NEEDED:
            return "connecting";
        case CONNECTION_SSL_STARTUP:
            return "negotiating TLS";
        default:
            return "waiting for the server to accept the login";
    }
}

}  // namespace

void PostgresLink::Finish::operator()(pg_conn* connection) const {
    // The farewell of a healthy link is a few bytes; on one in trouble nothing may be waited for.
    const bool healthy = ::PQstatus(connection) == CONNECTION_OK && ::PQtransactionStatus(connection) == PQTRANS_IDLE;
    if (!healthy && ::PQsocket(connection) >= 0) ::shutdown(::PQsocket(connection), SHUT_RDWR);
    ::PQfinish(connection);
}

Attempt<std::unique_ptr<PostgresLink>> PostgresLink::open(const PostgresSettings& settings, CallWatch& watch) {
    const auto addresses = addressesOf(settings.host, watch);
    if (!addresses) return tl::unexpected(addresses.error());
    Connection connection(startLogin(loginOptions(settings, *addresses)));
    if (!connection) return tl::unexpected(failure("OutOfMemory", "no memory for a connection"));
    PGconn* raw = connection.get();
    ::PQsetErrorVerbosity(raw, PQERRORS_VERBOSE);
    ::PQsetNoticeReceiver(raw, ignoreNotice, nullptr);
    if (::PQstatus(raw) == CONNECTION_BAD) return tl::unexpected(postgresLinkFailure(::PQerrorMessage(raw)));
    // libpq's rule: before the first poll, wait as if it had said "writing".
    for (PostgresPollingStatusType step = PGRES_POLLING_WRITING; step != PGRES_POLLING_OK;
         step = ::PQconnectPoll(raw)) {
        if (step == PGRES_POLLING_FAILED) return tl::unexpected(postgresLinkFailure(::PQerrorMessage(raw)));
        const auto events = static_cast<short>(step == PGRES_POLLING_READING ? POLLIN : POLLOUT);
        const WaitEnd end = watch.wait(::PQsocket(raw), events, Phase::connecting);
        if (end != WaitEnd::ready) {
            return tl::unexpected(watch.ended(end, Phase::connecting,
                                              fmt::format("{} ({}:{})", phaseOf(raw), settings.host, settings.port)));
        }
    }
    ::PQsetnonblocking(raw, 1);
    return std::unique_ptr<PostgresLink>(new PostgresLink(std::move(connection)));
}

Attempt<bool> PostgresLink::flush(CallWatch& watch) {
    PGconn* raw = m_connection.get();
    for (;;) {
        const int more = ::PQflush(raw);
        if (more == 0) return true;
        if (more < 0) return tl::unexpected(postgresLinkFailure(::PQerrorMessage(raw)));
        // The server may have to get rid of its own words before it listens again.
        pollfd one{::PQsocket(raw), POLLIN | POLLOUT, 0};
        const WaitEnd end = watch.wait(std::span(&one, 1), Phase::answering);
        if (end != WaitEnd::ready) return tl::unexpected(watch.ended(end, Phase::answering, "sending the query"));
        if ((one.revents & POLLIN) != 0 && ::PQconsumeInput(raw) == 0) {
            return tl::unexpected(postgresLinkFailure(::PQerrorMessage(raw)));
        }
    }
}

Attempt<bool> PostgresLink::awaitResult(CallWatch& watch) {
    PGconn* raw = m_connection.get();
    while (::PQisBusy(raw) != 0) {
        const WaitEnd end = watch.wait(::PQsocket(raw), POLLIN, Phase::answering);
        if (end != WaitEnd::ready)
            return tl::unexpected(watch.ended(end, Phase::answering, "waiting for the query's answer"));
        if (::PQconsumeInput(raw) == 0) return tl::unexpected(postgresLinkFailure(::PQerrorMessage(raw)));
    }
    // Rows may wait in memory by the thousand: the deadline holds among them as well.
    if (const WaitEnd end = watch.now(Phase::answering); end != WaitEnd::ready) {
        return tl::unexpected(watch.ended(end, Phase::answering, "reading the query's answer"));
    }
    return true;
}

Attempt<PostgresLink::Rows> PostgresLink::run(const std::string& query, CallWatch& watch) {
    PGconn* raw = m_connection.get();
    if (::PQsendQuery(raw, query.c_str()) == 0) return tl::unexpected(postgresLinkFailure(::PQerrorMessage(raw)));
    ::PQsetSingleRowMode(raw);  // never more than one row in memory
    if (const auto sent = flush(watch); !sent) return tl::unexpected(sent.error());
    Rows rows;
    std::optional<domain::Error> trouble;
    for (;;) {
        if (const auto there = awaitResult(watch); !there) return tl::unexpected(trouble ? *trouble : there.error());
        const std::unique_ptr<PGresult, Clear> result(::PQgetResult(raw));
        if (!result) break;
        switch (::PQresultStatus(result.get())) {
            case PGRES_SINGLE_TUPLE:
                ++rows.count;
                for (int column = 0; column < ::PQnfields(result.get()); ++column) {
                    rows.bytes += static_cast<std::uint64_t>(::PQgetlength(result.get(), 0, column));
                }
                break;
            case PGRES_TUPLES_OK:
            case PGRES_COMMAND_OK:
            case PGRES_EMPTY_QUERY:
                rows.status = ::PQcmdStatus(result.get());
                break;
            case PGRES_COPY_IN:
            case PGRES_COPY_OUT:
            case PGRES_COPY_BOTH:
                return tl::unexpected(failure("SqlError", "COPY to or from the client is not possible here"));
            default:
                if (!trouble) trouble = postgresQueryFailure(result.get());  // the first says most
        }
    }
    if (trouble) return tl::unexpected(*trouble);
    return rows;
}

bool PostgresLink::isIdle() const {
    const PGconn* raw = m_connection.get();
    return ::PQstatus(raw) == CONNECTION_OK && ::PQtransactionStatus(raw) == PQTRANS_IDLE && isQuiet(::PQsocket(raw));
}

}  // namespace fusebox::adapters
