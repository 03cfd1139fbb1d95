#include <fusebox/ctl/patterns_command.h>

#include <fusebox/ctl/log_lines.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/errors/pattern_miner.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::ctl {

namespace {

/// Ids of lines wait for the end of the input, since later lines may show that earlier ones belong together; 8 bytes each. After
/// that many (256 MB) those that wait are printed as far as is known.
constexpr std::size_t kMostWaiting = std::size_t{32} * 1024 * 1024;

struct PatternsArguments {
    std::string file = "-";
    bool ids = false;
    bool json = false;
};

/// A log has no common form of time; what can be said of each line is its number.
base::WallTime stampOf(std::uint64_t line) {
    return base::WallTime(std::chrono::milliseconds(line));
}

std::string idText(domain::PatternId id) {
    return fmt::format("{:016x}", id.value);
}

void printIds(errors::PatternMiner& miner, std::vector<domain::PatternId>& waiting) {
    std::string text;
    for (const domain::PatternId id : waiting) {
        text += idText(miner.current(id));
        text += '\n';
    }
    fmt::print("{}", text);
    waiting.clear();
}

std::string asJson(const errors::Pattern& pattern) {
    nlohmann::ordered_json line;
    line["id"] = idText(pattern.id);
    line["template"] = pattern.text;
    line["count"] = pattern.count;
    line["first_line"] = pattern.firstSeen.time_since_epoch().count();
    line["last_line"] = pattern.lastSeen.time_since_epoch().count();
    line["samples"] = nlohmann::ordered_json::array();
    for (const errors::PatternSample& sample : pattern.samples) {
        line["samples"].push_back(sample.text);
    }
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string asText(const errors::Pattern& pattern) {
    std::string text = fmt::format("{:>10}  {}  {}\n", pattern.count, idText(pattern.id), printable(pattern.text));
    for (const errors::PatternSample& sample : pattern.samples) {
        if (sample.text != pattern.text) text += fmt::format("{:>28}  {}\n", "", printable(sample.text));
    }
    return text;
}

void mine(std::istream& in, const PatternsArguments& arguments) {
    LogLines lines(in);
    errors::PatternMiner miner;
    std::vector<domain::PatternId> waiting;
    std::uint64_t number = 0;
    while (const auto line = lines.next()) {
        const domain::PatternId id = miner.add(*line, stampOf(++number));
        if (!arguments.ids) continue;
        waiting.push_back(id);
        if (waiting.size() >= kMostWaiting) printIds(miner, waiting);
    }
    if (arguments.ids) {
        printIds(miner, waiting);
        return;
    }
    for (const errors::Pattern& pattern : miner.patterns()) {
        fmt::print("{}", arguments.json ? asJson(pattern) + '\n' : asText(pattern));
    }
}

ExitCode minePatterns(const PatternsArguments& arguments) {
    if (arguments.file == "-") {
        std::ios::sync_with_stdio(false);
        mine(std::cin, arguments);
        return ExitCode::ok;
    }
    std::ifstream file(arguments.file, std::ios::binary);
    if (!file) {
        fmt::print(stderr, "fuseboxctl: {}: cannot be read\n", arguments.file);
        return ExitCode::badInput;
    }
    mine(file, arguments);
    return ExitCode::ok;
}

}  // namespace

void addPatternsCommand(CLI::App& errors, ExitCode& exit) {
    const auto arguments = std::make_shared<PatternsArguments>();
    CLI::App* patterns =
        errors.add_subcommand("patterns", "Sort the lines of a log into patterns, the most frequent first");
    patterns->add_option("FILE", arguments->file, "the log; - or nothing: standard input");
    CLI::Option* ids = patterns->add_flag("--ids", arguments->ids, "only the id of each line's pattern, a line each");
    patterns->add_flag("--json", arguments->json, "one JSON object a line: id, template, count, lines, samples")
        ->excludes(ids);
    patterns->callback([arguments, &exit] { exit = minePatterns(*arguments); });
}

}  // namespace fusebox::ctl
