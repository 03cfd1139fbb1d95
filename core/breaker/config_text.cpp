#include <fusebox/breaker/config_text.h>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace fusebox::breaker {

namespace {

using Words = std::span<const std::string_view>;

struct Unit {
    std::string_view name;
    double nanoseconds;
};

constexpr std::array kUnits{Unit{"ns", 1},     Unit{"us", 1e3}, Unit{"ms", 1e6},   Unit{"s", 1e9},
                            Unit{"min", 6e10}, Unit{"m", 6e10}, Unit{"h", 3.6e12}, Unit{"d", 8.64e13}};
constexpr double kLongest = 3.2e16;  // about a year; keeps sums of times far from overflow

/// A number at the front of the text, and what follows it.
struct Number {
    double value;
    std::string_view rest;
};

std::optional<Number> numberAtFront(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return Number{value, trimmed(text.substr(static_cast<std::size_t>(end - text.data())))};
}

template <typename Integer>
std::optional<Integer> wholeNumber(std::string_view text) {
    Integer value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

Words wordsOf(Compare) {
    static constexpr std::array<std::string_view, 2> kWords{"at_least", "above"};
    return kWords;
}
Words wordsOf(EvaluateOn) {
    static constexpr std::array<std::string_view, 2> kWords{"any_outcome", "failure"};
    return kWords;
}
Words wordsOf(WindowKind) {
    static constexpr std::array<std::string_view, 6> kWords{"time",        "count",    "tumbling", "tumbling_aligned",
                                                            "first_event", "unbounded"};
    return kWords;
}
Words wordsOf(Backoff) {
    static constexpr std::array<std::string_view, 3> kWords{"fixed", "exponential", "adaptive"};
    return kWords;
}
Words wordsOf(Jitter) {
    static constexpr std::array<std::string_view, 4> kWords{"none", "full", "equal", "decorrelated"};
    return kWords;
}
Words wordsOf(ConcurrencyMode) {
    static constexpr std::array<std::string_view, 3> kWords{"off", "fixed", "adaptive"};
    return kWords;
}
Words wordsOf(HalfOpenBy) {
    static constexpr std::array<std::string_view, 2> kWords{"call", "tick"};
    return kWords;
}
Words wordsOf(HalfOpenAdmission) {
    static constexpr std::array<std::string_view, 3> kWords{"total", "concurrent", "unlimited"};
    return kWords;
}
Words wordsOf(HalfOpenVerdict) {
    static constexpr std::array<std::string_view, 2> kWords{"counts", "rates"};
    return kWords;
}
Words wordsOf(CancelledProbe) {
    static constexpr std::array<std::string_view, 2> kWords{"release", "reopen"};
    return kWords;
}
Words wordsOf(LateResults) {
    static constexpr std::array<std::string_view, 2> kWords{"ignored", "counted"};
    return kWords;
}
Words wordsOf(IgnoredOutcome) {
    static constexpr std::array<std::string_view, 2> kWords{"neutral", "success"};
    return kWords;
}
Words wordsOf(LatencyPrecision) {
    static constexpr std::array<std::string_view, 2> kWords{"standard", "fine"};
    return kWords;
}
Words wordsOf(Timing) {
    static constexpr std::array<std::string_view, 3> kWords{"every_call", "sampled", "counts_only"};
    return kWords;
}
Words wordsOf(domain::State) {
    static constexpr std::array<std::string_view, 3> kWords{"closed", "open", "half_open"};
    return kWords;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t";
    const std::size_t begin = text.find_first_not_of(kSpace);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

std::vector<std::string_view> listed(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        if (const auto part = trimmed(text.substr(at, comma - at)); !part.empty()) {
            parts.push_back(part);
        }
        at = comma + 1;
    }
    return parts;
}

std::string write(double share) {
    return fmt::format("{}", share);
}
std::string write(bool value) {
    return value ? "true" : "false";
}
std::string write(std::uint32_t value) {
    return fmt::format("{}", value);
}
std::string write(std::uint64_t value) {
    return fmt::format("{}", value);
}

std::string write(base::Duration value) {
    if (value == base::Duration::zero()) {
        return "0s";
    }
    for (std::size_t i = kUnits.size(); i-- > 0;) {
        const auto unit = static_cast<base::Duration::rep>(kUnits[i].nanoseconds);
        if (value.count() % unit == 0 && kUnits[i].name != "m") {
            return fmt::format("{}{}", value.count() / unit, kUnits[i].name);
        }
    }
    return fmt::format("{}ns", value.count());
}

std::string write(const ErrorFilter& filter) {
    std::vector<std::string> parts;
    for (const domain::Category category : filter.categories) {
        parts.emplace_back(domain::toWord(category));
    }
    for (const std::string& type : filter.types) {
        parts.push_back("type:" + type);
    }
    for (const std::string& code : filter.codes) {
        parts.push_back("code:" + code);
    }
    return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

std::optional<double> Reader<double>::read(std::string_view text) {
    const auto number = numberAtFront(text);
    if (!number || (!number->rest.empty() && number->rest != "%")) {
        return std::nullopt;
    }
    return number->rest == "%" ? number->value / 100.0 : number->value;
}

std::optional<bool> Reader<bool>::read(std::string_view text) {
    if (text == "true" || text == "on") {
        return true;
    }
    return text == "false" || text == "off" ? std::optional(false) : std::nullopt;
}

std::optional<std::uint32_t> Reader<std::uint32_t>::read(std::string_view text) {
    return wholeNumber<std::uint32_t>(text);
}
std::optional<std::uint64_t> Reader<std::uint64_t>::read(std::string_view text) {
    return wholeNumber<std::uint64_t>(text);
}

std::optional<base::Duration> Reader<base::Duration>::read(std::string_view text) {
    const auto number = numberAtFront(text);
    if (!number) {
        return std::nullopt;
    }
    if (number->value == 0 && number->rest.empty()) {
        return base::Duration::zero();
    }
    for (const Unit& unit : kUnits) {
        const double nanoseconds = number->value * unit.nanoseconds;
        if (number->rest == unit.name && std::abs(nanoseconds) <= kLongest) {
            return base::Duration(static_cast<base::Duration::rep>(std::llround(nanoseconds)));
        }
    }
    return std::nullopt;
}

std::optional<ErrorFilter> Reader<ErrorFilter>::read(std::string_view text) {
    ErrorFilter filter;
    if (text == "none") {
        return filter;
    }
    for (const std::string_view part : listed(text)) {
        if (part.starts_with("type:")) {
            filter.types.emplace_back(trimmed(part.substr(5)));
        } else if (part.starts_with("code:")) {
            filter.codes.emplace_back(trimmed(part.substr(5)));
        } else if (const auto category = domain::categoryFromWord(part)) {
            filter.categories.push_back(*category);
        } else {
            return std::nullopt;
        }
    }
    return filter;
}

}  // namespace fusebox::breaker
