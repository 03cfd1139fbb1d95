#include <fusebox/bench/table.h>

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace fusebox::bench {

namespace {

/// One stated goal: a measured figure divided by what it is compared with.
struct Goal {
    const char* what;
    const char* measured;
    const char* comparedWith;
    double factor;  ///< how many of the compared thing
    double limit;
};

constexpr Goal kGoals[] = {
    {"success, counts only / fetch_add", "success, counts only", "fetch_add", 1, 1.5},
    {"success, sampled 1/16 / fetch_add", "success, sampled 1/16", "fetch_add", 1, 1.6},
    {"success, histogram by TSC / 2 TSC reads", "success, histogram by TSC", "TSC clock read", 2, 1.4},
    {"success, histogram by steady clock / 2 reads", "success, histogram by steady clock", "steady clock read", 2, 1.3},
    {"refuse, counted / fetch_add", "refuse", "fetch_add", 1, 1.3},
    {"failure by error (TSC) / 2 TSC reads", "failure by error", "TSC clock read", 2, 1.6},
};

std::string cell(const std::map<int, double>& byThreads, int threads) {
    const auto found = byThreads.find(threads);
    return found == byThreads.end() ? std::string(12, ' ') : fmt::format("{:>12.1f}", found->second);
}

}  // namespace

bool Table::ReportContext(const Context&) {
    return true;
}

Table::Row& Table::rowOf(const std::string& name) {
    if (m_rows.find(name) == m_rows.end()) {
        m_order.push_back(name);
    }
    return m_rows[name];
}

void Table::ReportRuns(const std::vector<Run>& runs) {
    for (const Run& run : runs) {
        if (run.error_occurred) {
            fmt::print("{}: {}\n", run.benchmark_name(), run.error_message);
            continue;
        }
        const bool repeated = run.repetitions > 1;
        if (repeated && run.aggregate_name != "median") {
            continue;
        }
        Row& row = rowOf(run.run_name.function_name);
        // Wall time is given per iteration of all threads together; a caller wants to know what one call costs it.
        const int threads = static_cast<int>(run.threads);
        row.cpu[threads] = run.GetAdjustedCPUTime();
        row.wall[threads] = run.GetAdjustedRealTime() * threads;
        for (const auto& [name, counter] : run.counters) {
            row.counters[name] = counter.value;
        }
    }
}

double Table::single(const std::string& name) const {
    const auto row = m_rows.find(name);
    if (row == m_rows.end() || !row->second.cpu.contains(1)) {
        return std::nan("");
    }
    return row->second.cpu.at(1);
}

void Table::print() const {
    fmt::print("{:<48} {:>12} {:>12} {:>9} {:>14}\n", "ns per call", "1 thread", "2 threads", "1 -> 2",
               "2, by the wall");
    for (const std::string& name : m_order) {
        const Row& row = m_rows.at(name);
        std::string line = fmt::format("{:<48} {} {}", name, cell(row.cpu, 1), cell(row.cpu, 2));
        if (row.cpu.contains(1) && row.cpu.contains(2)) {
            line += fmt::format(" {:>9.2f} {:>14.1f}", 2.0 * row.cpu.at(1) / row.cpu.at(2), row.wall.at(2));
        }
        for (const auto& [counter, value] : row.counters) {
            line += fmt::format("  {} {:.4g}", counter, value);
        }
        fmt::print("{}\n", line);
    }
    printRatios();
}

void Table::printRatios() const {
    fmt::print("\n{:<48} {:>8} {:>8}\n", "ratio", "is", "goal <=");
    for (const Goal& goal : kGoals) {
        const double ratio = single(goal.measured) / (goal.factor * single(goal.comparedWith));
        if (!std::isnan(ratio)) {
            fmt::print("{:<48} {:>8.2f} {:>8.2f}  {}\n", goal.what, ratio, goal.limit,
                       ratio <= goal.limit ? "reached" : "missed");
        }
    }
}

}  // namespace fusebox::bench
