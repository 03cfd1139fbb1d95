#pragma once
// How the values of options are written and read: "50 %", "250ms", "off", "0.25, 0.5", "at_least".
// Errors: parse gives nothing for a text that it cannot take; the caller knows what is allowed.

#include <fusebox/base/time.h>
#include <fusebox/breaker/circuit_breaker_config.h>

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fusebox::breaker {

/// The words of an enum's values, in the order of the enum.
[[nodiscard]] std::span<const std::string_view> wordsOf(Compare);
[[nodiscard]] std::span<const std::string_view> wordsOf(EvaluateOn);
[[nodiscard]] std::span<const std::string_view> wordsOf(WindowKind);
[[nodiscard]] std::span<const std::string_view> wordsOf(Backoff);
[[nodiscard]] std::span<const std::string_view> wordsOf(Jitter);
[[nodiscard]] std::span<const std::string_view> wordsOf(HalfOpenBy);
[[nodiscard]] std::span<const std::string_view> wordsOf(ConcurrencyMode);
[[nodiscard]] std::span<const std::string_view> wordsOf(HalfOpenAdmission);
[[nodiscard]] std::span<const std::string_view> wordsOf(HalfOpenVerdict);
[[nodiscard]] std::span<const std::string_view> wordsOf(CancelledProbe);
[[nodiscard]] std::span<const std::string_view> wordsOf(LateResults);
[[nodiscard]] std::span<const std::string_view> wordsOf(IgnoredOutcome);
[[nodiscard]] std::span<const std::string_view> wordsOf(LatencyPrecision);
[[nodiscard]] std::span<const std::string_view> wordsOf(Timing);
[[nodiscard]] std::span<const std::string_view> wordsOf(domain::State);

template <typename Enum>
concept Worded = std::is_enum_v<Enum> && requires(Enum value) {
    wordsOf(value);
};

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::vector<std::string_view> listed(std::string_view text);

[[nodiscard]] std::string write(double share);
[[nodiscard]] std::string write(bool value);
[[nodiscard]] std::string write(std::uint32_t value);
[[nodiscard]] std::string write(std::uint64_t value);
[[nodiscard]] std::string write(base::Duration value);
[[nodiscard]] std::string write(const ErrorFilter& filter);

template <Worded Enum>
[[nodiscard]] std::string write(Enum value) {
    return std::string(wordsOf(value)[static_cast<std::size_t>(value)]);
}

template <typename Value>
[[nodiscard]] std::string write(const std::optional<Value>& value) {
    return value ? write(*value) : "off";
}

template <typename Value>
[[nodiscard]] std::string write(const std::vector<Value>& values) {
    std::string joined;
    for (const Value& value : values) {
        joined += (joined.empty() ? "" : ", ") + write(value);
    }
    return joined.empty() ? "none" : joined;
}

/// Reads one Value; specialised by what stands below.
template <typename Value>
struct Reader;

template <typename Value>
[[nodiscard]] std::optional<Value> parse(std::string_view text) {
    return Reader<Value>::read(trimmed(text));
}

template <>
struct Reader<double> {
    static std::optional<double> read(std::string_view text);
};
template <>
struct Reader<bool> {
    static std::optional<bool> read(std::string_view text);
};
template <>
struct Reader<std::uint32_t> {
    static std::optional<std::uint32_t> read(std::string_view text);
};
template <>
struct Reader<std::uint64_t> {
    static std::optional<std::uint64_t> read(std::string_view text);
};
template <>
struct Reader<base::Duration> {
    static std::optional<base::Duration> read(std::string_view text);
};
template <>
struct Reader<ErrorFilter> {
    static std::optional<ErrorFilter> read(std::string_view text);
};

template <Worded Enum>
struct Reader<Enum> {
    static std::optional<Enum> read(std::string_view text) {
        const auto words = wordsOf(Enum{});
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] == text) {
                return static_cast<Enum>(i);
            }
        }
        return std::nullopt;
    }
};

template <typename Value>
struct Reader<std::optional<Value>> {
    static std::optional<std::optional<Value>> read(std::string_view text) {
        if (text == "off") {
            return std::optional<Value>();
        }
        const auto value = parse<Value>(text);
        return value ? std::optional<std::optional<Value>>(value) : std::nullopt;
    }
};

template <typename Value>
struct Reader<std::vector<Value>> {
    static std::optional<std::vector<Value>> read(std::string_view text) {
        std::vector<Value> values;
        if (text == "none") {
            return values;
        }
        for (const std::string_view part : listed(text)) {
            const auto value = parse<Value>(part);
            if (!value) {
                return std::nullopt;
            }
            values.push_back(*value);
        }
        return values;
    }
};

}  // namespace fusebox::breaker
