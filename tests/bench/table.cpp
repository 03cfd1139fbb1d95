#include <fusebox/bench/table.h>

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace fusebox::bench {

namespace {

/// A measured figure divided by what it is compared with.
struct RatioGoal {
    const char* what;
    const char* measured;
    const char* comparedWith;
    double factor;  ///< how many of the compared thing
    double limit;
};

constexpr RatioGoal kRatioGoals[] = {
    {"success, counts only / fetch_add", "success, counts only", "fetch_add", 1, 1.5},
    {"success, sampled 1/16 / fetch_add", "success, sampled 1/16", "fetch_add", 1, 1.6},
    {"success, histogram by TSC / 2 TSC reads", "success, histogram by TSC", "TSC clock read", 2, 1.4},
    {"success, histogram by steady clock / 2 reads", "success, histogram by steady clock", "steady clock read", 2, 1.3},
    {"refuse, counted / fetch_add", "refuse", "fetch_add", 1, 1.3},
    {"failure by error / 2 TSC reads", "failure by error", "TSC clock read", 2, 1.6},
};

/// A figure by itself: nanoseconds, or a counter of the row.
struct PlainGoal {
    const char* what;
    const char* measured;
    const char* counter;  ///< null: nanoseconds
    double limit;
};

constexpr PlainGoal kPlainGoals[] = {
    {"P95 read, ns", "P95 read", nullptr, 1'000},
    {"snapshots of 10,000 breakers, ns", "snapshots of 10,000, each called", nullptr, 10'000'000},
    {"snapshot to JSON, ns", "snapshot to JSON", nullptr, 1'000},
    {"a line finds its pattern, ns (4 M lines/s)", "a line is read and finds its pattern", "best ns", 250},
    {"an error is classified, ns", "an error is classified", "best ns", 1'000},
    {"bytes, no calls yet", "a breaker is made", "bytes idle", 2 * 1024},
    {"bytes, window and histogram filled", "a breaker is made", "bytes filled", 16 * 1024},
    {"bytes, contended", "success, histogram by TSC", "bytes", 64 * 1024},
};

/// Twice the work in the same time would be 2.
constexpr const char* kScaling[] = {"success, counts only", "success, histogram by TSC", "refuse", "failure by error"};
constexpr double kLeastScaling = 1.85;

const char* verdict(bool reached) {
    return reached ? "reached" : "missed";
}

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
    printGoals();
}

void Table::printGoals() const {
    // A guarded call contains the call that is guarded; what the guard adds stands beside the whole.
    fmt::print("\n{:<48} {:>8} {:>8} {:>8}\n", "ratio", "is", "added", "goal <=");
    for (const RatioGoal& goal : kRatioGoals) {
        const double unit = goal.factor * single(goal.comparedWith);
        const double whole = single(goal.measured) / unit;
        const bool guardsCall = std::string_view(goal.measured) != "refuse";
        const double added = guardsCall ? (single(goal.measured) - single("bare call")) / unit : whole;
        if (!std::isnan(whole)) {
            fmt::print("{:<48} {:>8.2f} {:>8.2f} {:>8.2f}  {}{}\n", goal.what, whole, added, goal.limit,
                       verdict(added <= goal.limit),
                       whole > goal.limit && added <= goal.limit ? " without the call" : "");
        }
    }
    fmt::print("\n{:<48} {:>17} {:>8}\n", "scaling from 1 to 2 threads", "is", "goal >=");
    for (const char* name : kScaling) {
        const auto row = m_rows.find(name);
        if (row != m_rows.end() && row->second.cpu.contains(1) && row->second.cpu.contains(2)) {
            const double scaling = 2.0 * row->second.cpu.at(1) / row->second.cpu.at(2);
            fmt::print("{:<48} {:>17.2f} {:>8.2f}  {}\n", name, scaling, kLeastScaling,
                       verdict(scaling >= kLeastScaling));
        }
    }
    fmt::print("\n{:<48} {:>17} {:>8}\n", "figure", "is", "goal <=");
    for (const PlainGoal& goal : kPlainGoals) {
        const double value = goal.counter == nullptr ? single(goal.measured) : counter(goal.measured, goal.counter);
        if (!std::isnan(value)) {
            fmt::print("{:<48} {:>17.0f} {:>8.0f}  {}\n", goal.what, value, goal.limit, verdict(value <= goal.limit));
        }
    }
}

double Table::counter(const std::string& name, const std::string& which) const {
    const auto row = m_rows.find(name);
    if (row == m_rows.end() || !row->second.counters.contains(which)) {
        return std::nan("");
    }
    return row->second.counters.at(which);
}

}  // namespace fusebox::bench
