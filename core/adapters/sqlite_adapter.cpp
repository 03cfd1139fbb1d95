#include <fusebox/adapters/settings_check.h>
#include <fusebox/adapters/sqlite_adapter.h>
#include <fusebox/adapters/sqlite_file.h>

#include <fmt/format.h>

namespace fusebox::adapters {

SqliteAdapter::SqliteAdapter(SqliteSettings settings, const base::Clock& clock)
    : m_settings(std::move(settings)), m_clock(clock), m_pool(clock) {}

SqliteAdapter::~SqliteAdapter() = default;

void SqliteAdapter::resetConnections() {
    m_pool.drop();
}

base::Result<std::unique_ptr<DataAdapter>> SqliteAdapter::create(SqliteSettings settings, const base::Clock& clock) {
    SettingsCheck check;
    check.line("file", settings.file);
    check.require(!settings.file.empty(), "file", "is empty; the path of a database file is needed");
    check.require(!settings.query.empty() && settings.query.size() <= kAnswerLimit &&
                      settings.query.find('\0') == std::string::npos,
                  "query", "must be SQL text of at most 1 MiB");
    check.require(settings.busyTimeout >= base::Duration::zero() && settings.busyTimeout <= std::chrono::hours(1),
                  "busy_timeout", fmt::format("is {}; allowed is 0 ms to 1 h", durationText(settings.busyTimeout)));
    check.limits(settings.limits);
    if (check.trouble()) return tl::unexpected(*check.trouble());
    return std::unique_ptr<DataAdapter>(new SqliteAdapter(std::move(settings), clock));
}

std::string SqliteAdapter::target() const {
    return m_settings.file;
}

CallResult SqliteAdapter::runQuery(CallWatch& watch) {
    Loan<SqliteFile> loan = m_pool.take();
    while (loan.connection && !loan.connection->isReusable()) loan = m_pool.take();
    const bool reused = loan.connection != nullptr;
    if (!reused) {
        auto file = SqliteFile::open(m_settings, watch);
        if (!file) return tl::unexpected(file.error());
        loan.connection = std::move(*file);
    }
    const auto rows = loan.connection->run(watch);
    if (!rows) return tl::unexpected(rows.error());
    m_pool.keep(std::move(loan));
    return Answer{fmt::format("{} {}", rows->count, rows->count == 1 ? "row" : "rows"), rows->bytes, reused};
}

CallResult SqliteAdapter::call(std::stop_token stop) {
    CallWatch watch(m_settings.limits, m_clock, std::move(stop));
    if (const WaitEnd end = watch.now(Phase::answering); end != WaitEnd::ready) {
        return tl::unexpected(
            sealed(watch.ended(end, Phase::answering, "opening the file"), kind(), "query " + target()));
    }
    return runQuery(watch).map_error(
        [&](domain::Error error) { return sealed(std::move(error), kind(), "query " + target()); });
}

}  // namespace fusebox::adapters
