#include <fusebox/errors/code_mentions.h>

#include <fusebox/errors/word_reader.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace fusebox::errors {

namespace {

using domain::CodeSystem;

constexpr std::size_t kLongestSymbol = 64;

/// What a number behind a word is a code of.
struct Context {
    std::string_view word;
    CodeSystem system;
};

constexpr Context kContexts[] = {
    {"http", CodeSystem::http},         {"status", CodeSystem::http},   {"statuscode", CodeSystem::http},
    {"status_code", CodeSystem::http},  {"code", CodeSystem::http},     {"response", CodeSystem::http},
    {"returned", CodeSystem::http},     {"httpcode", CodeSystem::http}, {"error", CodeSystem::http},
    {"success", CodeSystem::http},      {"got", CodeSystem::http},      {"http_status", CodeSystem::http},
    {"sqlstate", CodeSystem::sqlState}, {"ora", CodeSystem::oracle},    {"errno", CodeSystem::posix},
    {"curl", CodeSystem::curl},         {"sqlcode", CodeSystem::db2},   {"exit", CodeSystem::exitStatus},
    {"wsa", CodeSystem::windows},       {"grpc", CodeSystem::grpc},     {"grpcstatus", CodeSystem::grpc}};

struct Token {
    std::string_view text;
    bool isNumber = false;
    bool looksLikeName = false;  ///< capitals within, or an underscore
};

/// What a byte adds to the account of a token: 16 bits each for lower case, capitals, digits and underscores; zero: no part of one.
constexpr std::array<std::uint64_t, 256> kAccounts = [] {
    std::array<std::uint64_t, 256> accounts{};
    for (std::size_t byte = 0; byte < accounts.size(); ++byte) {
        const ByteKind kind = kByteKinds[byte];
        if (kind == ByteKind::lower) accounts[byte] = 1;
        if (kind == ByteKind::upper) accounts[byte] = 1ULL << 16;
        if (kind == ByteKind::digit) accounts[byte] = 1ULL << 32;
    }
    accounts['_'] = 1ULL << 48;
    return accounts;
}();

std::uint64_t accountOf(char c) {
    return kAccounts[static_cast<unsigned char>(c)];
}

/// REQUIRES: less than 65,536 bytes, so that no field of the account overflows.
Token nextToken(std::string_view text, std::size_t& at) {
    while (at < text.size() && accountOf(text[at]) == 0) ++at;
    const std::size_t begin = at;
    std::uint64_t account = 0;
    for (; at < text.size(); ++at) {
        const std::uint64_t adds = accountOf(text[at]);
        if (adds == 0) break;
        account += adds;
    }
    const std::uint64_t lower = account & 0xffff;
    const std::uint64_t capitals = (account >> 16) & 0xffff;
    const std::uint64_t digits = (account >> 32) & 0xffff;
    const bool underscore = account >> 48 != 0;
    Token token{text.substr(begin, at - begin), false, false};
    token.isNumber = digits > 0 && digits == token.text.size();
    const bool isCompound = (underscore && capitals + lower > 2) || (capitals > 1 && lower > 0);
    const bool isSymbol = capitals > 4 && lower == 0 && (token.text[0] == 'E' || token.text.starts_with("WSAE"));
    token.looksLikeName = token.text.size() <= kLongestSymbol && (isCompound || isSymbol);
    return token;
}

bool sameWord(std::string_view lower, std::string_view text) {
    return std::equal(lower.begin(), lower.end(), text.begin(), text.end(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
    });
}

CodeSystem contextOf(std::string_view word) {
    for (const Context& context : kContexts) {
        if (sameWord(context.word, word)) return context.system;
    }
    return CodeSystem::none;
}

bool isHttpFailure(std::string_view number) {
    return number.size() == 3 && (number[0] == '4' || number[0] == '5');
}

bool isMysqlNumber(std::string_view number) {
    return number.size() == 4 && number[0] >= '1' && number[0] <= '4';
}

bool isSqlState(std::string_view text) {
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) {
               const ByteKind kind = kByteKinds[static_cast<unsigned char>(c)];
               return kind == ByteKind::digit || kind == ByteKind::upper;
           });
}

}  // namespace

CodeMentions::CodeMentions(std::string_view text) {
    text = text.substr(0, std::numeric_limits<std::uint16_t>::max());
    std::size_t at = 0;
    Token token = nextToken(text, at);
    readBeginning(token.text, text.substr(at));
    std::string_view before;
    std::string_view beforeThat;
    while (!token.text.empty() && m_count < kMost) {
        if (token.isNumber || isSqlState(token.text)) {
            readNumber(token.text, before, beforeThat);
        } else if (sameWord("code", before) || sameWord("statuscode", before)) {
            add(CodeSystem::grpc, token.text);
        }
        if (token.looksLikeName) add(CodeSystem::none, token.text);
        beforeThat = before;
        before = token.text;
        token = nextToken(text, at);
    }
}

/// "535 5.7.8 Error" is a mail server's reply, "504 Gateway Time-out" an HTTP status, "NOAUTH Authentication required" Redis' reply.
void CodeMentions::readBeginning(std::string_view first, std::string_view rest) {
    if (isHttpFailure(first)) {
        const bool isEnhanced =
            rest.size() > 4 && (rest[0] == ' ' || rest[0] == '-') && rest[1] == first[0] && rest[2] == '.';
        if (isEnhanced) {
            add(CodeSystem::smtp, first);
            add(CodeSystem::smtp, rest.substr(1, rest.find(' ', 1) - 1));
        } else {
            add(CodeSystem::http, first);
        }
    } else if (first.size() > 2 &&
               std::all_of(first.begin(), first.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
        add(CodeSystem::redis, first);
    }
}

void CodeMentions::readNumber(std::string_view number, std::string_view before, std::string_view beforeThat) {
    // "SQLSTATE[HY000] [2002]" and "ERROR 2002 (HY000)": the number is MySQL's.
    if (isMysqlNumber(number) && isSqlState(before) && sameWord("sqlstate", beforeThat)) {
        return add(CodeSystem::mysql, number);
    }
    if (isSqlState(number) && isMysqlNumber(before) && sameWord("error", beforeThat)) {
        return add(CodeSystem::mysql, before);
    }
    CodeSystem system = contextOf(before);
    if (system == CodeSystem::none) system = contextOf(beforeThat);
    const bool fits = system == CodeSystem::http ? isHttpFailure(number)
                      : system == CodeSystem::sqlState
                          ? isSqlState(number)
                          : kByteKinds[static_cast<unsigned char>(number.back())] == ByteKind::digit;
    if (system != CodeSystem::none && fits) add(system, number);
}

void CodeMentions::add(CodeSystem system, std::string_view code) {
    if (m_count < kMost) m_mentions[m_count++] = {system, code};
}

}  // namespace fusebox::errors
