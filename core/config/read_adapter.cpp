#include <fusebox/config/read_adapter.h>

#include <fusebox/config/secret.h>

#include <fmt/format.h>

#include <charconv>

namespace fusebox::config {

namespace {

using Folder = std::filesystem::path;

constexpr std::size_t kMostBackups = 8;
constexpr std::string_view kStatusAllowed = "a status such as 200, a range such as \"200-299\", or a list of them";

std::string textOr(TableReader& in, std::string_view key, std::string fallback = {}) {
    return in.text(key).value_or(std::move(fallback));
}

std::string requiredText(TableReader& in, std::string_view key) {
    return in.text(key, Need::required).value_or("");
}

std::uint16_t port(TableReader& in, std::string_view key, std::optional<std::uint16_t> fallback) {
    const Need need = fallback ? Need::optional : Need::required;
    return static_cast<std::uint16_t>(in.whole(key, 1, 65'535, need).value_or(fallback.value_or(1)));
}

std::string pathOr(TableReader& in, std::string_view key, const Folder& folder, Need need = Need::optional) {
    const auto path = in.text(key, need);
    return path && !path->empty() ? (folder / *path).string() : std::string();
}

std::optional<adapters::StatusRange> statusRange(const toml::node& node) {
    adapters::StatusRange range;
    if (const auto* number = node.as_integer()) {
        if (number->get() < 100 || number->get() > 599) return std::nullopt;
        range.first = range.last = static_cast<std::uint16_t>(number->get());
        return range;
    }
    const auto* text = node.as_string();
    if (text == nullptr) return std::nullopt;
    const std::string& whole = text->get();
    const char* end = whole.data() + whole.size();
    const auto first = std::from_chars(whole.data(), end, range.first);
    if (first.ec != std::errc()) return std::nullopt;
    range.last = range.first;
    if (first.ptr == end) return range;
    if (*first.ptr != '-') return std::nullopt;
    const auto last = std::from_chars(first.ptr + 1, end, range.last);
    return last.ec == std::errc() && last.ptr == end ? std::optional(range) : std::nullopt;
}

std::optional<std::vector<adapters::StatusRange>> expectedStatus(TableReader& in) {
    const toml::node* given = in.node("expected_status");
    if (given == nullptr) return std::nullopt;
    std::vector<adapters::StatusRange> ranges;
    const auto take = [&](const toml::node& node) {
        const auto range = statusRange(node);
        if (range) {
            ranges.push_back(*range);
        } else {
            in.refuse("expected_status", node, kStatusAllowed);
        }
    };
    if (const auto* list = given->as_array()) {
        for (const toml::node& node : *list) take(node);
    } else {
        take(*given);
    }
    return ranges;
}

std::vector<std::pair<std::string, std::string>> headers(TableReader& in, const Folder& folder, Notes& notes) {
    std::vector<std::pair<std::string, std::string>> all;
    const toml::table* table = in.table("headers");
    if (table == nullptr) return all;
    for (const auto& [name, value] : *table) {
        if (const auto* text = value.as_string()) {
            all.emplace_back(name.str(), text->get());
        } else if (const auto* source = value.as_table()) {
            TableReader secret(*source, fmt::format("header {}: ", inQuotes(name.str())), notes);
            all.emplace_back(name.str(), readSecret(secret, kHeaderValue, folder).value_or(""));
            secret.finish();
        } else {
            in.refuse("headers", value, "text, or { file = \"...\" } or { env = \"...\" } for a secret");
        }
    }
    return all;
}

AdapterSettings readHttp(TableReader& in, const Folder& folder, Notes& notes) {
    adapters::HttpSettings settings;
    settings.url = requiredText(in, "url");
    settings.method = textOr(in, "method", settings.method);
    settings.headers = headers(in, folder, notes);
    settings.body = textOr(in, "body");
    settings.expectedStatus = expectedStatus(in).value_or(settings.expectedStatus);
    settings.bodyContains = textOr(in, "body_contains");
    settings.caFile = pathOr(in, "ca_file", folder);
    settings.user = textOr(in, "user");
    settings.password = readSecret(in, kPassword, folder).value_or("");
    settings.bearerToken = readSecret(in, kBearerToken, folder).value_or("");
    settings.mostRedirects = static_cast<std::uint16_t>(in.whole("most_redirects", 0, 20).value_or(0));
    return settings;
}

AdapterSettings readTcp(TableReader& in) {
    adapters::TcpSettings settings;
    settings.host = requiredText(in, "host");
    settings.port = port(in, "port", std::nullopt);
    settings.sendLine = textOr(in, "send_line");
    settings.banner = textOr(in, "banner");
    return settings;
}

AdapterSettings readSqlite(TableReader& in, const Folder& folder) {
    using Access = adapters::SqliteSettings::Access;
    adapters::SqliteSettings settings;
    settings.file = pathOr(in, "file", folder, Need::required);
    settings.query = textOr(in, "query", settings.query);
    settings.access =
        in.choice("access", {"read_only", "read_write"}).value_or(0) == 0 ? Access::readOnly : Access::readWrite;
    settings.busyTimeout =
        in.duration("busy_timeout", base::Duration::zero(), std::chrono::hours(1)).value_or(settings.busyTimeout);
    return settings;
}

AdapterSettings readPostgres(TableReader& in, const Folder& folder) {
    using Timeout = adapters::PostgresSettings::StatementTimeout;
    adapters::PostgresSettings settings;
    settings.host = requiredText(in, "host");
    settings.port = port(in, "port", settings.port);
    settings.database = requiredText(in, "database");
    settings.user = requiredText(in, "user");
    settings.password = readSecret(in, kPassword, folder).value_or("");
    settings.tlsMode = textOr(in, "tls_mode", settings.tlsMode);
    settings.caFile = pathOr(in, "ca_file", folder);
    settings.query = textOr(in, "query", settings.query);
    const std::size_t timeout = in.choice("statement_timeout", {"as_total_timeout", "server_default"}).value_or(0);
    settings.statementTimeout = timeout == 0 ? Timeout::asTotalTimeout : Timeout::serverDefault;
    return settings;
}

std::optional<std::vector<std::string>> redisCommand(TableReader& in) {
    constexpr std::string_view kAllowed = "a list of texts such as [\"GET\", \"key\"]";
    const toml::node* given = in.node("command");
    if (given == nullptr) return std::nullopt;
    std::vector<std::string> words;
    if (const auto* list = given->as_array()) {
        for (const toml::node& node : *list) {
            if (!node.is_string()) in.refuse("command", node, kAllowed);
            words.push_back(node.value_or(std::string()));
        }
    } else {
        in.refuse("command", *given, kAllowed);
    }
    return words;
}

AdapterSettings readRedis(TableReader& in, const Folder& folder) {
    adapters::RedisSettings settings;
    settings.host = requiredText(in, "host");
    settings.port = port(in, "port", settings.port);
    settings.user = textOr(in, "user");
    settings.password = readSecret(in, kPassword, folder).value_or("");
    settings.command = redisCommand(in).value_or(settings.command);
    settings.expectedReply = in.text("expected_reply");
    return settings;
}

AdapterSettings readDns(TableReader& in) {
    using Record = adapters::DnsSettings::Record;
    adapters::DnsSettings settings;
    settings.name = requiredText(in, "host");
    settings.record = in.choice("record", {"A", "AAAA"}).value_or(0) == 0 ? Record::a : Record::aaaa;
    settings.server = textOr(in, "server");
    settings.serverPort = port(in, "server_port", settings.serverPort);
    settings.expectedAddress = textOr(in, "expected_address");
    return settings;
}

}  // namespace

AdapterSettings readAdapter(std::size_t kind, TableReader& in, const Folder& folder, Notes& notes) {
    switch (kind) {
        case 0:
            return readHttp(in, folder, notes);
        case 1:
            return readTcp(in);
        case 2:
            return readSqlite(in, folder);
        case 3:
            return readPostgres(in, folder);
        case 4:
            return readRedis(in, folder);
        default:
            return readDns(in);
    }
}

std::vector<AdapterSettings> readBackups(const AdapterSettings& first, TableReader& in) {
    constexpr std::string_view kAllowed = "a list of URLs such as [\"http://127.0.0.1:8082/orders\"]";
    std::vector<AdapterSettings> backups;
    const auto* http = std::get_if<adapters::HttpSettings>(&first);
    const toml::node* given = http == nullptr ? nullptr : in.node("backup_urls");
    if (given == nullptr) return backups;
    const toml::array* list = given->as_array();
    if (list == nullptr || list->empty() || list->size() > kMostBackups) {
        in.refuse("backup_urls", *given, kAllowed);
        return backups;
    }
    for (const toml::node& node : *list) {
        if (!node.is_string()) in.refuse("backup_urls", node, kAllowed);
        adapters::HttpSettings backup = *http;
        backup.url = node.value_or(std::string());
        backups.emplace_back(std::move(backup));
    }
    return backups;
}

void checkBackups(const std::vector<AdapterSettings>& backups, TableReader& in) {
    const base::SteadyClock clock;
    for (const AdapterSettings& backup : backups) {
        const auto made = createAdapter(backup, clock);
        if (!made) in.complain("backup_urls", "holds one of which is true: " + made.error().text());
    }
}

void checkAdapter(const AdapterSettings& settings, TableReader& in) {
    const base::SteadyClock clock;
    const auto made = createAdapter(settings, clock);
    if (made) return;
    std::string key = made.error().where;
    std::string what = made.error().what;
    if (what.starts_with(key + " ")) what.erase(0, key.size() + 1);
    if (key == "name") key = "host";  // what the dns adapter calls the name that it looks up
    in.complain(key, std::move(what));
}

}  // namespace fusebox::config
