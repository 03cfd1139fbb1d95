#pragma once
// Finds codes that a running text mentions: "HTTP 503", "status code: 429", "SQLSTATE[08006]", "ORA-12541", "[Errno 111]",
// "code = Unavailable", "550 5.1.1 User unknown", and names that some system defines ("ECONNREFUSED", "NOT_LEADER_OR_FOLLOWER", "SlowDown").
// Threads, Errors: a pure function of its text; any bytes are fine.

#include <fusebox/domain/error.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace fusebox::errors {

struct CodeMention {
    domain::CodeSystem system = domain::CodeSystem::none;  ///< none: a name, its system unknown
    std::string_view code;
};

/// The first kMost of a text.
class CodeMentions {
public:
    static constexpr std::size_t kMost = 8;

    explicit CodeMentions(std::string_view text);

    [[nodiscard]] const CodeMention* begin() const { return m_mentions.data(); }
    [[nodiscard]] const CodeMention* end() const { return m_mentions.data() + m_count; }

private:
    void readBeginning(std::string_view first, std::string_view rest);
    void readNumber(std::string_view number, std::string_view before, std::string_view beforeThat);
    void add(domain::CodeSystem system, std::string_view code);

    std::array<CodeMention, kMost> m_mentions;
    std::size_t m_count = 0;
};

}  // namespace fusebox::errors
