#pragma once
// Writes samples in the text format of Prometheus (version 0.0.4).
// Threads: one.
// Source: https://prometheus.io/docs/instrumenting/exposition_formats/

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fusebox::server {

using Label = std::pair<std::string_view, std::string_view>;

/// A label's value made safe: quotes, backslashes and line breaks escaped; what is not UTF-8 becomes '?'.
[[nodiscard]] std::string labelText(std::string_view value);

class MetricLines {
public:
    explicit MetricLines(std::string& out) : m_out(out) {}

    enum class Type { counter, gauge, histogram };

    /// All further samples belong to it.
    void begin(std::string_view name, Type type, std::string_view help);
    /// All further samples have it first. `breaker`: made safe already; empty: none.
    void of(std::string_view breaker) { m_breaker = breaker; }

    void value(std::uint64_t number, std::initializer_list<Label> labels = {});
    void value(double number, std::initializer_list<Label> labels = {});
    /// One series of a histogram: how many up to each bound, and all.
    template <std::size_t Bounds>
    void histogram(const std::array<std::string_view, Bounds>& bounds,
                   const std::array<std::uint64_t, Bounds + 1>& counts, double sum) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            below += counts[i];
            start("_bucket", {{"le", i < Bounds ? bounds[i] : std::string_view("+Inf")}});
            finish(below);
        }
        start("_sum", {});
        finish(sum);
        start("_count", {});
        finish(below);
    }

private:
    void start(std::string_view ending, std::initializer_list<Label> labels);
    void finish(std::uint64_t number);
    void finish(double number);

    std::string& m_out;
    std::string_view m_name;
    std::string_view m_breaker;
};

}  // namespace fusebox::server
