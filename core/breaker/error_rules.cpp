#include <fusebox/breaker/error_rules.h>

#include <string_view>

namespace fusebox::breaker {

namespace {

/// Bits of the code systems that a listed code may belong to: the one it names, else all.
std::uint64_t systemsOf(std::string_view code) {
    code.remove_prefix(code.starts_with('!') ? 1 : 0);
    const std::size_t space = code.find(' ');
    if (space != std::string_view::npos) {
        if (const auto system = domain::codeSystemFromWord(code.substr(0, space))) {
            return ErrorRules::bitOf(*system);
        }
    }
    return UINT64_MAX;
}

}  // namespace

ErrorRules::ErrorRules(const CircuitBreakerConfig& config)
    : m_monitoredErrors(config.monitoredErrors),
      m_ignoredErrors(config.ignoredErrors),
      m_softErrors(config.softErrors) {
    for (const ErrorFilter* filter : {&m_monitoredErrors, &m_ignoredErrors, &m_softErrors}) {
        m_types = m_types || !filter->types.empty();
        for (const std::string& code : filter->codes) {
            m_codeSystems |= systemsOf(code);
        }
    }
    for (const domain::Category category : domain::kCategories) {
        const std::uint32_t bit = 1U << static_cast<unsigned>(category);
        const bool monitored = m_monitoredErrors.empty() || m_monitoredErrors.matches(category);
        m_ignored |= m_ignoredErrors.matches(category) || !monitored ? bit : 0;
        m_soft |= m_softErrors.matches(category) ? bit : 0;
    }
}

Outcome ErrorRules::judgedByLists(const domain::Error& error) const noexcept {
    const bool ignored =
        m_ignoredErrors.matches(error) || (!m_monitoredErrors.empty() && !m_monitoredErrors.matches(error));
    return {ignored ? OutcomeKind::ignored : OutcomeKind::failure, error.category.value_or(domain::Category::unknown),
            m_softErrors.matches(error), ignored};
}

}  // namespace fusebox::breaker
