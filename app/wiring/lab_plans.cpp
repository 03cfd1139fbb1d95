#include <fusebox/adapters/dns_adapter.h>
#include <fusebox/adapters/http_adapter.h>
#include <fusebox/adapters/redis_adapter.h>
#include <fusebox/adapters/sqlite_adapter.h>
#include <fusebox/adapters/tcp_adapter.h>
#include <fusebox/wiring/lab_plans.h>

#include <utility>

namespace fusebox::wiring {
namespace {

using breaker::CircuitBreakerConfig;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kLoopback = "127.0.0.1";
constexpr std::uint32_t kConcurrency = 12;

using Made = base::Result<std::unique_ptr<adapters::DataAdapter>>;

adapters::CallLimits limitsOf(const lab::ServiceCard& card) {
    // The search is slow by nature; whoever waits for the others for half a second waits in vain.
    return {milliseconds(300), card.name == "search-api" ? milliseconds(1500) : milliseconds(500)};
}

Made httpAdapter(const lab::ServiceCard& card, const base::Clock& clock) {
    adapters::HttpSettings settings;
    settings.url = card.address;
    settings.bodyContains = card.goodAnswer;
    settings.bearerToken = card.token;
    settings.limits = limitsOf(card);
    return adapters::HttpAdapter::create(std::move(settings), clock);
}

Made tcpAdapter(const lab::ServiceCard& card, const base::Clock& clock) {
    adapters::TcpSettings settings;
    settings.host = kLoopback;
    settings.port = card.port;
    settings.banner = card.goodAnswer;
    settings.limits = limitsOf(card);
    return adapters::TcpAdapter::create(std::move(settings), clock);
}

Made redisAdapter(const lab::ServiceCard& card, const base::Clock& clock) {
    adapters::RedisSettings settings;
    settings.host = kLoopback;
    settings.port = card.port;
    settings.expectedReply = card.goodAnswer;
    settings.limits = limitsOf(card);
    return adapters::RedisAdapter::create(std::move(settings), clock);
}

Made sqliteAdapter(const lab::ServiceCard& card, const base::Clock& clock) {
    adapters::SqliteSettings settings;
    settings.file = card.path;
    settings.query = card.goodAnswer;
    settings.busyTimeout = milliseconds(250);
    settings.limits = limitsOf(card);
    return adapters::SqliteAdapter::create(std::move(settings), clock);
}

Made dnsAdapter(const lab::ServiceCard& card, const base::Clock& clock) {
    adapters::DnsSettings settings;
    settings.name = card.path;
    settings.server = kLoopback;
    settings.serverPort = card.port;
    settings.expectedAddress = card.goodAnswer;
    settings.limits = limitsOf(card);
    return adapters::DnsAdapter::create(std::move(settings), clock);
}

Made adapterFor(const lab::ServiceCard& card, const base::Clock& clock) {
    if (card.kind == "http") return httpAdapter(card, clock);
    if (card.kind == "tcp") return tcpAdapter(card, clock);
    if (card.kind == "redis") return redisAdapter(card, clock);
    if (card.kind == "sqlite") return sqliteAdapter(card, clock);
    if (card.kind == "dns") return dnsAdapter(card, clock);
    return base::trouble(base::TroubleCode::internal, "no adapter calls services of kind " + card.kind);
}

// `good` probes of `of` close it: several, so that HALF_OPEN lasts long enough to be seen.
void askFor(CircuitBreakerConfig& config, std::uint32_t good, std::uint32_t of) {
    config.halfOpenMaxRequests = of;
    config.successThreshold = good;
    config.halfOpenFailureThreshold = of - good + 1;
}

CircuitBreakerConfig balancedWithProbes() {
    CircuitBreakerConfig config = CircuitBreakerConfig::balanced();
    askFor(config, 4, 5);
    return config;
}

// Opens on a run of failures, waits a fixed time.
CircuitBreakerConfig byRunOfFailures() {
    CircuitBreakerConfig config = CircuitBreakerConfig::balanced();
    config.failureRateThreshold.reset();
    config.totalOutageFailures.reset();
    config.consecutiveFailuresThreshold = 5;
    config.backoff = breaker::Backoff::fixed;
    config.jitter = breaker::Jitter::none;
    config.openTimeout = seconds(6);
    askFor(config, 3, 4);
    return config;
}

// Looks at the last calls instead of the last seconds.
CircuitBreakerConfig byLastCalls() {
    CircuitBreakerConfig config = CircuitBreakerConfig::balanced();
    config.totalOutageFailures.reset();  // looks at time, which this window does not know
    config.windowKind = breaker::WindowKind::count;
    config.windowCalls = 40;
    config.openTimeout = seconds(2);
    config.maxBackoff = seconds(8);
    askFor(config, 4, 6);
    return config;
}

// Opens on slowness, too.
CircuitBreakerConfig bySlowness() {
    CircuitBreakerConfig config = CircuitBreakerConfig::balanced();
    config.slowCallDuration = milliseconds(800);
    config.slowCallRateThreshold = 0.6;
    config.halfOpenSlowCallsFail = true;
    config.openTimeout = seconds(3);
    config.maxBackoff = seconds(10);
    askFor(config, 3, 4);
    return config;
}

// The original specification's rules, with a wait that suits a short story.
CircuitBreakerConfig classicWithShortWait() {
    CircuitBreakerConfig config = CircuitBreakerConfig::classic();
    config.openTimeout = seconds(8);
    return config;
}

CircuitBreakerConfig breakerFor(const lab::ServiceCard& card) {
    if (card.name == "search-api") return bySlowness();
    if (card.name == "mail-relay") return byRunOfFailures();
    if (card.name == "ledger-db") return classicWithShortWait();
    if (card.name == "session-cache") return byLastCalls();
    if (card.name == "orders-api" || card.name == "partner-api") return balancedWithProbes();
    return CircuitBreakerConfig::balanced();
}

// As usual, but quick: a story is short, and the lab's calls do no harm.
handling::Policy labHandling() {
    handling::Policy policy;
    policy.retry.idempotent = true;
    policy.retry.attempts = 2;
    policy.retry.baseDelay = milliseconds(50);
    policy.retry.maxDelay = milliseconds(400);
    policy.retry.retryAfterCap = seconds(1);
    policy.retry.deadline = seconds(2);
    return policy;
}

}  // namespace

base::Result<DependencyPlan> labPlan(const lab::ServiceCard& card, std::shared_ptr<collector::PoissonPace> pace,
                                     const base::Clock& clock) {
    Made adapter = adapterFor(card, clock);
    if (!adapter) {
        return base::trouble(adapter.error().code, "the lab's service cannot be called", card.name,
                             adapter.error().text());
    }
    DependencyPlan plan;
    plan.identity = identityOf(card.name, **adapter, "lab");
    plan.breaker = breakerFor(card);
    plan.adapter = std::move(*adapter);
    plan.pace = std::move(pace);
    plan.concurrency = kConcurrency;
    plan.handling = labHandling();
    return plan;
}

}  // namespace fusebox::wiring
