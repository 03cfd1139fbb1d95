#include <fusebox/errors/delay.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace fusebox::errors {

namespace {

using std::chrono::milliseconds;
using Delay = std::optional<milliseconds>;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool isLetter(char c) {
    return lowered(c) >= 'a' && lowered(c) <= 'z';
}

bool same(std::string_view lower, std::string_view text) {
    return std::equal(lower.begin(), lower.end(), text.begin(), text.end(),
                      [](char a, char b) { return a == lowered(b); });
}

struct Unit {
    std::string_view name;
    double milliseconds;
};

constexpr Unit kUnits[] = {
    {"s", 1e3},     {"sec", 1e3},    {"secs", 1e3},          {"second", 1e3},    {"seconds", 1e3}, {"ms", 1},
    {"msec", 1},    {"msecs", 1},    {"millis", 1},          {"millisecond", 1}, {"m", 6e4},       {"milliseconds", 1},
    {"min", 6e4},   {"mins", 6e4},   {"minute", 6e4},        {"h", 3.6e6},       {"minutes", 6e4}, {"hr", 3.6e6},
    {"hrs", 3.6e6}, {"hour", 3.6e6}, {"d", 8.64e7},          {"hours", 3.6e6},   {"day", 8.64e7},  {"days", 8.64e7},
    {"us", 1e-3},   {"ns", 1e-6},    {"microseconds", 1e-3}, {"nanos", 1e-6}};

/// Reads "1m20s", "30 seconds", "1.5s" piece by piece.
class DelayReader {
public:
    explicit DelayReader(std::string_view text) : m_rest(text) {}

    Delay read(PlainNumber plain) {
        skipToNumber();
        double total = 0;
        bool any = false;
        while (const auto number = readNumber()) {
            const auto unit = readUnit();
            if (!unit) {
                if (any || plain == PlainNumber::nothing) break;
                return checked(*number * (plain == PlainNumber::seconds ? 1e3 : 1));
            }
            total += *number * *unit;
            any = true;
            skipBlanks();
        }
        return any ? checked(total) : std::nullopt;
    }

private:
    static Delay checked(double ms) {
        if (!(ms >= 0) || ms > static_cast<double>(kLongestDelay.count())) return std::nullopt;
        return milliseconds(static_cast<std::int64_t>(std::ceil(ms)));
    }

    /// Between the announcement and its number may stand a few signs and one word, which may be the unit: "{ seconds: 7 }".
    void skipToNumber() {
        constexpr std::size_t kMostBetween = 24;
        std::size_t at = 0;
        while (at < m_rest.size() && at < kMostBetween && !isDigit(m_rest[at])) {
            if (m_rest[at] == '-' && at + 1 < m_rest.size() && isDigit(m_rest[at + 1])) return;
            ++at;
        }
        std::string_view between = m_rest.substr(0, at);
        while (!between.empty() && !isLetter(between.back())) between.remove_suffix(1);
        std::size_t start = between.size();
        while (start > 0 && isLetter(between[start - 1])) --start;
        m_unitBefore = unitNamed(between.substr(start));
        m_rest.remove_prefix(at);
    }

    void skipBlanks() {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == ',')) m_rest.remove_prefix(1);
        if (m_rest.starts_with("and ")) m_rest.remove_prefix(4);
    }

    std::optional<double> readNumber() {
        if (m_rest.empty() || !isDigit(m_rest.front())) return std::nullopt;
        double number = 0;
        const auto [end, failed] =
            std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), number, std::chars_format::fixed);
        if (failed != std::errc()) return std::nullopt;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return number;
    }

    std::optional<double> readUnit() {
        std::size_t at = 0;
        while (at < m_rest.size() && (m_rest[at] == ' ' || m_rest[at] == '_')) ++at;
        std::size_t end = at;
        while (end < m_rest.size() && isLetter(m_rest[end])) ++end;
        if (const auto unit = unitNamed(m_rest.substr(at, end - at))) {
            m_rest.remove_prefix(end);
            return unit;
        }
        return m_unitBefore;
    }

    static std::optional<double> unitNamed(std::string_view name) {
        for (const Unit& unit : kUnits) {
            if (same(unit.name, name)) return unit.milliseconds;
        }
        return std::nullopt;
    }

    std::string_view m_rest;
    std::optional<double> m_unitBefore;
};

std::optional<int> twoOrMoreDigits(std::string_view text) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "Wed, 21 Oct 2015 07:28:00 GMT"
std::optional<std::chrono::sys_seconds> httpDate(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    if (text.size() < 29 || text[3] != ',' || text[19] != ':' || text[22] != ':') return std::nullopt;
    const auto month = std::find_if(kMonths.begin(), kMonths.end(),
                                    [&](std::string_view name) { return same(name, text.substr(8, 3)); });
    const auto day = twoOrMoreDigits(text.substr(5, 2));
    const auto year = twoOrMoreDigits(text.substr(12, 4));
    const auto hour = twoOrMoreDigits(text.substr(17, 2));
    const auto minute = twoOrMoreDigits(text.substr(20, 2));
    const auto second = twoOrMoreDigits(text.substr(23, 2));
    if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(month - kMonths.begin() + 1)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

}  // namespace

Delay delayAt(std::string_view text, PlainNumber plain) {
    return DelayReader(text).read(plain);
}

Delay delayInAttributes(const domain::ErrorContext& context) {
    std::string_view retryAfter;
    std::string_view date;
    for (const auto& [name, value] : context.attributes) {
        if (same("retry-after", name) || same("x-ratelimit-reset-after", name) || same("ratelimit-reset", name)) {
            retryAfter = value;
        } else if (same("date", name)) {
            date = value;
        } else if (same("retry-after-ms", name) || same("x-ms-retry-after-ms", name) ||
                   same("grpc-retry-pushback-ms", name)) {
            return delayAt(value, PlainNumber::milliseconds);
        }
    }
    if (retryAfter.empty()) return std::nullopt;
    if (isDigit(retryAfter.front())) return delayAt(retryAfter, PlainNumber::seconds);
    const auto until = httpDate(retryAfter);
    const auto now = httpDate(date);
    if (!until || !now || *until < *now || *until - *now > kLongestDelay) return std::nullopt;
    return *until - *now;
}

}  // namespace fusebox::errors
