// Runs all benchmarks in one go and prints one table: nanoseconds, and the ratios that the goals are stated in.

#include <fusebox/bench/table.h>

#include <benchmark/benchmark.h>

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 2;
    }
    fusebox::bench::Table table;
    benchmark::RunSpecifiedBenchmarks(&table);
    table.print();
    benchmark::Shutdown();
    return 0;
}
