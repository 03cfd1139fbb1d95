// One frame of 1,000 breakers, from the counters to the console's models. Its period is 100 ms.

#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/models/events_model.h>
#include <fusebox/models/fleet_model.h>
#include <fusebox/models/history_book.h>
#include <fusebox/sources/local_source.h>

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <memory>
#include <utility>
#include <vector>

namespace fusebox::bench {

namespace {

constexpr int kBreakers = 1000;
constexpr int kCallsPerFrame = 10;

/// 1,000 breakers with steady traffic and a model for each part of the window.
struct Console {
    base::ManualClock clock;
    std::shared_ptr<breaker::CircuitBreakerManager> manager = std::make_shared<breaker::CircuitBreakerManager>(clock);
    collector::BackgroundCollector collector{clock};
    std::vector<std::shared_ptr<breaker::CircuitBreaker>> breakers;
    models::FleetModel fleet;
    models::HistoryBook history;
    models::EventsModel events;

    Console() {
        collector.addSource(std::make_shared<sources::LocalSource>(manager));
        for (int i = 0; i < kBreakers; ++i) {
            domain::Identity identity;
            identity.id = domain::BreakerId(fmt::format("service-{:04}", i));
            identity.name = identity.id.value;
            breakers.push_back(manager->create(std::move(identity), breaker::CircuitBreakerConfig::balanced()).value());
        }
    }

    void makeCalls() {
        for (std::size_t i = 0; i < breakers.size(); ++i) {
            for (int call = 0; call < kCallsPerFrame; ++call) {
                breakers[i]->recordSuccess(std::chrono::microseconds(200 + 7 * static_cast<int>(i) + 50 * call));
            }
        }
        clock.advance(std::chrono::milliseconds(100));
    }
};

void gatherFrame(benchmark::State& state) {
    Console console;
    for (auto _ : state) {
        state.PauseTiming();
        console.makeCalls();
        state.ResumeTiming();
        benchmark::DoNotOptimize(console.collector.publishFrame());
    }
}

void applyFrame(benchmark::State& state) {
    Console console;
    console.fleet.setSort(models::FleetModel::P95, Qt::DescendingOrder);
    for (auto _ : state) {
        state.PauseTiming();
        console.makeCalls();
        const domain::FrameRef frame = console.collector.publishFrame();
        state.ResumeTiming();
        console.fleet.apply(*frame);
        console.history.apply(*frame);
        console.events.apply(*frame);
    }
}

const bool kRegistered = [] {
    benchmark::RegisterBenchmark("frame of 1,000 breakers, gathered", gatherFrame)->UseRealTime();
    benchmark::RegisterBenchmark("frame of 1,000 breakers, applied to the models", applyFrame)->UseRealTime();
    return true;
}();

}  // namespace

}  // namespace fusebox::bench
