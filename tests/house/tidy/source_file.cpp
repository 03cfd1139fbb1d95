#include "source_file.h"

#include <cctype>

namespace fusebox::tidy {
namespace {

std::vector<std::string> splitLines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

// Walks over the text once and blanks out what does not belong to the wanted layer; newlines stay where they are.
class Layers {
public:
    explicit Layers(std::string_view text) : m_text(text), m_code(text), m_comments(text.size(), ' ') {
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            if (m_text[i] == '\n') m_comments[i] = '\n';
        }
    }

    void separate() {
        while (m_at < m_text.size()) {
            if (startsWith("//")) {
                takeComment(m_text.find('\n', m_at));
            } else if (startsWith("/*")) {
                const std::size_t end = m_text.find("*/", m_at + 2);
                takeComment(end == std::string_view::npos ? end : end + 2);
            } else if (startsWith("R\"") && !isWordAt(m_at - 1)) {
                takeRawString();
            } else if (m_text[m_at] == '"' || (m_text[m_at] == '\'' && !isDigitSeparator())) {
                takeLiteral(m_text[m_at]);
            } else {
                ++m_at;
            }
        }
    }

    const std::string& code() const { return m_code; }
    const std::string& comments() const { return m_comments; }

private:
    bool startsWith(std::string_view token) const { return m_text.substr(m_at, token.size()) == token; }
    bool isWordAt(std::size_t i) const {
        return i < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[i])) != 0 || m_text[i] == '_');
    }
    // 1'000, but not u8'x'.
    bool isDigitSeparator() const {
        return m_at > 0 && std::isxdigit(static_cast<unsigned char>(m_text[m_at - 1])) != 0 && isWordAt(m_at + 1);
    }

    void blank(std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to && i < m_code.size(); ++i) {
            if (m_code[i] != '\n') m_code[i] = ' ';
        }
    }

    void takeComment(std::size_t end) {
        end = std::min(end, m_text.size());
        blank(m_at, end);
        m_comments.replace(m_at, end - m_at, m_text.substr(m_at, end - m_at));
        m_at = end;
    }

    void takeRawString() {
        const std::size_t open = m_text.find('(', m_at);
        const std::string close = ")" + std::string(m_text.substr(m_at + 2, open - m_at - 2)) + "\"";
        const std::size_t end = m_text.find(close, m_at);
        blank(m_at + 2, end);
        m_at = end == std::string_view::npos ? m_text.size() : end + close.size();
    }

    void takeLiteral(char quote) {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote && m_text[end] != '\n') end += m_text[end] == '\\' ? 2 : 1;
        blank(m_at + 1, end);
        m_at = end + 1;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_code;
    std::string m_comments;
};

}  // namespace

bool SourceFile::isBelow(std::string_view folder) const {
    return path.starts_with(std::string(folder) + "/");
}

bool SourceFile::isCpp() const {
    return isHeader() || path.ends_with(".cpp");
}

bool SourceFile::isHeader() const {
    return path.ends_with(".h");
}

SourceFile readSource(std::string path, std::string_view text) {
    SourceFile file{.path = std::move(path), .lines = splitLines(text), .code = {}, .comments = {}};
    if (file.isCpp()) {
        Layers layers(text);
        layers.separate();
        file.code = splitLines(layers.code());
        file.comments = splitLines(layers.comments());
    } else {
        file.comments = file.lines;
    }
    return file;
}

}  // namespace fusebox::tidy
