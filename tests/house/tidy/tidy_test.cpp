#include <fusebox/support/test_case.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "functions.h"
#include "rules.h"

using namespace fusebox::tidy;
namespace fs = std::filesystem;

namespace {

constexpr std::array kFolders{"app", "core", "ui", "tests", "resources", ".cmake", ".ci"};
constexpr std::array kRules{"parent-include", "file-length",    "function-length", "label-text",
                            "clock",          "sleep",          "never-runs",      "singleton",
                            "unfinished",     "header-comment", "empty-name",      "qt-word"};

std::string readFile(const fs::path& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

bool isChecked(const fs::path& path) {
    static const std::set<std::string> kExtensions{".h", ".cpp", ".cmake", ".in", ".qss", ".sql", ".toml"};
    return kExtensions.contains(path.extension()) || path.filename() == "CMakeLists.txt" || path.filename() == "run" ||
           path.parent_path().filename() == ".ci";
}

// A snippet's first line says which file it pretends to be: "as: ui/views/x.cpp". {N} lines "repeat: text" are written
// out.
SourceFile readSnippet(const fs::path& path) {
    std::istringstream text(readFile(path));
    std::string name;
    std::getline(text, name);
    std::string body;
    for (std::string line; std::getline(text, line);) {
        const bool isRepeated = line.starts_with("repeat ");
        const std::size_t colon = line.find(": ");
        const int times = isRepeated ? std::stoi(line.substr(7, colon - 7)) : 1;
        for (int i = 0; i < times; ++i) body += (isRepeated ? line.substr(colon + 2) : line) + '\n';
    }
    return readSource(name.substr(name.find(": ") + 2), body);
}

std::set<std::string> rulesBrokenBy(const SourceFile& file) {
    std::set<std::string> rules;
    for (const Finding& finding : findingsIn(file)) rules.insert(finding.rule);
    return rules;
}

void addSnippets(const char* folder) {
    QTest::addColumn<QString>("path");
    for (const auto& entry : fs::directory_iterator(fs::path(FUSEBOX_TEST_DATA) / "snippets" / folder)) {
        QTest::newRow(entry.path().stem().c_str()) << QString::fromStdString(entry.path().string());
    }
}

}  // namespace

class TidyRulesTest : public QObject {
    Q_OBJECT
private slots:
    void a_bad_snippet_breaks_the_rule_it_is_named_after_and_no_other_data() { addSnippets("bad"); }
    void a_bad_snippet_breaks_the_rule_it_is_named_after_and_no_other();
    void a_good_snippet_breaks_no_rule_data() { addSnippets("good"); }
    void a_good_snippet_breaks_no_rule();
    void every_rule_has_a_bad_snippet();
    void functions_are_found_with_their_lengths();
};

void TidyRulesTest::a_bad_snippet_breaks_the_rule_it_is_named_after_and_no_other() {
    QFETCH(QString, path);
    const fs::path snippet = path.toStdString();
    const std::string name = snippet.stem();
    const std::set<std::string> expected{name.substr(0, name.find('.'))};
    QCOMPARE(rulesBrokenBy(readSnippet(snippet)), expected);
}

void TidyRulesTest::a_good_snippet_breaks_no_rule() {
    QFETCH(QString, path);
    for (const Finding& finding : findingsIn(readSnippet(path.toStdString()))) {
        QFAIL(qPrintable(QString::fromStdString(finding.rule + ": " + finding.what)));
    }
}

void TidyRulesTest::every_rule_has_a_bad_snippet() {
    std::set<std::string> tried;
    for (const auto& entry : fs::directory_iterator(fs::path(FUSEBOX_TEST_DATA) / "snippets/bad")) {
        const std::string name = entry.path().stem();
        tried.insert(name.substr(0, name.find('.')));
    }
    QCOMPARE(tried, std::set<std::string>(kRules.begin(), kRules.end()));
}

void TidyRulesTest::functions_are_found_with_their_lengths() {
    const SourceFile file = readSource("core/x/x.cpp", R"(
namespace a::b {
constexpr std::array kTable{Pair{1, 2}, Pair{3, 4}};
template <class T>
class Box final : public Base<T> {
public:
    explicit Box(T value = {}) : m_value{value}, m_size{1} {
        use(value);
    }
    int size() const { return m_size; }
private:
    int m_size{0};
};
bool operator==(const Box& l, const Box& r) noexcept {
    const char c = '{';
    if (l) { return "}"; }  // }
    return std::any_of(l, [](int x) {
        return x == 1'000;
    });
}
const auto kLambda = [](int x) {
    return x;
};
auto trailing() -> std::vector<int> {
    return {};
}
}
)");
    std::vector<int> lengths;
    for (const FunctionBody& function : functionsOf(file)) lengths.push_back(function.lines());
    QCOMPARE(lengths, (std::vector<int>{3, 1, 7, 3, 3}));
}

class TidyTreeTest : public QObject {
    Q_OBJECT
private slots:
    void every_source_follows_the_rules();
};

void TidyTreeTest::every_source_follows_the_rules() {
    int checked = 0;
    int found = 0;
    for (const char* folder : kFolders) {
        const fs::path root(FUSEBOX_SOURCE_DIR);
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (!entry.is_regular_file() || !isChecked(entry.path())) continue;
            ++checked;
            for (const Finding& finding :
                 findingsIn(readSource(fs::relative(entry.path(), root).generic_string(), readFile(entry.path())))) {
                ++found;
                qInfo("%s:%d: %s: %s", finding.path.c_str(), finding.line, finding.rule.c_str(), finding.what.c_str());
            }
        }
    }
    QVERIFY2(checked > 30, "the sources were not found");
    QCOMPARE(found, 0);
}

FUSEBOX_TEST(TidyRulesTest)
FUSEBOX_TEST(TidyTreeTest)
#include "tidy_test.moc"
