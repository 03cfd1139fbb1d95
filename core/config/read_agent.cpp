#include <fusebox/config/read_agent.h>

#include <fusebox/base/text.h>
#include <fusebox/config/token_file.h>

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::config {

namespace {

using Folder = std::filesystem::path;

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostHosts = 64;
constexpr std::size_t kLongestHost = 255;

/// It stands in commands, metrics and log lines.
std::string readName(TableReader& in, std::string_view key, Need need, std::string fallback) {
    const auto given = in.text(key, need);
    if (!given) return fallback;
    const auto characters = base::decodeUtf8(*given);
    if (!characters || characters->empty() || characters->size() > kLongestName || base::hasControl(*given) ||
        base::isBlank(*given) || given->find('/') != std::string::npos) {
        in.complain(
            key, fmt::format("is {}; allowed: 1 to {} printable characters without /", inQuotes(*given), kLongestName));
    }
    return *given;
}

std::string readPath(TableReader& in, std::string_view key, const Folder& folder) {
    const auto path = in.text(key);
    return path && !path->empty() ? (folder / *path).string() : std::string();
}

std::vector<std::string> readHosts(TableReader& in, std::string_view key, std::string_view allowed) {
    std::vector<std::string> hosts;
    const toml::node* given = in.node(key);
    if (given == nullptr) return hosts;
    const toml::array* list = given->as_array();
    if (list == nullptr || list->size() > kMostHosts) {
        in.refuse(key, *given, allowed);
        return hosts;
    }
    for (const toml::node& node : *list) {
        const auto text = node.value<std::string>();
        const bool isPlain = text && !text->empty() && text->size() <= kLongestHost &&
                             std::all_of(text->begin(), text->end(), [](char c) { return c > 0x20 && c < 0x7f; });
        if (!node.is_string() || !isPlain) {
            in.refuse(key, node, allowed);
        } else {
            hosts.push_back(*text);
        }
    }
    return hosts;
}

std::optional<base::WallTime> readExpiry(TableReader& in) {
    const toml::node* given = in.node("expires");
    if (given == nullptr) return std::nullopt;
    const auto* at = given->as_date_time();
    if (at == nullptr || !at->get().offset) {
        in.refuse("expires", *given, "a date and time with its offset, such as 2027-01-31T18:00:00Z");
        return std::nullopt;
    }
    using namespace std::chrono;
    const toml::date_time& value = at->get();
    const year_month_day date{year(value.date.year), month(value.date.month), day(value.date.day)};
    const auto local =
        sys_days(date) + hours(value.time.hour) + minutes(value.time.minute) + seconds(value.time.second);
    return base::WallTime(
        duration_cast<base::WallTime::duration>((local - minutes(value.offset->minutes)).time_since_epoch()));
}

void readProof(TableReader& in, const Folder& folder, TokenSettings& token) {
    const auto hash = in.text("sha256");
    token.file = readPath(in, "token_file", folder);
    if (hash.has_value() == !token.file.empty()) {
        in.complain(hash ? "token_file" : "sha256", hash ? "cannot stand beside sha256; allowed: one of them"
                                                         : "is missing, and so is token_file; needed: one of them");
    } else if (hash) {
        const bool isHash = hash->size() == 64 && hash->find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!isHash) {
            // Not shown: a token may stand here by mistake.
            in.complain("sha256",
                        "is no SHA-256; allowed: 64 hexadecimal digits in lower case, from: "
                        "printf %s TOKEN | sha256sum");
        }
        token.sha256 = *hash;
    } else if (const auto secret = readTokenFile(token.file); !secret) {
        in.complain("token_file", "cannot be used: " + secret.error().text());
    }
}

TokenSettings readToken(const toml::table& table, const Folder& folder, Notes& notes) {
    const auto name = table["name"].value<std::string>();
    TableReader in(table, name ? fmt::format("agent token {}: ", inQuotes(*name)) : std::string("agent token: "),
                   notes);
    TokenSettings token;
    token.line = table.source().begin.line;
    token.name = readName(in, "name", Need::required, {});
    std::vector<std::string_view> words;
    for (const domain::Role role : domain::kRoles) words.push_back(domain::toWord(role));
    if (const auto role = in.choice("role", words, Need::required)) token.role = domain::kRoles.at(*role);
    readProof(in, folder, token);
    token.expires = readExpiry(in);
    if (in.node("token") != nullptr) in.complain("token", "must not stand in this file; allowed: sha256 or token_file");
    in.finish();
    return token;
}

std::vector<TokenSettings> readTokens(TableReader& agent, const Folder& folder, Notes& notes) {
    std::vector<TokenSettings> tokens;
    const toml::node* given = agent.node("token");
    if (given == nullptr) return tokens;
    const toml::array* tables = given->as_array();
    if (tables == nullptr || tables->empty() || !tables->is_array_of_tables()) {
        agent.complain("token", "is no list of tables; allowed: one [[agent.token]] (two brackets) for each");
        return tokens;
    }
    if (tables->size() > kMostTokens) {
        agent.complain("token", fmt::format("stands {} times; allowed: up to {}", tables->size(), kMostTokens));
        return tokens;
    }
    for (const toml::node& node : *tables) {
        TokenSettings next = readToken(*node.as_table(), folder, notes);
        const auto isTwin = [&](const TokenSettings& one) { return !next.name.empty() && one.name == next.name; };
        const auto twin = std::find_if(tokens.begin(), tokens.end(), isTwin);
        if (twin != tokens.end()) {
            notes.add(node.source(), "agent token: name",
                      fmt::format("{} is taken by the token in line {}", inQuotes(next.name), twin->line));
        }
        tokens.push_back(std::move(next));
    }
    return tokens;
}

AgentLimits readLimits(const toml::table& table, Notes& notes) {
    TableReader in(table, "agent.limits: ", notes);
    AgentLimits limits;
    const auto count = [&in](std::string_view key, std::int64_t low, std::int64_t high, std::uint32_t usual) {
        return static_cast<std::uint32_t>(in.whole(key, low, high).value_or(usual));
    };
    limits.connections = count("connections", 16, 65'536, limits.connections);
    limits.streams = count("streams", 1, 16'384, limits.streams);
    limits.requestsPerSecond = count("requests_per_second", 1, 100'000, limits.requestsPerSecond);
    limits.connectionsPerAddress = count("connections_per_address", 1, 65'536, limits.connectionsPerAddress);
    if (limits.streams >= limits.connections) {
        in.complain(in.has("streams") ? "streams" : "connections",
                    "leaves no connection for commands; allowed: fewer streams than connections");
    }
    in.finish();
    return limits;
}

/// Only people who may command at all can be given it.
domain::Role readForceClosed(const toml::table& table, Notes& notes) {
    TableReader in(table, "agent.rights: ", notes);
    const auto role = in.choice("force_closed", {toWord(domain::Role::operatorRole), toWord(domain::Role::admin)});
    in.finish();
    return role && *role == 0 ? domain::Role::operatorRole : domain::Role::admin;
}

void checkReach(TableReader& in, const AgentSettings& settings) {
    if (settings.certificateFile.empty() != settings.keyFile.empty()) {
        const bool hasKey = settings.certificateFile.empty();
        in.complain(hasKey ? "tls_key_file" : "tls_cert_file",
                    hasKey ? "needs tls_cert_file beside it" : "needs tls_key_file beside it");
    }
    if (isLoopback(settings.address)) return;
    if (settings.certificateFile.empty()) {
        in.complain("address",
                    fmt::format("is {}, which others can reach; needed for it: tls_cert_file and tls_key_file",
                                inQuotes(settings.address)));
    }
    if (settings.tokens.empty()) {
        in.complain("address", fmt::format("is {}, which others can reach; needed for it: at least one [[agent.token]]",
                                           inQuotes(settings.address)));
    }
}

}  // namespace

bool isLoopback(const std::string& address) {
    in_addr four{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six{};
    return ::inet_pton(AF_INET6, address.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

AgentSettings readAgent(const toml::table& table, const Folder& folder, Notes& notes) {
    TableReader in(table, "agent: ", notes);
    const std::size_t before = notes.count();
    AgentSettings settings;
    settings.name = readName(in, "name", Need::optional, {});
    settings.address = in.text("address").value_or(settings.address);
    std::array<unsigned char, sizeof(in6_addr)> place{};
    if (::inet_pton(AF_INET, settings.address.c_str(), place.data()) != 1 &&
        ::inet_pton(AF_INET6, settings.address.c_str(), place.data()) != 1) {
        in.complain("address", fmt::format("is {}; allowed: a numeric address such as \"127.0.0.1\", \"::1\" or "
                                           "\"0.0.0.0\"",
                                           inQuotes(settings.address)));
    }
    settings.port = static_cast<std::uint16_t>(in.whole("port", 0, 65'535).value_or(settings.port));
    settings.certificateFile = readPath(in, "tls_cert_file", folder);
    settings.keyFile = readPath(in, "tls_key_file", folder);
    settings.stateDir = readPath(in, "state_dir", folder);
    settings.allowedHosts = readHosts(in, "allowed_hosts", "a list of names such as [\"fusebox.example\"]");
    settings.allowedOrigins = readHosts(in, "allowed_origins", "a list of origins such as [\"https://ops.example\"]");
    settings.tokens = readTokens(in, folder, notes);
    if (const toml::table* limits = in.table("limits")) settings.limits = readLimits(*limits, notes);
    if (const toml::table* rights = in.table("rights")) settings.forceClosed = readForceClosed(*rights, notes);
    in.finish();
    if (notes.count() == before) checkReach(in, settings);
    return settings;
}

JournalSettings readJournal(const toml::table& table, const Folder& folder, Notes& notes) {
    TableReader in(table, "journal: ", notes);
    JournalSettings settings;
    settings.enabled = in.truth("enabled").value_or(settings.enabled);
    settings.file = readPath(in, "file", folder);
    settings.age = in.duration("age", std::chrono::hours(1), std::chrono::hours(24 * 3660)).value_or(settings.age);
    settings.size = in.bytes("size", 16ULL << 20U, 1ULL << 40U).value_or(settings.size);
    in.finish();
    return settings;
}

LogSettings readLog(const toml::table& table, const Folder& folder, Notes& notes) {
    TableReader in(table, "log: ", notes);
    LogSettings settings;
    if (const auto level = in.choice("level", {"debug", "info", "warning", "error"})) {
        settings.level = static_cast<LogLevel>(*level);
    }
    settings.file = readPath(in, "file", folder);
    if (const auto format = in.choice("format", {"json", "text"})) settings.format = static_cast<LogFormat>(*format);
    in.finish();
    return settings;
}

}  // namespace fusebox::config
