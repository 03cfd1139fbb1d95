#pragma once
// Collects what Google Benchmark measured and prints it as one table with ratios.
// Time: nanoseconds of CPU per call, the median of the repetitions: what else the machine does hardly shows. The wall time
// of two threads stands beside it, since waiting for a lock costs no CPU; it is true only on a quiet machine.

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace fusebox::bench {

class Table final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context& context) override;
    void ReportRuns(const std::vector<Run>& runs) override;
    void print() const;

private:
    struct Row {
        std::map<int, double> cpu;   ///< nanoseconds by number of threads
        std::map<int, double> wall;  ///< nanoseconds by number of threads
        std::map<std::string, double> counters;
    };

    Row& rowOf(const std::string& name);
    void printGoals() const;
    [[nodiscard]] double single(const std::string& name) const;
    [[nodiscard]] double counter(const std::string& name, const std::string& which) const;

    std::vector<std::string> m_order;
    std::map<std::string, Row> m_rows;
};

}  // namespace fusebox::bench
