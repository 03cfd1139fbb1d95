// What a guarded call costs, beside what it is made of. Two threads share one breaker.

#include <fusebox/base/clock_reading.h>
#include <fusebox/base/tsc_clock.h>
#include <fusebox/breaker/circuit_breaker.h>

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <utility>

namespace fusebox::bench {

namespace {

using breaker::CircuitBreaker;
using breaker::CircuitBreakerConfig;
using breaker::Timing;

const base::SteadyClock& steadyClock() {
    static const base::SteadyClock clock;
    return clock;
}

const base::TscClock& tscClock() {
    static const base::TscClock clock;
    return clock;
}

std::shared_ptr<CircuitBreaker> makeBreaker(const CircuitBreakerConfig& config, const base::Clock& clock) {
    domain::Identity identity;
    identity.id = domain::BreakerId("bench");
    identity.name = "bench";
    return CircuitBreaker::create(std::move(identity), config, clock).value();
}

/// Never trips, so that failures can be measured in CLOSED.
CircuitBreakerConfig untrippable(Timing timing) {
    CircuitBreakerConfig config;
    config.failureRateThreshold.reset();
    config.totalOutageFailures.reset();
    config.timing = timing;
    return config;
}

/// The work that is guarded: a call that the compiler may not see through.
[[gnu::noinline]] std::uint64_t work(std::uint64_t x) {
    benchmark::DoNotOptimize(x);
    return x + 1;
}

void bareCall(benchmark::State& state) {
    std::uint64_t x = 0;
    for (auto _ : state) {
        x = work(x);
    }
    benchmark::DoNotOptimize(x);
}

void clockRead(benchmark::State& state, const base::Clock& clock) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(clock.now());
    }
}

void tscRead(benchmark::State& state) {
    const base::FastClock fast(tscClock());
    for (auto _ : state) {
        benchmark::DoNotOptimize(fast.nowNs());
    }
}

void bareTscRead(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(base::processorTicks());
    }
}

void fetchAdd(benchmark::State& state) {
    // One counter per thread, a cache line apart: nobody contends.
    struct alignas(128) Cell {
        std::atomic<std::uint64_t> count{0};
    };
    static Cell cells[2];
    auto& count = cells[state.thread_index() % 2].count;
    for (auto _ : state) {
        benchmark::DoNotOptimize(count.fetch_add(1, std::memory_order_relaxed));
    }
}

void guardedSuccess(benchmark::State& state, CircuitBreaker& guard) {
    std::uint64_t x = 0;
    for (auto _ : state) {
        auto acquired = guard.tryAcquire();
        x = work(x);
        acquired.permit().success();
    }
    benchmark::DoNotOptimize(x);
    if (state.thread_index() == 0) {
        state.counters["bytes"] = static_cast<double>(guard.bytes());
    }
}

void refuse(benchmark::State& state, CircuitBreaker& guard) {
    for (auto _ : state) {
        auto acquired = guard.tryAcquire();
        benchmark::DoNotOptimize(acquired.permitted());
    }
}

void failureByError(benchmark::State& state, CircuitBreaker& guard) {
    auto error = std::make_shared<domain::Error>();
    error->type = "ConnectionRefused";
    error->message = "connection refused";
    error->category = domain::Category::transient;
    const domain::ErrorRef ready = error;
    std::uint64_t x = 0;
    for (auto _ : state) {
        auto acquired = guard.tryAcquire();
        x = work(x);
        acquired.permit().failure(ready);
    }
    benchmark::DoNotOptimize(x);
}

void failureByException(benchmark::State& state, CircuitBreaker& guard) {
    for (auto _ : state) {
        try {
            [[maybe_unused]] const auto result =
                guard.call([]() -> std::uint64_t { throw std::runtime_error("connection refused"); });
        } catch (const std::runtime_error&) {
            benchmark::ClobberMemory();
        }
    }
}

void throwAlone(benchmark::State& state) {
    for (auto _ : state) {
        try {
            throw std::runtime_error("connection refused");
        } catch (const std::runtime_error&) {
            benchmark::ClobberMemory();
        }
    }
}

template <typename Body>
void onOneAndTwoThreads(const char* name, Body body) {
    for (const int threads : {1, 2}) {
        benchmark::RegisterBenchmark(name, body)
            ->Threads(threads)
            ->UseRealTime()
            ->Repetitions(5)
            ->ReportAggregatesOnly();
    }
}

void registerGuarded(const char* name, void (*body)(benchmark::State&, CircuitBreaker&),
                     std::shared_ptr<CircuitBreaker> guard) {
    onOneAndTwoThreads(name, [body, guard = std::move(guard)](benchmark::State& state) { body(state, *guard); });
}

const bool kRegistered = [] {
    const base::Clock& steady = steadyClock();
    const base::Clock& clock = tscClock();
    onOneAndTwoThreads("bare call", bareCall);
    onOneAndTwoThreads("steady clock read", [&steady](benchmark::State& state) { clockRead(state, steady); });
    onOneAndTwoThreads("TSC instruction alone", bareTscRead);
    onOneAndTwoThreads("TSC clock read", tscRead);
    onOneAndTwoThreads("fetch_add", fetchAdd);
    registerGuarded("success, counts only", guardedSuccess, makeBreaker(untrippable(Timing::countsOnly), clock));
    registerGuarded("success, sampled 1/16", guardedSuccess, makeBreaker(untrippable(Timing::sampled), clock));
    registerGuarded("success, histogram by TSC", guardedSuccess, makeBreaker(CircuitBreakerConfig::balanced(), clock));
    registerGuarded("success, histogram by steady clock", guardedSuccess,
                    makeBreaker(CircuitBreakerConfig::balanced(), steady));
    auto open = makeBreaker(CircuitBreakerConfig::balanced(), clock);
    (void)open->hold(domain::HoldMode::forceOpen, "bench", "measures refusals");
    registerGuarded("refuse", refuse, std::move(open));
    registerGuarded("failure by error", failureByError, makeBreaker(untrippable(Timing::everyCall), clock));
    onOneAndTwoThreads("throw and catch alone", throwAlone);
    registerGuarded("failure by exception", failureByException, makeBreaker(untrippable(Timing::everyCall), clock));
    return true;
}();

}  // namespace

}  // namespace fusebox::bench
