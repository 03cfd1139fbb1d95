#include <fusebox/config/effective.h>

#include <fusebox/breaker/config_text.h>
#include <fusebox/config/table_reader.h>
#include <fusebox/config/toml_text.h>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace fusebox::config {

namespace {

/// Adds values under one table.
class Table {
public:
    Table(std::vector<Effective>& into, KeyPath path) : m_into(into), m_path(std::move(path)) {}

    void raw(std::string_view key, std::string value) {
        KeyPath path = m_path;
        path.emplace_back(key);
        m_into.push_back({std::move(path), std::move(value)});
    }
    void text(std::string_view key, std::string_view value) { raw(key, tomlText(value)); }
    void optional(std::string_view key, const std::string& value) {
        raw(key, value.empty() ? "not set" : tomlText(value));
    }
    void duration(std::string_view key, base::Duration value) { raw(key, tomlText(value)); }
    void truth(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
    void list(std::string_view key, const std::vector<std::string>& values) { raw(key, tomlList(values)); }
    template <typename Number>
    void number(std::string_view key, Number value) {
        raw(key, fmt::format("{}", value));
    }
    [[nodiscard]] Table below(std::string_view key) const {
        KeyPath path = m_path;
        path.emplace_back(key);
        return {m_into, std::move(path)};
    }

private:
    std::vector<Effective>& m_into;
    const KeyPath m_path;
};

void addAgent(Table table, const AgentSettings& agent) {
    table.optional("name", agent.name);
    table.text("address", agent.address);
    table.number("port", agent.port);
    table.optional("tls_cert_file", agent.certificateFile);
    table.optional("tls_key_file", agent.keyFile);
    table.optional("state_dir", agent.stateDir);
    table.list("allowed_hosts", agent.allowedHosts);
    table.list("allowed_origins", agent.allowedOrigins);
    Table limits = table.below("limits");
    limits.number("connections", agent.limits.connections);
    limits.number("streams", agent.limits.streams);
    limits.number("requests_per_second", agent.limits.requestsPerSecond);
    limits.number("connections_per_address", agent.limits.connectionsPerAddress);
    table.below("rights").text("force_closed", toWord(agent.forceClosed));
}

void addJournal(Table table, const JournalSettings& journal) {
    table.truth("enabled", journal.enabled);
    table.optional("file", journal.file);
    table.duration("age", journal.age);
    table.text("size", sizeText(journal.size));
}

void addLog(Table table, const LogSettings& log) {
    constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};
    table.text("level", kLevels.at(static_cast<std::size_t>(log.level)));
    table.optional("file", log.file);
    table.text("format", log.format == LogFormat::json ? "json" : "text");
}

void addTraffic(Table& table, const Traffic& traffic) {
    if (traffic.kind == Traffic::Kind::rate) {
        table.number("rate", traffic.rate);
    } else if (traffic.kind == Traffic::Kind::never) {
        table.text("interval", "never");
    } else {
        table.duration("interval", traffic.interval);
    }
    table.number("jitter", traffic.jitter);
    table.number("concurrency", traffic.concurrency);
    table.truth("probe_without_traffic", traffic.probeWithoutTraffic);
}

void addAdapter(Table& table, const adapters::HttpSettings& http) {
    table.text("url", http.url);
    table.text("method", http.method);
    table.optional("body_contains", http.bodyContains);
    table.optional("ca_file", http.caFile);
    table.optional("user", http.user);
    table.number("most_redirects", http.mostRedirects);
    std::vector<std::string> ranges;
    for (const adapters::StatusRange& range : http.expectedStatus) {
        ranges.push_back(range.first == range.last ? fmt::format("{}", range.first)
                                                   : fmt::format("{}-{}", range.first, range.last));
    }
    table.list("expected_status", ranges);
}

void addAdapter(Table& table, const adapters::TcpSettings& tcp) {
    table.text("host", tcp.host);
    table.number("port", tcp.port);
    table.optional("banner", tcp.banner);
}

void addAdapter(Table& table, const adapters::SqliteSettings& sqlite) {
    table.text("file", sqlite.file);
    table.text("query", sqlite.query);
    table.text("access", sqlite.access == adapters::SqliteSettings::Access::readOnly ? "read_only" : "read_write");
    table.duration("busy_timeout", sqlite.busyTimeout);
}

void addAdapter(Table& table, const adapters::PostgresSettings& postgres) {
    using Timeout = adapters::PostgresSettings::StatementTimeout;
    table.text("host", postgres.host);
    table.number("port", postgres.port);
    table.text("database", postgres.database);
    table.text("user", postgres.user);
    table.text("tls_mode", postgres.tlsMode);
    table.optional("ca_file", postgres.caFile);
    table.text("query", postgres.query);
    table.text("statement_timeout",
               postgres.statementTimeout == Timeout::asTotalTimeout ? "as_total_timeout" : "server_default");
}

void addAdapter(Table& table, const adapters::RedisSettings& redis) {
    table.text("host", redis.host);
    table.number("port", redis.port);
    table.optional("user", redis.user);
    table.list("command", redis.command);
    table.optional("expected_reply", redis.expectedReply.value_or(""));
}

void addAdapter(Table& table, const adapters::DnsSettings& dns) {
    table.text("host", dns.name);
    table.text("record", dns.record == adapters::DnsSettings::Record::a ? "A" : "AAAA");
    table.optional("server", dns.server);
    table.number("server_port", dns.serverPort);
    table.optional("expected_address", dns.expectedAddress);
}

void addBreaker(Table table, const breaker::CircuitBreakerConfig& config) {
    for (const breaker::ConfigOption& option : breaker::CircuitBreakerConfig::options()) {
        table.text(option.name, option.read(config));
    }
}

void addHandling(Table table, const Handling& handling) {
    const handling::Policy& policy = handling.policy;
    constexpr std::array<std::string_view, domain::kCategoryCount> kKeys{
        "transient", "permanent", "rate_limit", "authentication", "data_validation", "unknown"};
    for (std::size_t i = 0; i < kKeys.size(); ++i) table.text(kKeys[i], domain::toWord(policy.strategies[i]));
    table.text("last_resort", domain::toWord(policy.lastResort));
    table.number("max_attempts", policy.retry.attempts);
    table.duration("base_delay", policy.retry.baseDelay);
    table.duration("max_delay", policy.retry.maxDelay);
    table.number("multiplier", policy.retry.multiplier);
    table.text("jitter", breaker::write(policy.retry.jitter));
    table.duration("retry_after_cap", policy.retry.retryAfterCap);
    table.duration("deadline", policy.retry.deadline);
    table.number("retry_share", policy.retry.budget.share);
    table.number("retries_per_second", policy.retry.budget.perSecond);
    table.duration("cache_limit", policy.cache.age);
    table.truth("idempotent", policy.retry.idempotent);
    table.raw("default_value", handling.defaultValue ? tomlText(*handling.defaultValue) : "not set");
    table.optional("reduced_path", handling.reducedPath);
}

void addActions(const Table& dependency, const std::vector<ActionSettings>& actions) {
    for (const ActionSettings& action : actions) {
        Table table = dependency.below("action").below(domain::toWord(action.action));
        table.text("kind", domain::toWord(action.action));
        table.text("mode", domain::toWord(action.mode));
        std::vector<std::string> causes;
        for (const domain::Category cause : action.causes) causes.emplace_back(domain::toWord(cause));
        table.list("on", causes);
        table.duration("timeout", action.limits.timeout);
        table.duration("cool_down", action.limits.coolDown);
        table.number("budget_per_hour", action.limits.budgetPerHour);
        table.duration("verdict_within", action.limits.verdictWithin);
    }
}

}  // namespace

std::vector<Effective> effectiveValues(const Settings& settings) {
    std::vector<Effective> all;
    addAgent({all, {"agent"}}, settings.agent);
    addJournal({all, {"journal"}}, settings.journal);
    addLog({all, {"log"}}, settings.log);
    Table({all, {"alert"}}).duration("repeat_after", settings.alerts.repeatAfter);
    for (const Dependency& dependency : settings.dependencies) {
        Table table(all, {"dependency", dependency.name});
        table.text("kind", kindOf(dependency.adapter));
        table.optional("group", dependency.group);
        std::visit([&](const auto& adapter) { addAdapter(table, adapter); }, dependency.adapter);
        const auto limits = std::visit([](const auto& adapter) { return adapter.limits; }, dependency.adapter);
        addTraffic(table, dependency.traffic);
        table.duration("connect_timeout", limits.connectTimeout);
        table.duration("total_timeout", limits.totalTimeout);
        addBreaker(table.below("breaker"), dependency.breaker);
        addHandling(table.below("handling"), dependency.handling);
        addActions(table, dependency.actions);
    }
    return all;
}

}  // namespace fusebox::config
