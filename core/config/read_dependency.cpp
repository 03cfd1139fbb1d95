#include <fusebox/config/read_dependency.h>

#include <fusebox/base/text.h>
#include <fusebox/config/load.h>
#include <fusebox/config/read_adapter.h>
#include <fusebox/config/read_breaker.h>
#include <fusebox/config/read_handling.h>
#include <fusebox/config/read_recovery.h>

#include <fmt/format.h>

namespace fusebox::config {

namespace {

constexpr base::Duration kShortestInterval = std::chrono::milliseconds(1);
constexpr base::Duration kLongestInterval = std::chrono::hours(24);
constexpr base::Duration kShortestTimeout = std::chrono::milliseconds(1);
constexpr base::Duration kLongestTimeout = std::chrono::hours(1);
constexpr double kLeastRate = 0.0001;
constexpr double kMostRate = 10'000;
constexpr std::int64_t kMostConcurrency = 256;

/// Why the name is none; markup, emoji and right-to-left text are fine.
std::optional<std::string> objectionToName(std::string_view name, std::size_t least) {
    const auto characters = base::decodeUtf8(name);
    if (!characters || characters->size() < least || characters->size() > kLongestName ||
        (least > 0 && base::isBlank(name))) {
        return fmt::format("is {}; allowed: {} to {} printable characters", inQuotes(name), least, kLongestName);
    }
    if (name.find('\n') != std::string_view::npos || name.find('\r') != std::string_view::npos) {
        return fmt::format("is {}, which holds a line break; allowed: one line", inQuotes(name));
    }
    if (base::hasControl(name)) {
        return fmt::format("is {}, which holds control characters; allowed: printable characters", inQuotes(name));
    }
    return std::nullopt;
}

std::string readName(TableReader& in, std::string_view key, Need need, std::string fallback) {
    const auto given = in.text(key, need);
    if (!given) return fallback;
    const std::string name(base::trimmed(*given));
    if (auto objection = objectionToName(name, need == Need::required ? 1 : 0)) in.complain(key, std::move(*objection));
    return name;
}

Traffic readTraffic(TableReader& in, Traffic traffic) {
    const toml::node* interval = in.node("interval");
    if (interval != nullptr && interval->value<std::string_view>() == "never") {
        traffic.kind = Traffic::Kind::never;
    } else if (const auto every = in.duration("interval", kShortestInterval, kLongestInterval)) {
        traffic.kind = Traffic::Kind::interval;
        traffic.interval = *every;
    }
    if (const auto rate = in.number("rate", kLeastRate, kMostRate)) {
        traffic.kind = Traffic::Kind::rate;
        traffic.rate = *rate;
    }
    if (in.has("interval") && in.has("rate")) {
        in.complain("rate", "cannot stand beside interval; allowed: one of them");
    }
    traffic.jitter = in.number("jitter", 0, 1).value_or(traffic.jitter);
    traffic.concurrency =
        static_cast<std::uint32_t>(in.whole("concurrency", 1, kMostConcurrency).value_or(traffic.concurrency));
    traffic.probeWithoutTraffic = in.truth("probe_without_traffic").value_or(traffic.probeWithoutTraffic);
    return traffic;
}

adapters::CallLimits readLimits(TableReader& in, adapters::CallLimits limits) {
    limits.connectTimeout =
        in.duration("connect_timeout", kShortestTimeout, kLongestTimeout).value_or(limits.connectTimeout);
    limits.totalTimeout = in.duration("total_timeout", kShortestTimeout, kLongestTimeout).value_or(limits.totalTimeout);
    return limits;
}

std::string scopeOf(const toml::table& table) {
    const auto name = table["name"].value<std::string>();
    return name ? fmt::format("dependency {}: ", inQuotes(base::trimmed(*name))) : std::string("dependency: ");
}

}  // namespace

Defaults readDefaults(const toml::table& table, Notes& notes) {
    TableReader in(table, "defaults: ", notes);
    Defaults defaults;
    defaults.group = readName(in, "group", Need::optional, {});
    defaults.traffic = readTraffic(in, defaults.traffic);
    defaults.limits = readLimits(in, defaults.limits);
    if (const toml::table* own = in.table("breaker")) {
        defaults.breaker = readBreaker(*own, "defaults.breaker: ", defaults.breaker, notes);
    }
    if (const toml::table* own = in.table("handling")) {
        defaults.handling = readCommonHandling(*own, "defaults.handling: ", defaults.handling, notes);
    }
    in.finish();
    return defaults;
}

Dependency readDependency(const toml::table& table, const Defaults& defaults, const std::filesystem::path& folder,
                          Notes& notes) {
    const std::size_t before = notes.count();
    const std::string scope = scopeOf(table);
    TableReader in(table, scope, notes);
    Dependency dependency;
    dependency.line = table.source().begin.line;
    dependency.name = readName(in, "name", Need::required, {});
    dependency.group = readName(in, "group", Need::optional, defaults.group);
    dependency.traffic = readTraffic(in, defaults.traffic);
    const adapters::CallLimits limits = readLimits(in, defaults.limits);
    const toml::table* breaker = in.table("breaker");
    dependency.breaker =
        breaker == nullptr ? defaults.breaker : readBreaker(*breaker, scope + "breaker: ", defaults.breaker, notes);

    const toml::table* handling = in.table("handling");
    const auto kind = in.choice("kind", kinds(), Need::required);
    if (!kind) return dependency;  // which further keys are known depends on it
    dependency.adapter = readAdapter(*kind, in, folder, notes);
    dependency.backups = readBackups(dependency.adapter, in);
    dependency.actions =
        readActions(in, scope, dependency.backups.empty() ? Backups::none : Backups::some, folder, notes);
    std::visit([&](auto& settings) { settings.limits = limits; }, dependency.adapter);
    for (auto& backup : dependency.backups) std::visit([&](auto& settings) { settings.limits = limits; }, backup);
    dependency.handling = readHandling(handling, scope + "handling: ", defaults.handling, dependency.adapter, notes);
    in.finish();
    if (notes.count() == before) checkAdapter(dependency.adapter, in);
    if (notes.count() == before) checkBackups(dependency.backups, in);
    return dependency;
}

}  // namespace fusebox::config
