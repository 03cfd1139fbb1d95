#include "rules.h"

#include <algorithm>
#include <regex>

#include "functions.h"

namespace fusebox::tidy {
namespace {

constexpr int kMaxFileLines = 400;
constexpr int kMaxFunctionLines = 70;

using Lines = std::vector<std::string>;

class Report {
public:
    explicit Report(const SourceFile& file) : m_file(file) {}

    void add(std::string rule, int line, std::string what) {
        m_findings.push_back({m_file.path, line, std::move(rule), std::move(what)});
    }
    // One finding for each of the lines in which the pattern is found.
    void addMatches(const std::string& rule, const Lines& lines, const std::regex& pattern) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].find_first_not_of(' ') == std::string::npos) continue;
            std::smatch match;
            if (std::regex_search(lines[i], match, pattern)) add(rule, static_cast<int>(i) + 1, match.str());
        }
    }
    std::vector<Finding> take() { return std::move(m_findings); }

private:
    const SourceFile& m_file;
    std::vector<Finding> m_findings;
};

// A path that climbs up goes around the fence.
void parentInclude(const SourceFile& file, Report& report) {
    static const std::regex kPattern(R"(^\s*#\s*include\s*[<"][^>"]*\.\./)");
    report.addMatches("parent-include", file.lines, kPattern);
}

void fileLength(const SourceFile& file, Report& report) {
    const auto lines = static_cast<int>(file.lines.size());
    if (lines > kMaxFileLines) report.add("file-length", lines, std::to_string(lines) + " lines");
}

void functionLength(const SourceFile& file, Report& report) {
    for (const FunctionBody& function : functionsOf(file)) {
        if (function.lines() <= kMaxFunctionLines) continue;
        report.add("function-length", function.firstLine, std::to_string(function.lines()) + " lines:" + function.head);
    }
}

// A QLabel guesses whether its text is HTML. A text that is not written in place must be declared plain nearby.
void labelText(const SourceFile& file, Report& report) {
    static const std::regex kLabel(R"(\bQLabel(\s+\w+)?\s*[({]\s*([^\s)},][^)},]*))");
    static const std::regex kHarmless(
        R"(^("|tr\(|tr$|u"|QStringLiteral|QString\(\s*$|this\b|parent\b|nullptr\b|QWidget\s*\*))");
    constexpr std::size_t kNearby = 6;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        std::smatch match;
        if (!std::regex_search(file.code[i], match, kLabel)) continue;
        if (std::regex_search(match.str(2), kHarmless)) continue;
        bool isPlain = false;
        for (std::size_t j = i; j < std::min(file.code.size(), i + kNearby); ++j) {
            isPlain = isPlain || file.code[j].find("setTextFormat(Qt::PlainText)") != std::string::npos;
        }
        if (!isPlain) report.add("label-text", static_cast<int>(i) + 1, match.str());
    }
}

// Time is passed in; only core/base asks the system, and a benchmark measures real time by its nature.
// A stopwatch in a test measures too; in the program it would decide.
void clockInPlace(const SourceFile& file, Report& report) {
    if (file.isBelow("core/base") || file.isBelow("tests/bench")) return;
    static const std::regex kPattern(
        R"(\b(steady_clock|system_clock|high_resolution_clock|utc_clock)::now\b)"
        R"(|\bQDateTime::current\w+|\bQDate::currentDate|\bQTime::currentTime)"
        R"(|\b(std::)?time\s*\(\s*(nullptr|NULL|0)\s*\)|\b(clock_gettime|gettimeofday)\s*\()");
    static const std::regex kStopwatch(R"(\bQElapsedTimer\b)");
    report.addMatches("clock", file.code, kPattern);
    if (!file.isBelow("tests")) report.addMatches("clock", file.code, kStopwatch);
}

// A test that sleeps is slow on a fast machine and wrong on a slow one.
void sleepingTest(const SourceFile& file, Report& report) {
    if (!file.isBelow("tests")) return;
    static const std::regex kPattern(R"(\bsleep_(for|until)\b|\bQTest::q(Sleep|Wait)\s*\(|\b(u|nano)?sleep\s*\()"
                                     R"(|\bQThread::[mu]?sleep\b)");
    report.addMatches("sleep", file.code, kPattern);
}

// QtTest takes a slot "x_data" for the table of rows of "x" and never runs it by itself.
void testThatNeverRuns(const SourceFile& file, Report& report) {
    if (!file.isBelow("tests")) return;
    static const std::regex kTable(R"(\bvoid (\w+)_data\(\) *(;|\{))");
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        std::smatch match;
        if (!std::regex_search(file.code[i], match, kTable)) continue;
        const std::string test = "void " + match[1].str() + "()";
        const bool isTable = std::any_of(file.code.begin(), file.code.end(),
                                         [&](const std::string& line) { return line.find(test) != std::string::npos; });
        if (!isTable) report.add("never-runs", static_cast<int>(i) + 1, match[1].str() + "_data");
    }
}

void singleton(const SourceFile& file, Report& report) {
    static const std::regex kPattern(
        R"(\bstatic\s+[\w:<>]+\s*[&*]\s*(instance|getInstance|sharedInstance|self|singleton)\s*\()");
    report.addMatches("singleton", file.code, kPattern);
}

void unfinished(const SourceFile& file, Report& report) {
    static const std::regex kPattern(R"(\b(TODO|FIXME|XXX|HACK)\b)");
    report.addMatches("unfinished", file.comments, kPattern);
}

// A header opens with what the thing is for: comment lines, before or right after the include guard.
void headerComment(const SourceFile& file, Report& report) {
    if (!file.isHeader()) return;
    static const std::regex kSkipped(R"(^\s*$|^\s*#pragma once)");
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (std::regex_search(file.lines[i], kSkipped)) continue;
        if (!file.lines[i].starts_with("//")) report.add("header-comment", static_cast<int>(i) + 1, file.lines[i]);
        return;
    }
    report.add("header-comment", 1, "an empty header");
}

// Names that say nothing.
void emptyName(const SourceFile& file, Report& report) {
    static const std::regex kFile(R"((^|[/_])(helpers?|utils?|common|misc|processor|info)([_.]|$))", std::regex::icase);
    static const std::regex kType(
        R"(\b(class|struct|enum|union|namespace)\s+(\w*(Helpers?|Utils?|Common|Misc|Processor|Info)|helpers?|utils?|common|misc)\b)");
    if (std::regex_search(file.path, kFile)) report.add("empty-name", 1, file.path);
    report.addMatches("empty-name", file.code, kType);
}

// Qt's headers make macros of these words; the core must compile after them.
void qtWord(const SourceFile& file, Report& report) {
    if (!file.isBelow("core")) return;
    static const std::regex kPattern(R"(\b(slots|signals|emit|foreach|forever)\b)");
    report.addMatches("qt-word", file.code, kPattern);
}

}  // namespace

std::vector<Finding> findingsIn(const SourceFile& file) {
    Report report(file);
    unfinished(file, report);
    emptyName(file, report);
    if (file.isCpp()) {
        for (const auto rule : {parentInclude, fileLength, functionLength, labelText, clockInPlace, sleepingTest,
                                testThatNeverRuns, singleton, headerComment, qtWord}) {
            rule(file, report);
        }
    }
    return report.take();
}

}  // namespace fusebox::tidy
