#include <fusebox/ctl/errors_command.h>

#include <fusebox/ctl/error_records.h>
#include <fusebox/ctl/patterns_command.h>
#include <fusebox/errors/error_classifier.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

namespace fusebox::ctl {

namespace {

struct ClassifyArguments {
    std::string file = "-";
    bool json = false;
};

std::string asJson(const errors::Classification& found) {
    nlohmann::ordered_json line;
    line["category"] = domain::toWord(found.category);
    line["confidence"] = std::round(found.confidence * 1000) / 1000;
    line["evidence"] = found.evidence;
    line["retry_after"] = nullptr;
    if (found.retryAfter) line["retry_after"] = static_cast<double>(found.retryAfter->count()) / 1000;
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

ExitCode classifyAll(std::istream& in, bool json) {
    const errors::ErrorClassifier classifier;
    ErrorRecords records(in);
    for (;;) {
        const auto error = records.next();
        if (!error) {
            std::fflush(stdout);
            fmt::print(stderr, "fuseboxctl: {}\n", error.error().text());
            return ExitCode::badInput;
        }
        if (!*error) return ExitCode::ok;
        const errors::Classification found = classifier.classify(**error);
        fmt::print("{}\n", json ? asJson(found) : std::string(domain::toWord(found.category)));
    }
}

ExitCode classify(const ClassifyArguments& arguments) {
    if (arguments.file == "-") {
        std::ios::sync_with_stdio(false);
        return classifyAll(std::cin, arguments.json);
    }
    std::ifstream file(arguments.file, std::ios::binary);
    if (!file) {
        fmt::print(stderr, "fuseboxctl: {}: cannot be read\n", arguments.file);
        return ExitCode::badInput;
    }
    return classifyAll(file, arguments.json);
}

}  // namespace

void addErrorsCommands(CLI::App& app, ExitCode& exit) {
    CLI::App* errors = app.add_subcommand("errors", "What Fusebox makes of errors");
    errors->require_subcommand(1);

    const auto arguments = std::make_shared<ClassifyArguments>();
    CLI::App* one = errors->add_subcommand("classify", "Tell the category of each error of a table or of JSON lines");
    one->add_option("FILE", arguments->file, "the errors; - or nothing: standard input");
    one->add_flag("--json", arguments->json, "one JSON object a line: category, confidence, evidence, retry_after (s)");
    one->footer(
        "Input: lines with tabs under a header that names the columns (source, code, name, message), or one JSON "
        "object a line "
        "with these keys.");
    one->callback([arguments, &exit] { exit = classify(*arguments); });

    addPatternsCommand(*errors, exit);
}

}  // namespace fusebox::ctl
