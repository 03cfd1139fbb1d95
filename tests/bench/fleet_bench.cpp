// What many breakers cost: calls that hop from one to another, their memory, and looking at all of them.

#include <fusebox/base/tsc_clock.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/latency/histogram.h>

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace fusebox::bench {

namespace {

using breaker::CircuitBreaker;
using breaker::CircuitBreakerConfig;
using breaker::CircuitBreakerManager;
using breaker::Timing;

constexpr std::size_t kMany = 100'000;
constexpr std::size_t kFleet = 10'000;

/// So many breakers, each with a thousand calls behind it where they are to be used.
struct Fleet {
    base::TscClock clock;
    CircuitBreakerManager manager{clock};
    std::vector<std::shared_ptr<CircuitBreaker>> breakers;

    Fleet(std::size_t count, Timing timing) {
        CircuitBreakerConfig config;
        config.timing = timing;
        for (std::size_t i = 0; i < count; ++i) {
            domain::Identity identity;
            identity.id = domain::BreakerId(fmt::format("service-{:06}", i));
            breakers.push_back(manager.create(std::move(identity), config).value());
        }
    }

    void makeCalls(int each) {
        for (const auto& guard : breakers) {
            for (int call = 0; call < each; ++call) {
                auto acquired = guard->tryAcquire();
                acquired.permit().took(std::chrono::microseconds(300 + 17 * (call % 100)));
                acquired.permit().success();
            }
        }
    }
};

void randomCalls(benchmark::State& state, Timing timing) {
    Fleet fleet(kMany, timing);
    fleet.makeCalls(1);
    std::uint64_t random = 88'172'645'463'325'252;
    for (auto _ : state) {
        random ^= random << 13;  // xorshift
        random ^= random >> 7;
        random ^= random << 17;
        auto acquired = fleet.breakers[random % kMany]->tryAcquire();
        acquired.permit().success();
    }
}

void snapshots(benchmark::State& state) {
    Fleet fleet(kFleet, Timing::everyCall);
    fleet.makeCalls(100);
    for (auto _ : state) {
        state.PauseTiming();
        fleet.makeCalls(state.range(0) != 0 ? 1 : 0);
        state.ResumeTiming();
        benchmark::DoNotOptimize(fleet.manager.snapshotAll());
    }
}

void quantileRead(benchmark::State& state) {
    latency::Histogram histogram;
    for (int i = 0; i < 10'000; ++i) {
        histogram.record(std::chrono::microseconds(100 + i * i % 50'000));
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(histogram.quantile(0.95));
    }
}

void making(benchmark::State& state) {
    Fleet used(1, Timing::everyCall);
    const std::size_t idle = used.breakers[0]->bytes();
    used.makeCalls(1'000);
    for (auto _ : state) {
        benchmark::DoNotOptimize(Fleet(1, Timing::everyCall).breakers.size());
    }
    state.counters["bytes idle"] = static_cast<double>(idle);
    state.counters["bytes filled"] = static_cast<double>(used.breakers[0]->bytes());
}

const bool kRegistered = [] {
    const auto repeat = [](benchmark::internal::Benchmark* bench) { bench->Repetitions(5)->ReportAggregatesOnly(); };
    benchmark::RegisterBenchmark("random of 100,000, counts only", randomCalls, Timing::countsOnly);
    benchmark::RegisterBenchmark("random of 100,000, histogram", randomCalls, Timing::everyCall);
    benchmark::RegisterBenchmark("snapshots of 10,000, nothing new", snapshots)->Arg(0)->Iterations(20)->Apply(repeat);
    benchmark::RegisterBenchmark("snapshots of 10,000, each called", snapshots)->Arg(1)->Iterations(20)->Apply(repeat);
    benchmark::RegisterBenchmark("P95 read", quantileRead)->Apply(repeat);
    benchmark::RegisterBenchmark("a breaker is made", making)->Apply(repeat);
    return true;
}();

}  // namespace

}  // namespace fusebox::bench
