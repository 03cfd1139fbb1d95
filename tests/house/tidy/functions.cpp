#include "functions.h"

#include <regex>

namespace fusebox::tidy {
namespace {

enum class Scope { Space, Type, Function, Value };

std::string simplified(const std::string& head) {
    static const std::regex kTemplate(R"(template\s*<([^<>]|<([^<>]|<[^<>]*>)*>)*>)");
    static const std::regex kAttribute(R"(\[\[[^\]]*\]\])");
    static const std::regex kLabel(R"(\b(public|private|protected|signals|Q_SIGNALS)(\s+(slots|Q_SLOTS))?\s*:(?!:))");
    static const std::regex kSpace(R"(\s+)");
    std::string text = std::regex_replace(head, kTemplate, " ");
    text = std::regex_replace(text, kAttribute, " ");
    text = std::regex_replace(text, kLabel, " ");
    text = std::regex_replace(text, kSpace, " ");
    return text;
}

// Decides by the text before a brace, outside of functions, what the brace opens.
Scope scopeAfter(const std::string& head) {
    static const std::regex kSpace(R"(\bnamespace\b|\bextern ")");
    static const std::regex kType(
        R"((^|\)) ?((Q_OBJECT|Q_GADGET|typedef|static|constexpr|inline) )*(class|struct|union|enum)\b)");
    static const std::regex kMemberValue(R"(\)[^()]*[^:]:[^:].*[\w>]\s*$|^\s*,.*[\w>]\s*$)");
    static const std::regex kTrailing(
        R"(\)\s*(const|noexcept|override|final|mutable|try|&|&&|\s)*$|\)\s*->[^()]*$|\]\s*$)");
    const std::string text = simplified(head);
    if (std::regex_search(text, kSpace)) return Scope::Space;
    if (std::regex_search(text, kType)) return Scope::Type;
    if (std::regex_search(text, kTrailing)) return Scope::Function;
    if (std::regex_search(text, kMemberValue)) return Scope::Value;
    if (text.find(')') != std::string::npos && text.find('=') == std::string::npos) return Scope::Function;
    // After the last value of a constructor's list only the body can follow.
    if (text.find_first_not_of(' ') == std::string::npos) return Scope::Function;
    return Scope::Value;
}

class BraceWalk {
public:
    void read(const std::string& line, int number) {
        for (const char c : line) readChar(c, number);
        m_head += ' ';
    }
    std::vector<FunctionBody> take() { return std::move(m_found); }

private:
    struct Open {
        Scope scope;
        int line;
        std::string head;
    };

    bool isInFunction() const { return !m_open.empty() && m_open.back().scope == Scope::Function; }
    bool isInValue() const { return !m_open.empty() && m_open.back().scope == Scope::Value; }

    void readChar(char c, int number) {
        if (c == '{') {
            open(number);
        } else if (c == '}') {
            close(number);
        } else if (isInFunction() || isInValue()) {
            return;
        } else if (c == ';' && m_parentheses == 0) {
            m_head.clear();
        } else {
            if (c == '(') ++m_parentheses;
            if (c == ')' && m_parentheses > 0) --m_parentheses;
            m_head += c;
        }
    }

    void open(int number) {
        if (isInFunction() || isInValue() || m_parentheses > 0) {
            m_open.push_back({isInFunction() ? Scope::Function : Scope::Value, 0, {}});
            return;
        }
        const Scope scope = scopeAfter(m_head);
        m_open.push_back({scope, scope == Scope::Function ? number : 0, m_head});
        if (scope != Scope::Value) m_head.clear();
    }

    void close(int number) {
        if (m_open.empty()) return;
        const Open closed = std::move(m_open.back());
        m_open.pop_back();
        if (closed.line > 0) m_found.push_back({simplified(closed.head), closed.line, number});
        if (closed.scope == Scope::Value) {
            if (!isInFunction() && !isInValue()) m_head += ')';  // a value ends like a call does: "m_a{1}" reads "m_a)"
        } else if (!isInFunction()) {
            m_head.clear();
        }
    }

    std::vector<Open> m_open;
    std::string m_head;
    int m_parentheses = 0;
    std::vector<FunctionBody> m_found;
};

}  // namespace

std::vector<FunctionBody> functionsOf(const SourceFile& file) {
    BraceWalk walk;
    bool continuesDirective = false;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        const std::string& line = file.code[i];
        const std::size_t first = line.find_first_not_of(" \t");
        const bool isDirective = continuesDirective || (first != std::string::npos && line[first] == '#');
        continuesDirective = isDirective && line.ends_with('\\');
        if (!isDirective) walk.read(line, static_cast<int>(i) + 1);
    }
    return walk.take();
}

}  // namespace fusebox::tidy
