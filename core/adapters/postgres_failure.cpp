#include <fusebox/adapters/postgres_failure.h>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

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

/// Without the lines that name PostgreSQL's own source files.
std::string withoutLocation(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        if (!line.starts_with("LOCATION:  ")) kept += line;
        text.remove_prefix(end);
    }
    return kept;
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

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

domain::Error postgresLinkFailure(std::string_view text) {
    std::string says = withoutLocation(text);
    if (const auto at = findSqlState(says)) {
        const std::string state = says.substr(*at, 5);
        says.erase(*at, 7);  // with the colon and the blank behind it
        return failure(std::string(typeOf(state)), says, domain::CodeSystem::sqlState, state);
    }
    if (const int number = findErrno(says); number != 0) {
        domain::Error error = systemFailure(number, says);
        error.message = cleanText(says);  // the text of the errno is in it already
        return error;
    }
    if (contains(says, "SSL") || contains(says, "certificate")) {
        return failure("TlsFailed", says, domain::CodeSystem::tls);
    }
    if (contains(says, "closed the connection")) return failure("ConnectionClosed", says);
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
