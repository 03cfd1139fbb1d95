#pragma once
// What a configuration says of errors, compiled so that a failure is judged without a lock and mostly without comparing texts.
// Threads: immutable.

#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/ticket.h>
#include <fusebox/domain/error.h>

#include <cstdint>

namespace fusebox::breaker {

class ErrorRules {
public:
    explicit ErrorRules(const CircuitBreakerConfig& config);

    bool operator==(const ErrorRules&) const = default;

    [[nodiscard]] Outcome judged(domain::Category category) const noexcept {
        const std::uint32_t bit = 1U << static_cast<unsigned>(category);
        const bool ignored = (m_ignored & bit) != 0;
        return {ignored ? OutcomeKind::ignored : OutcomeKind::failure, category, (m_soft & bit) != 0, ignored};
    }

    /// Fails, is soft, or is ignored. An error without category counts as UNKNOWN.
    [[nodiscard]] Outcome judged(const domain::Error& error) const noexcept {
        const bool lists = m_types || (m_codeSystems & bitOf(error.codeSystem)) != 0;
        return lists ? judgedByLists(error) : judged(error.category.value_or(domain::Category::unknown));
    }

    [[nodiscard]] static constexpr std::uint64_t bitOf(domain::CodeSystem system) noexcept {
        return std::uint64_t{1} << (static_cast<unsigned>(system) % 64);
    }

private:
    [[nodiscard]] Outcome judgedByLists(const domain::Error& error) const noexcept;

    std::uint32_t m_ignored = 0;  ///< bits by category
    std::uint32_t m_soft = 0;
    std::uint64_t m_codeSystems = 0;  ///< bits by system: a listed code may be of it
    bool m_types = false;             ///< some type is listed
    ErrorFilter m_monitoredErrors;
    ErrorFilter m_ignoredErrors;
    ErrorFilter m_softErrors;
};

}  // namespace fusebox::breaker
