// fusebox_bench_calls KIND COUNT: makes COUNT calls of one kind and nothing else, for tools that count instructions.

#include <fusebox/base/tsc_clock.h>
#include <fusebox/breaker/circuit_breaker.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>

namespace {

using fusebox::breaker::CircuitBreaker;
using fusebox::breaker::CircuitBreakerConfig;
using fusebox::breaker::Timing;

CircuitBreakerConfig configFor(std::string_view kind) {
    CircuitBreakerConfig config;
    config.failureRateThreshold.reset();
    config.totalOutageFailures.reset();
    config.timing = kind == "counts" ? Timing::countsOnly : kind == "sampled" ? Timing::sampled : Timing::everyCall;
    return config;
}

void makeCalls(CircuitBreaker& guard, std::string_view kind, std::uint64_t count) {
    auto error = std::make_shared<fusebox::domain::Error>();
    error->category = fusebox::domain::Category::transient;
    const fusebox::domain::ErrorRef ready = error;
    if (kind == "refuse") {
        static_cast<void>(guard.hold(fusebox::domain::HoldMode::forceOpen, "bench", "counts refusals"));
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        auto acquired = guard.tryAcquire();
        if (kind == "failure") {
            acquired.permit().failure(ready);
        } else {
            acquired.permit().success();
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t count = 0;
    if (argc != 3 || std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), count).ec != std::errc()) {
        std::fputs("usage: fusebox_bench_calls counts|sampled|histogram|refuse|failure COUNT\n", stderr);
        return 2;
    }
    const fusebox::base::TscClock clock;
    fusebox::domain::Identity identity;
    identity.id = fusebox::domain::BreakerId("bench");
    const auto guard = CircuitBreaker::create(identity, configFor(argv[1]), clock);
    makeCalls(**guard, argv[1], count);
    return 0;
}
