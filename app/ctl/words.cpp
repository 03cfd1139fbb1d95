#include <fusebox/ctl/words.h>

#include <fusebox/breaker/config_text.h>

#include <fmt/core.h>

#include <array>
#include <chrono>
#include <ctime>

namespace fusebox::ctl {

namespace {

double inSeconds(base::Duration span) {
    return std::chrono::duration<double>(span).count();
}

/// "2 d 3 h": the larger part and what is left of the smaller.
std::string twoParts(std::int64_t whole, std::int64_t per, const char* large, const char* small) {
    const std::int64_t rest = whole % per;
    return rest == 0 ? fmt::format("{} {}", whole / per, large)
                     : fmt::format("{} {} {} {}", whole / per, large, rest, small);
}

}  // namespace

std::string spanText(base::Duration span) {
    using std::chrono::duration_cast;
    if (span < std::chrono::seconds(1)) {
        return fmt::format("{} ms", duration_cast<std::chrono::milliseconds>(span).count());
    }
    if (span < std::chrono::seconds(10)) return fmt::format("{:.1f} s", inSeconds(span));
    const std::int64_t seconds = duration_cast<std::chrono::seconds>(span).count();
    if (seconds < 60) return fmt::format("{} s", seconds);
    if (seconds < 3600) return twoParts(seconds, 60, "min", "s");
    if (seconds < 86'400) return twoParts(seconds / 60, 60, "h", "min");
    return twoParts(seconds / 3600, 24, "d", "h");
}

std::string latencyText(const std::optional<base::Duration>& latency) {
    if (!latency) return kMissing;
    const double seconds = inSeconds(*latency);
    if (seconds < 0.001) return fmt::format("{:.0f} µs", seconds * 1e6);
    return seconds < 1 ? fmt::format("{:.3g} ms", seconds * 1e3) : fmt::format("{:.2f} s", seconds);
}

std::string percentText(const std::optional<double>& share) {
    return share ? fmt::format("{:.1f} %", *share * 100) : kMissing;
}

std::string momentText(base::WallTime at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const std::time_t time = seconds.time_since_epoch().count();
    std::tm parts{};
    std::array<char, 32> text{};
    if (::localtime_r(&time, &parts) == nullptr) return kMissing;
    if (std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts) == 0) return kMissing;
    return fmt::format("{}.{:03}", text.data(), (at - seconds).count());
}

std::string countText(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::optional<base::Duration> spanFrom(std::string_view text) {
    const auto span = breaker::parse<base::Duration>(text);
    return span && *span >= base::Duration::zero() ? span : std::nullopt;
}

std::optional<base::WallTime> momentFrom(std::string_view text, base::WallTime now) {
    if (const auto ago = spanFrom(text)) return now - std::chrono::duration_cast<std::chrono::milliseconds>(*ago);
    std::string given(text);
    const bool isUtc = given.ends_with('Z');
    if (isUtc) given.pop_back();
    for (const char* form :
         {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
        std::tm parts{};
        parts.tm_isdst = -1;
        const char* end = ::strptime(given.c_str(), form, &parts);
        if (end == nullptr || *end != '\0') continue;
        const std::time_t time = isUtc ? ::timegm(&parts) : std::mktime(&parts);
        return base::WallTime(std::chrono::seconds(time));
    }
    return std::nullopt;
}

}  // namespace fusebox::ctl
