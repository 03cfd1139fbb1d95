#include <fusebox/errors/recovery_record.h>

#include <chrono>

namespace fusebox::errors {

bool RecoveryRecord::add(const domain::RecoveryOutcome& outcome) {
    const bool known =
        !m_counted.empty() && m_counted.size() >= kMostRemembered && outcome.id.value < *m_counted.begin();
    if (!outcome.verdictIn || known || !m_counted.insert(outcome.id.value).second) return false;
    if (m_counted.size() > kMostRemembered) m_counted.erase(m_counted.begin());
    ++m_verdicts;
    if (outcome.closedAfter) {
        ++m_helped;
        m_totalMs += std::chrono::duration<double, std::milli>(*outcome.closedAfter).count();
    }
    return true;
}

std::optional<double> RecoveryRecord::successRate() const {
    if (m_verdicts == 0) return std::nullopt;
    return static_cast<double>(m_helped) / static_cast<double>(m_verdicts);
}

std::optional<double> RecoveryRecord::averageTimeMs() const {
    if (m_helped == 0) return std::nullopt;
    return m_totalMs / static_cast<double>(m_helped);
}

}  // namespace fusebox::errors
