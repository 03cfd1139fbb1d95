#include <fusebox/sources/category_of.h>

#include <algorithm>
#include <charconv>
#include <span>
#include <string_view>

namespace fusebox::sources {

namespace {

using domain::Category;
using domain::CodeSystem;

/// A code that begins with `start` is of this category; the first line that fits decides.
struct Line {
    std::string_view start;
    Category category;
};

constexpr Line kSqlState[] = {
    {"28", Category::authentication},     // invalid authorization
    {"42501", Category::authentication},  // insufficient privilege
    {"22", Category::dataValidation},     // data exception
    {"23", Category::dataValidation},     // constraint
    {"08", Category::transient},          // connection
    {"25006", Category::transient},       // read-only transaction: a standby after a switch-over
    {"40", Category::transient},          // rollback, deadlock
    {"53", Category::transient},          // out of resources
    {"55", Category::transient},          // not in the needed state, lock not available
    {"57", Category::transient},          // operator intervention, shutdown, cancelled
    {"58", Category::transient},          // system error
    {"0A", Category::permanent},          // feature not supported
    {"26", Category::permanent},          // no such prepared statement
    {"3D", Category::permanent},          // no such database
    {"3F", Category::permanent},          // no such schema
    {"42", Category::permanent},          // syntax, no such table
    {"XX", Category::permanent},          // corrupted
};

constexpr Line kSqlite[] = {
    {"SQLITE_BUSY", Category::transient},          {"SQLITE_LOCKED", Category::transient},
    {"SQLITE_IOERR", Category::transient},         {"SQLITE_FULL", Category::transient},
    {"SQLITE_NOMEM", Category::transient},         {"SQLITE_INTERRUPT", Category::transient},
    {"SQLITE_PROTOCOL", Category::transient},      {"SQLITE_CONSTRAINT", Category::dataValidation},
    {"SQLITE_MISMATCH", Category::dataValidation}, {"SQLITE_TOOBIG", Category::dataValidation},
    {"SQLITE_RANGE", Category::dataValidation},    {"SQLITE_AUTH", Category::authentication},
    {"SQLITE_PERM", Category::authentication},     {"SQLITE_", Category::permanent},
};

constexpr Line kRedis[] = {
    {"NOAUTH", Category::authentication},
    {"WRONGPASS", Category::authentication},
    {"NOPERM", Category::authentication},
    {"WRONGTYPE", Category::dataValidation},
    {"EXECABORT", Category::dataValidation},
    {"LOADING", Category::transient},
    {"BUSY", Category::transient},
    {"TRYAGAIN", Category::transient},
    {"CLUSTERDOWN", Category::transient},
    {"MASTERDOWN", Category::transient},
    {"NOREPLICAS", Category::transient},
    {"OOM", Category::transient},
    {"MISCONF", Category::transient},
    {"READONLY", Category::transient},
    {"ERR", Category::permanent},
    {"NOSCRIPT", Category::permanent},
};

constexpr Line kErrno[] = {
    {"EACCES", Category::permanent},       {"EPERM", Category::permanent},  {"ENOENT", Category::permanent},
    {"ENOTDIR", Category::permanent},      {"EISDIR", Category::permanent}, {"EINVAL", Category::permanent},
    {"EAFNOSUPPORT", Category::permanent}, {"E", Category::transient},
};

constexpr Line kDns[] = {
    {"NXDOMAIN", Category::permanent},   {"NODATA", Category::permanent},     {"REFUSED", Category::permanent},
    {"EAI_NONAME", Category::permanent}, {"EAI_NODATA", Category::permanent}, {"EAI_FAIL", Category::permanent},
    {"BADNAME", Category::permanent},    {"", Category::transient},
};

constexpr Line kTypes[] = {
    {"Authentication", Category::authentication}, {"ConnectTimeout", Category::transient},
    {"CallTimeout", Category::transient},         {"Connection", Category::transient},
    {"HostUnreachable", Category::transient},     {"NameLookupFailed", Category::transient},
    {"TooManyOpenFiles", Category::transient},    {"ProtocolError", Category::permanent},
    {"AnswerTooLarge", Category::permanent},
};

Category byStart(std::span<const Line> lines, std::string_view code) {
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return code.starts_with(line.start); });
    return found == lines.end() ? Category::unknown : found->category;
}

int numberOf(std::string_view code) {
    int number = 0;
    const auto [end, failed] = std::from_chars(code.data(), code.data() + code.size(), number);
    return failed == std::errc() && end == code.data() + code.size() ? number : -1;
}

Category byHttpStatus(int status) {
    switch (status) {
        case 401:
        case 403:
        case 407:
        case 511:
            return Category::authentication;
        case 400:
        case 422:
            return Category::dataValidation;
        case 429:
            return Category::rateLimit;
        case 408:
        case 425:
            return Category::transient;
        default:
            if (status >= 500 && status < 600) return Category::transient;
            return status >= 300 && status < 500 ? Category::permanent : Category::unknown;
    }
}

Category byCurlCode(int code) {
    switch (code) {
        case 67:  // login denied
        case 94:  // authentication function failed
            return Category::authentication;
        case 1:   // unsupported protocol
        case 3:   // malformed URL
        case 4:   // not built in
        case 47:  // too many redirects
        case 53:  // the TLS settings from here down: engine, certificates, keys, verification
        case 58:
        case 59:
        case 60:
        case 66:
        case 77:
        case 82:
        case 83:
        case 90:
        case 91:
            return Category::permanent;
        default:
            return code > 0 ? Category::transient : Category::unknown;
    }
}

Category byCode(const domain::Error& error) {
    switch (error.codeSystem) {
        case CodeSystem::http:
            return byHttpStatus(numberOf(error.code));
        case CodeSystem::curl:
            return byCurlCode(numberOf(error.code));
        case CodeSystem::posix:
            return byStart(kErrno, error.code);
        case CodeSystem::sqlState:
            return byStart(kSqlState, error.code);
        case CodeSystem::sqlite:
            return byStart(kSqlite, error.code);
        case CodeSystem::redis:
            return byStart(kRedis, error.code);
        case CodeSystem::dns:
            return byStart(kDns, error.code);
        case CodeSystem::tls:
            return Category::permanent;
        default:
            return Category::unknown;
    }
}

}  // namespace

Category categoryOf(const domain::Error& error) {
    if (error.category) {
        return *error.category;
    }
    const Category known = byCode(error);
    return known != Category::unknown ? known : byStart(kTypes, error.type);
}

}  // namespace fusebox::sources
