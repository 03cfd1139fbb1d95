#include <fusebox/errors/known_words.h>

#include <fusebox/errors/char_class.h>
#include <fusebox/errors/word_table.h>

#include <algorithm>

namespace fusebox::errors {

namespace {

template <std::size_t kSlots>
using WordSet = WordTable<bool, kSlots>;

constexpr auto kMonths =
    WordSet<64>().add(std::to_array<std::string_view>(
                          {"apr", "april",   "aug",      "august", "dec",     "december", "feb",      "february",
                           "jan", "january", "jul",      "july",   "jun",     "june",     "mar",      "march",
                           "may", "nov",     "november", "oct",    "october", "sep",      "september"}),
                      true);

constexpr auto kWeekdays = WordSet<32>().add(
    std::to_array<std::string_view>({"fri", "friday", "mon", "monday", "sat", "saturday", "sun", "sunday", "thu",
                                     "thursday", "tue", "tuesday", "wed", "wednesday"}),
    true);

constexpr auto kUnits = WordTable<Mask, 128>()
                            .add(std::to_array<std::string_view>(
                                     {"b",   "byte", "bytes", "g",      "gb",  "gbytes", "gib", "k", "kb", "kbytes",
                                      "kib", "m",    "mb",    "mbytes", "mib", "pb",     "pib", "t", "tb", "tib"}),
                                 Mask::size)
                            .add(std::to_array<std::string_view>({"d",           "day",          "days",
                                                                  "h",           "hour",         "hours",
                                                                  "hr",          "hrs",          "microseconds",
                                                                  "millis",      "milliseconds", "min",
                                                                  "mins",        "minute",       "minutes",
                                                                  "ms",          "msec",         "msecs",
                                                                  "nanoseconds", "ns",           "s",
                                                                  "sec",         "second",       "seconds",
                                                                  "secs",        "us",           "usec",
                                                                  "usecs",       "week",         "weeks",
                                                                  "\xc2\xb5s",   "\xce\xbcs"}),
                                 Mask::duration)
                            .add(std::to_array<std::string_view>({"ghz", "hz", "khz", "mbps", "mhz"}), Mask::number);

constexpr auto kEndings =
    WordTable<NameEnding, 256>()
        .add(std::to_array<std::string_view>(
                 {"ae",       "ai",       "ar", "arpa", "au",  "be",   "bg", "biz", "br",    "ca",          "ch",
                  "cl",       "cloud",    "cn", "co",   "com", "corp", "cz", "de",  "dk",    "edu",         "eg",
                  "es",       "eu",       "fi", "fr",   "gov", "gr",   "hk", "hu",  "ie",    "il",          "int",
                  "internal", "intranet", "io", "ir",   "jp",  "kr",   "kz", "lan", "local", "localdomain", "lt",
                  "lv",       "mil",      "mx", "my",   "net", "ng",   "nl", "nz",  "om",    "org",         "pe",
                  "ph",       "pk",       "pt", "ro",   "ru",  "sa",   "se", "sg",  "si",    "sk",          "th",
                  "tr",       "tv",       "tw", "ua",   "uk",  "us",   "uy", "ve",  "vn",    "za"}),
             NameEnding::domain)
        .add(std::to_array<std::string_view>({"bak",  "bin",    "bz2", "cfg", "conf",  "core", "csv", "dat",  "db",
                                              "deb",  "dll",    "doc", "err", "exe",   "gif",  "gz",  "html", "img",
                                              "ini",  "iso",    "jar", "jpg", "json",  "lock", "log", "out",  "parquet",
                                              "pcap", "pcapng", "pdf", "pid", "plist", "png",  "rpm", "rrd",  "sock",
                                              "sql",  "sqlite", "tar", "tgz", "tmp",   "toml", "txt", "war",  "xml",
                                              "yaml", "yml",    "zip", "zst"}),
             NameEnding::dataFile);

constexpr auto kReverseNames =
    WordSet<32>().add(std::to_array<std::string_view>(
                          {"akka", "android", "com", "edu", "gov", "io", "java", "javax", "net", "org", "sun"}),
                      true);

constexpr auto kTechnologyNames = WordSet<128>().add(
    std::to_array<std::string_view>(
        {"aes128", "aes256", "amd64", "arm64",  "base64", "ec2",    "ext3",   "ext4", "h2",   "http2",  "i386",
         "i686",   "int32",  "int64", "ipv4",   "ipv6",   "k8s",    "l1",     "l2",   "l3",   "log4j",  "md5",
         "oauth2", "s3",     "sha1",  "sha256", "sha512", "socks4", "socks5", "ssh1", "ssh2", "uint32", "uint64",
         "utf16",  "utf8",   "v4",    "v6",     "win32",  "win64",  "x11",    "x509", "x86"}),
    true);

constexpr auto kTruthWords =
    WordSet<16>().add(std::to_array<std::string_view>({"false", "nil", "none", "null", "true", "undefined"}), true);

constexpr auto kStateWords = WordSet<256>().add(
    std::to_array<std::string_view>(
        {"aborted",   "accepted",  "acquired",   "active",    "added",        "allocated",   "available",   "begin",
         "blocked",   "bound",     "busy",       "cancelled", "cleared",      "closed",      "closing",     "committed",
         "completed", "connected", "connecting", "corrected", "created",      "degraded",    "deleted",     "denied",
         "destroyed", "detected",  "disable",    "disabled",  "disconnected", "done",        "down",        "dropped",
         "enable",    "enabled",   "end",        "ended",     "entered",      "error",       "evicted",     "exited",
         "expired",   "fail",      "failed",     "failure",   "fatal",        "finished",    "found",       "free",
         "full",      "granted",   "healthy",    "idle",      "inactive",     "initialized", "input",       "invalid",
         "joined",    "killed",    "left",       "loaded",    "locked",       "lost",        "missing",     "no",
         "normal",    "off",       "ok",         "on",        "open",         "opened",      "output",      "passed",
         "paused",    "pending",   "permitted",  "ready",     "received",     "rejected",    "released",    "removed",
         "reset",     "resumed",   "running",    "sent",      "skipped",      "sleep",       "started",     "starting",
         "stopped",   "stopping",  "succeeded",  "success",   "suspended",    "terminated",  "unavailable", "unblocked",
         "unhealthy", "unlocked",  "up",         "updated",   "valid",        "wake",        "warning",     "yes"}),
    true);

constexpr auto kHttpMethods = WordSet<32>().add(
    std::to_array<std::string_view>({"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}),
    true);

constexpr auto kMessageFields =
    WordSet<32>().add(std::to_array<std::string_view>({"@message", "err", "error", "event", "exception", "level", "log",
                                                       "lvl", "message", "msg", "reason", "severity", "text"}),
                      true);

constexpr auto kUserLabels =
    WordSet<16>().add(std::to_array<std::string_view>({"account", "login", "user", "userid", "username"}), true);

constexpr auto kProcessLabels =
    WordSet<16>().add(std::to_array<std::string_view>({"job", "pid", "process", "task", "thread"}), true);

}  // namespace

bool isMonth(std::string_view word) {
    return kMonths.meaningOf(word);
}

bool isWeekday(std::string_view word) {
    return kWeekdays.meaningOf(word);
}

Mask unitOf(std::string_view word) {
    return word == "m" ? Mask::duration : kUnits.meaningOf(word);
}

NameEnding endingOf(std::string_view ending) {
    return kEndings.meaningOf(ending);
}

bool startsReverseName(std::string_view label) {
    return kReverseNames.meaningOf(label);
}

bool isTechnologyName(std::string_view word) {
    return kTechnologyNames.meaningOf(word);
}

bool isTruthWord(std::string_view word) {
    return kTruthWords.meaningOf(word);
}

bool isStateWord(std::string_view word) {
    return kStateWords.meaningOf(word);
}

bool isUserLabel(std::string_view word) {
    return kUserLabels.meaningOf(word.substr(0, word.find_last_not_of(':') + 1));
}

bool isProcessLabel(std::string_view word) {
    return kProcessLabels.meaningOf(word.substr(0, word.find_last_not_of(':') + 1));
}

bool isHttpMethod(std::string_view word) {
    return std::all_of(word.begin(), word.end(), isUpper) && kHttpMethods.meaningOf(word);
}

bool isMessageField(std::string_view key) {
    return kMessageFields.meaningOf(key);
}

}  // namespace fusebox::errors
