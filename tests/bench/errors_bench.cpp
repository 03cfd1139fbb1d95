// What it costs to find the pattern of a message and the category of an error.

#include <fusebox/base/tsc_clock.h>
#include <fusebox/errors/error_classifier.h>
#include <fusebox/errors/pattern_miner.h>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::bench {

namespace {

/// Real logs that lie beside the tree, one after the other; empty where there are none.
const std::string& logs() {
    static const std::string all = [] {
        std::vector<std::filesystem::path> files;
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(FUSEBOX_BENCH_LOGS, none)) {
            if (std::filesystem::exists(entry.path() / "content.txt")) files.push_back(entry.path() / "content.txt");
        }
        std::sort(files.begin(), files.end());
        std::string text;
        for (const auto& path : files) {
            std::ifstream file(path, std::ios::binary);
            text.append(std::istreambuf_iterator<char>(file), {});
            if (!text.empty() && text.back() != '\n') text += '\n';
        }
        return text;
    }();
    return all;
}

/// Reads the logs line by line, again and again.
class Lines {
public:
    std::string_view next() {
        if (m_at == logs().size()) m_at = 0;
        const char* const begin = logs().data() + m_at;
        const auto* const end = static_cast<const char*>(std::memchr(begin, '\n', logs().size() - m_at));
        m_at += static_cast<std::size_t>(end - begin) + 1;
        return {begin, static_cast<std::size_t>(end - begin)};
    }
    [[nodiscard]] bool atEnd() const { return m_at == logs().size(); }

private:
    std::size_t m_at = 0;
};

/// The shortest time of many steps in a row: what a step costs while nothing else uses the core.
class BestSlice {
public:
    explicit BestSlice(int steps) : m_slice(steps) {}

    void step() {
        if (++m_steps % m_slice != 0) return;
        const base::Time now = m_clock.now();
        m_best = std::min(m_best, now - m_last);
        m_last = now;
    }
    [[nodiscard]] double nanoseconds() const { return static_cast<double>(m_best.count()) / m_slice; }

private:
    int m_slice;
    base::TscClock m_clock;
    base::Time m_last = m_clock.now();
    base::Duration m_best = std::chrono::hours(1);
    int m_steps = 0;
};

void readLines(benchmark::State& state) {
    if (logs().empty()) {
        state.SkipWithError("no logs beside the tree");
        return;
    }
    Lines lines;
    for (auto _ : state) {
        benchmark::DoNotOptimize(lines.next().size());
    }
    state.counters["M lines/s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) / 1e6, benchmark::Counter::kIsRate);
}

void mineLines(benchmark::State& state) {
    if (logs().empty()) {
        state.SkipWithError("no logs beside the tree");
        return;
    }
    errors::PatternMiner miner;
    Lines lines;
    for (int pass = 0; pass < 2; ++pass) {  // warm: all templates are known
        do {
            (void)miner.add(lines.next(), {});
        } while (!lines.atEnd());
        (void)miner.patterns();
    }
    BestSlice best(16'000);  // all logs once
    for (auto _ : state) {
        benchmark::DoNotOptimize(miner.add(lines.next(), {}));
        best.step();
    }
    state.counters["best ns"] = best.nanoseconds();
    state.counters["M lines/s"] = 1e3 / best.nanoseconds();
}

domain::Error error(std::string type, std::string message, domain::CodeSystem system, std::string code) {
    domain::Error made;
    made.type = std::move(type);
    made.message = std::move(message);
    made.codeSystem = system;
    made.code = std::move(code);
    return made;
}

/// As adapters report them: with and without a code that tells, with a name, with a text alone.
std::vector<domain::Error> typicalErrors() {
    using domain::CodeSystem;
    return {
        error("HttpError", "upstream connect error or disconnect/reset before headers", CodeSystem::http, "503"),
        error("CurlError", "Failed to connect to 10.0.0.7 port 8081 after 2003 ms: Connection timed out",
              CodeSystem::curl, "28"),
        error("PgError", "FATAL:  password authentication failed for user \"orders\"", CodeSystem::sqlState, "28P01"),
        error("RedisError", "LOADING Redis is loading the dataset in memory", CodeSystem::redis, "LOADING"),
        error("java.net.SocketTimeoutException", "Read timed out", CodeSystem::none, ""),
        error("", "rate limit exceeded for key 4711, retry after 30 seconds", CodeSystem::none, ""),
        error("OrderNotFoundException", "no order 81237 for customer 77 in region eu-west-1", CodeSystem::none, ""),
        error("HttpError", "{\"error\":{\"code\":500,\"message\":\"deadlock detected while updating stock\"}}",
              CodeSystem::http, "500"),
    };
}

void classifyErrors(benchmark::State& state) {
    const errors::ErrorClassifier classifier;
    const std::vector<domain::Error> all = typicalErrors();
    std::size_t at = 0;
    BestSlice best(800);
    for (auto _ : state) {
        benchmark::DoNotOptimize(classifier.classify(all[at]));
        at = (at + 1) % all.size();
        best.step();
    }
    state.counters["best ns"] = best.nanoseconds();
}

const bool kRegistered = [] {
    const auto repeat = [](benchmark::internal::Benchmark* bench) { bench->Repetitions(5)->ReportAggregatesOnly(); };
    benchmark::RegisterBenchmark("a line is read", readLines)->Apply(repeat);
    benchmark::RegisterBenchmark("a line is read and finds its pattern", mineLines)->Apply(repeat);
    benchmark::RegisterBenchmark("an error is classified", classifyErrors)->Apply(repeat);
    return true;
}();

}  // namespace

}  // namespace fusebox::bench
