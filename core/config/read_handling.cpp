#include <fusebox/config/read_handling.h>

#include <fusebox/breaker/config_text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::config {

namespace {

using domain::Strategy;

/// In the order of domain::kCategories.
constexpr std::array<std::string_view, domain::kCategoryCount> kCategoryKeys{
    "transient", "permanent", "rate_limit", "authentication", "data_validation", "unknown"};
constexpr std::size_t kLongestDefault = 64 * 1024;

std::optional<Strategy> strategy(TableReader& in, std::string_view key, const std::vector<Strategy>& allowed) {
    std::vector<std::string_view> words;
    for (const Strategy one : allowed) words.push_back(toWord(one));
    const auto chosen = in.choice(key, words);
    return chosen ? std::optional(allowed[*chosen]) : std::nullopt;
}

const std::vector<Strategy>& allStrategies() {
    static const std::vector<Strategy> all(domain::kStrategies.begin(), domain::kStrategies.end());
    return all;
}

const std::vector<Strategy>& lastResorts() {
    static const std::vector<Strategy> some = [] {
        std::vector<Strategy> kept;
        std::copy_if(allStrategies().begin(), allStrategies().end(), std::back_inserter(kept), handling::isLastResort);
        return kept;
    }();
    return some;
}

void readRetry(TableReader& in, handling::RetryRules& retry) {
    using namespace std::chrono_literals;
    retry.attempts = static_cast<std::uint32_t>(in.whole("max_attempts", 1, 100).value_or(retry.attempts));
    retry.baseDelay = in.duration("base_delay", 1ms, 1h).value_or(retry.baseDelay);
    retry.maxDelay = in.duration("max_delay", 1ms, 1h).value_or(retry.maxDelay);
    retry.multiplier = in.number("multiplier", 1, 100).value_or(retry.multiplier);
    const auto words = breaker::wordsOf(breaker::Jitter{});
    if (const auto jitter = in.choice("jitter", {words.begin(), words.end()})) {
        retry.jitter = static_cast<breaker::Jitter>(*jitter);
    }
    retry.retryAfterCap = in.duration("retry_after_cap", 0s, 1h).value_or(retry.retryAfterCap);
    retry.deadline = in.duration("deadline", 1ms, 1h).value_or(retry.deadline);
    retry.budget.share = in.number("retry_share", 0, 10).value_or(retry.budget.share);
    retry.budget.perSecond = in.number("retries_per_second", 0.01, 1'000'000).value_or(retry.budget.perSecond);
    if (retry.maxDelay < retry.baseDelay) {
        in.complain(in.has("max_delay") ? "max_delay" : "base_delay",
                    fmt::format("makes max_delay {} and base_delay {}; allowed: max_delay is not below base_delay",
                                breaker::write(retry.maxDelay), breaker::write(retry.baseDelay)));
    }
}

void readCommon(TableReader& in, Handling& handling) {
    for (std::size_t i = 0; i < kCategoryKeys.size(); ++i) {
        Strategy& current = handling.policy.strategies[i];
        current = strategy(in, kCategoryKeys[i], allStrategies()).value_or(current);
    }
    handling.policy.lastResort = strategy(in, "last_resort", lastResorts()).value_or(handling.policy.lastResort);
    readRetry(in, handling.policy.retry);
    handling.policy.cache.age = in.duration("cache_limit", base::Duration::zero(), std::chrono::hours(24 * 30))
                                    .value_or(handling.policy.cache.age);
    if (const auto said = in.truth("idempotent")) handling.idempotent = said;
}

/// Why this strategy gives nothing here; nothing: it gives something.
std::optional<std::string_view> whatIsMissing(Strategy strategy, const Handling& handling) {
    if (strategy == Strategy::fallbackToDefault && !handling.defaultValue) return "default_value";
    if (strategy == Strategy::gracefulDegradation && handling.reducedPath.empty()) return "reduced_path";
    if (strategy == Strategy::fallbackToCache && handling.policy.cache.age == base::Duration::zero()) {
        return "a cache_limit above zero";
    }
    return std::nullopt;
}

/// A strategy that is chosen by hand must have something to give.
void checkChoices(TableReader& in, const Handling& handling) {
    const auto look = [&](std::string_view key, Strategy chosen) {
        if (!in.has(key)) return;
        if (const auto missing = whatIsMissing(chosen, handling)) {
            in.complain(key, fmt::format("is {}, which needs {} beside it", toWord(chosen), *missing));
        }
    };
    for (std::size_t i = 0; i < kCategoryKeys.size(); ++i) look(kCategoryKeys[i], handling.policy.strategies[i]);
    look("last_resort", handling.policy.lastResort);
}

void readReducedPath(TableReader& in, Handling& handling, const AdapterSettings& adapter) {
    const auto path = in.text("reduced_path");
    if (!path) return;
    const auto isPlain = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
    if (!std::holds_alternative<adapters::HttpSettings>(adapter)) {
        in.complain("reduced_path", "is known to dependencies of kind http only");
    } else if (!path->starts_with('/') || path->starts_with("//") ||
               !std::all_of(path->begin(), path->end(), isPlain)) {
        in.complain("reduced_path",
                    fmt::format("is {}; allowed: a path on the same host such as /summary", inQuotes(*path)));
    } else {
        handling.reducedPath = *path;
    }
}

bool isReading(std::string_view word) {
    constexpr std::array<std::string_view, 9> kReading{"PING", "GET",  "MGET", "EXISTS", "TTL",
                                                       "TYPE", "INFO", "TIME", "DBSIZE"};
    return std::find(kReading.begin(), kReading.end(), word) != kReading.end();
}

}  // namespace

bool repeatsSafely(const AdapterSettings& settings) {
    if (const auto* http = std::get_if<adapters::HttpSettings>(&settings)) {
        // The idempotent methods of RFC 9110.
        constexpr std::array<std::string_view, 6> kSafe{"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};
        return std::find(kSafe.begin(), kSafe.end(), http->method) != kSafe.end();
    }
    if (const auto* tcp = std::get_if<adapters::TcpSettings>(&settings)) return tcp->sendLine.empty();
    if (const auto* sqlite = std::get_if<adapters::SqliteSettings>(&settings)) {
        return sqlite->access == adapters::SqliteSettings::Access::readOnly;
    }
    if (const auto* postgres = std::get_if<adapters::PostgresSettings>(&settings)) {
        return postgres->query == adapters::PostgresSettings{}.query;  // what else a query does is not ours to guess
    }
    if (const auto* redis = std::get_if<adapters::RedisSettings>(&settings)) {
        return !redis->command.empty() && isReading(redis->command.front());
    }
    return true;  // a name is looked up
}

std::optional<AdapterSettings> reducedForm(const AdapterSettings& settings, const Handling& handling) {
    const auto* http = std::get_if<adapters::HttpSettings>(&settings);
    if (http == nullptr || handling.reducedPath.empty()) return std::nullopt;
    adapters::HttpSettings reduced = *http;
    const std::size_t host = reduced.url.find("://");
    const std::size_t end = host == std::string::npos ? host : reduced.url.find_first_of("/?#", host + 3);
    reduced.url = reduced.url.substr(0, end) + handling.reducedPath;
    reduced.bodyContains.clear();  // it gives less
    return reduced;
}

Handling readCommonHandling(const toml::table& table, const std::string& scope, Handling start, Notes& notes) {
    TableReader in(table, scope, notes);
    readCommon(in, start);
    in.finish();
    return start;
}

Handling readHandling(const toml::table* table, const std::string& scope, Handling start,
                      const AdapterSettings& adapter, Notes& notes) {
    if (table != nullptr) {
        TableReader in(*table, scope, notes);
        const std::size_t before = notes.count();
        readCommon(in, start);
        start.defaultValue = in.text("default_value");
        if (start.defaultValue && start.defaultValue->size() > kLongestDefault) {
            in.complain("default_value", "is longer than 64 KiB");
        }
        readReducedPath(in, start, adapter);
        if (notes.count() == before) checkChoices(in, start);
        in.finish();
    }
    start.policy.retry.idempotent = start.idempotent.value_or(repeatsSafely(adapter));
    return start;
}

}  // namespace fusebox::config
