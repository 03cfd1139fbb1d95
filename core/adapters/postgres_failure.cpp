#include <fusebox/adapters/postgres_failure.h>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

namespace fusebox::adapters {

namespace {

bool isStateCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

std::string_view typeOf(std::string_view sqlState) {
    const std::string_view group = sqlState.substr(0, 2);
    if (sqlState == "57014") return "QueryCancelled";
    if (sqlState == "57P03") return "ServerStarting";
    if (sqlState == "53300") return "TooManyConnections";
    if (group == "57") return "ServerShutdown";
    if (group == "28") return "AuthenticationFailed";
    if (group == "3D") return "DatabaseMissing";
    if (group == "08") return "ConnectionFailed";
    if (group == "53") return "ResourcesExhausted";
    if (group == "40") return "TransactionRolledBack";
    if (group == "42") return "SqlError";
    return "PostgresError";
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// libpq gives TLS trouble no code; these are ours. Empty: it is no TLS trouble.
std::string_view tlsCode(std::string_view text) {
    if (contains(text, "certificate verify failed")) return "CERTIFICATE_VERIFY_FAILED";
    if (contains(text, "does not match host name")) return "NAME_MISMATCH";
    if (contains(text, "does not support SSL")) return "NOT_OFFERED";
    return contains(text, "SSL") || contains(text, "certificate") ? "TLS_ERROR" : "";
}

/// At PQERRORS_VERBOSE the server's lines read "FATAL:  28P01: password authentication failed".
std::optional<std::size_t> findSqlState(std::string_view text) {
    constexpr std::string_view kBefore = ":  ";
    constexpr std::size_t kLength = 5;
    for (std::size_t at = text.find(kBefore); at != std::string_view::npos; at = text.find(kBefore, at + 1)) {
        const std::string_view state = text.substr(at + kBefore.size(), kLength);
        const bool isState = state.size() == kLength && std::all_of(state.begin(), state.end(), isStateCharacter);
        if (isState && text.substr(at + kBefore.size() + kLength, 2) == ": ") return at + kBefore.size();
    }
    return std::nullopt;
}

/// Takes the SQLSTATEs out of the text; gives the first.
std::string takeSqlStates(std::string& text) {
    std::string first;
    for (auto at = findSqlState(text); at; at = findSqlState(text)) {
        if (first.empty()) first = text.substr(*at, 5);
        text.erase(*at, 7);  // with the colon and the blank behind it
    }
    return first;
}

/// One line, without PostgreSQL's own source files, and each sentence once: libpq repeats itself for each address and TLS mode.
std::string inOneLine(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
        const bool isKnown = std::find(lines.begin(), lines.end(), line) != lines.end();
        if (!line.empty() && !isKnown && !line.starts_with("LOCATION:  ")) lines.push_back(line);
    }
    return fmt::format("{}", fmt::join(lines, "; "));
}

/// libpq writes an errno only as the system's text for it, in the language of the process.
int findErrno(std::string_view text) {
    constexpr std::array kLikely{ECONNREFUSED, ECONNRESET,    ETIMEDOUT, EHOSTUNREACH, ENETUNREACH,
                                 EPIPE,        ENOENT,        EACCES,    ECONNABORTED, ENETDOWN,
                                 EHOSTDOWN,    EADDRNOTAVAIL, EMFILE,    EAFNOSUPPORT};
    for (const int number : kLikely) {
        char buffer[128];
        if (text.find(::strerror_r(number, buffer, sizeof buffer)) != std::string_view::npos) return number;
    }
    return 0;
}

}  // namespace

domain::Error postgresLinkFailure(std::string_view text) {
    std::string says(text.substr(0, kMessageLimit));
    const std::string state = takeSqlStates(says);
    says = inOneLine(says);
    if (!state.empty()) return failure(std::string(typeOf(state)), says, domain::CodeSystem::sqlState, state);
    if (const int number = findErrno(says); number != 0) {
        domain::Error error = systemFailure(number, says);
        error.message = cleanText(says);  // the text of the errno is in it already
        return error;
    }
    if (contains(says, "closed the connection") || contains(says, "EOF detected")) {
        return failure("ConnectionClosed", says);
    }
    if (const std::string_view code = tlsCode(says); !code.empty()) {
        return failure("TlsFailed", says, domain::CodeSystem::tls, std::string(code));
    }
    if (contains(says, "password")) return failure("AuthenticationFailed", says);
    return failure("ConnectionFailed", says);
}

domain::Error postgresQueryFailure(const pg_result* result) {
    const auto field = [&](int which) -> std::string_view {
        const char* text = ::PQresultErrorField(result, which);
        return text != nullptr ? std::string_view(text) : std::string_view();
    };
    const std::string state(field(PG_DIAG_SQLSTATE));
    if (state.empty()) return postgresLinkFailure(::PQresultErrorMessage(result));
    std::string says(field(PG_DIAG_MESSAGE_PRIMARY));
    if (const auto detail = field(PG_DIAG_MESSAGE_DETAIL); !detail.empty()) says += fmt::format(" ({})", detail);
    if (const auto hint = field(PG_DIAG_MESSAGE_HINT); !hint.empty()) says += fmt::format(" Hint: {}", hint);
    const bool isTimeout =
        state == "57014" && contains(says, "timeout");  // the server kept our total timeout by itself
    return failure(isTimeout ? "CallTimeout" : std::string(typeOf(state)), says, domain::CodeSystem::sqlState, state);
}

}  // namespace fusebox::adapters
