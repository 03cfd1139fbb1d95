#include <fusebox/config/settings.h>

#include <algorithm>

namespace fusebox::config {

namespace {

template <typename Settings>
struct AdapterOf;
template <>
struct AdapterOf<adapters::HttpSettings> : std::type_identity<adapters::HttpAdapter> {};
template <>
struct AdapterOf<adapters::TcpSettings> : std::type_identity<adapters::TcpAdapter> {};
template <>
struct AdapterOf<adapters::SqliteSettings> : std::type_identity<adapters::SqliteAdapter> {};
template <>
struct AdapterOf<adapters::PostgresSettings> : std::type_identity<adapters::PostgresAdapter> {};
template <>
struct AdapterOf<adapters::RedisSettings> : std::type_identity<adapters::RedisAdapter> {};
template <>
struct AdapterOf<adapters::DnsSettings> : std::type_identity<adapters::DnsAdapter> {};

}  // namespace

bool ActionSettings::saysTheSameAs(const ActionSettings& other) const {
    return action == other.action && mode == other.mode && limits == other.limits && causes == other.causes &&
           errorText == other.errorText && program == other.program && share == other.share &&
           returning == other.returning;
}

bool Dependency::isCalledLike(const Dependency& other) const {
    return name == other.name && group == other.group && adapter == other.adapter && backups == other.backups &&
           traffic == other.traffic && handling == other.handling &&
           std::equal(actions.begin(), actions.end(), other.actions.begin(), other.actions.end(),
                      [](const ActionSettings& a, const ActionSettings& b) { return a.saysTheSameAs(b); });
}

const std::vector<std::string_view>& kinds() {
    static const std::vector<std::string_view> words{"http", "tcp", "sqlite", "postgres", "redis", "dns"};
    return words;
}

std::string_view kindOf(const AdapterSettings& settings) {
    return kinds()[settings.index()];
}

breaker::CircuitBreakerConfig builtInBreaker() {
    breaker::CircuitBreakerConfig config = breaker::CircuitBreakerConfig::balanced();
    config.consecutiveFailuresThreshold = 5;
    return config;
}

base::Result<std::unique_ptr<adapters::DataAdapter>> createAdapter(const AdapterSettings& settings,
                                                                   const base::Clock& clock) {
    return std::visit([&]<typename One>(const One& one) { return AdapterOf<One>::type::create(one, clock); }, settings);
}

std::unique_ptr<collector::Pace> createPace(const Traffic& traffic) {
    switch (traffic.kind) {
        case Traffic::Kind::interval:
            return std::make_unique<collector::IntervalPace>(traffic.interval, traffic.jitter);
        case Traffic::Kind::rate:
            return std::make_unique<collector::PoissonPace>(traffic.rate);
        case Traffic::Kind::never:
            break;
    }
    return std::make_unique<collector::ManualPace>();
}

}  // namespace fusebox::config
