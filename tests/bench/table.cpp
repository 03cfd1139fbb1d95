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
        // Real time is given per iteration of all threads together; a caller wants to know what one call costs it.
        const int threads = static_cast<int>(run.threads);
        row.nanoseconds[threads] = run.GetAdjustedRealTime() * threads;
        for (const auto& [name, counter] : run.counters) {
            row.counters[name] = counter.value;
        }
    }
}

double Table::single(const std::string& name) const {
    const auto row = m_rows.find(name);
    if (row == m_rows.end() || !row->second.nanoseconds.contains(1)) {
        return std::nan("");
    }
    return row->second.nanoseconds.at(1);
}

void Table::print() const {
    fmt::print("{:<44} {:>12} {:>12} {:>9}  {}\n", "ns per call", "1 thread", "2 threads", "1 -> 2", "");
    for (const std::string& name : m_order) {
        const Row& row = m_rows.at(name);
        const auto one = row.nanoseconds.find(1);
        const auto two = row.nanoseconds.find(2);
        std::string line = fmt::format("{:<44}", name);
        line += one == row.nanoseconds.end() ? fmt::format(" {:>12}", "") : fmt::format(" {:>12.1f}", one->second);
        line += two == row.nanoseconds.end() ? fmt::format(" {:>12}", "") : fmt::format(" {:>12.1f}", two->second);
        if (one != row.nanoseconds.end() && two != row.nanoseconds.end()) {
            line += fmt::format(" {:>9.2f}", 2.0 * one->second / two->second);
        } else {
            line += fmt::format(" {:>9}", "");
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
