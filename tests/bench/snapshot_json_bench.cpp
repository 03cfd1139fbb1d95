// What it costs to write the snapshot of a breaker that is in use as JSON.

#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/domain/snapshot_json.h>

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

namespace fusebox::bench {

namespace {

/// With calls of all outcomes in its window and a latency of its own.
domain::Snapshot usedSnapshot() {
    static base::ManualClock clock;
    domain::Identity identity;
    identity.id = domain::BreakerId("orders-api");
    identity.name = "orders-api";
    identity.kind = "http";
    identity.target = "http://127.0.0.1:8081/orders";
    identity.group = "shop";
    identity.source = "local";
    const auto breaker = breaker::CircuitBreaker::create(std::move(identity), {}, clock).value();
    for (int i = 0; i < 1000; ++i) {
        auto acquired = breaker->tryAcquire();
        clock.advance(std::chrono::microseconds(1000 + 7 * i % 900));
        if (i % 7 == 0) {
            acquired.permit().failure(domain::Category::transient);
        } else {
            acquired.permit().success();
        }
    }
    return breaker->snapshot();
}

void snapshotToJson(benchmark::State& state) {
    const domain::Snapshot snapshot = usedSnapshot();
    std::string json;
    for (auto _ : state) {
        json.clear();
        domain::appendJson(json, snapshot);
        benchmark::DoNotOptimize(json.data());
    }
    state.counters["bytes"] = static_cast<double>(json.size());
}

[[maybe_unused]] const auto* const kRow =
    benchmark::RegisterBenchmark("snapshot to JSON", snapshotToJson) -> Repetitions(5) -> ReportAggregatesOnly();

}  // namespace

}  // namespace fusebox::bench
