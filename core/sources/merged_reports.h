#pragma once
// One report of several sources: what each knows of errors and of recovery, together.
// Threads: pure functions, but for ReportMerge: one at a time.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/recovery.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fusebox::sources {

/// Patterns of the same text are one: counts add up, places stand side by side, the worst severity and trend rule.
/// Averages of recovery are left to the first report that knows them: they cannot be added.
[[nodiscard]] domain::ErrorReport merged(const domain::ErrorReport& one, const domain::ErrorReport& other);

/// `other` is that of the agent of this name.
[[nodiscard]] domain::RecoveryReport merged(const domain::RecoveryReport& one, const domain::RecoveryReport& other);

/// Merges anew only when one of the two has changed.
template <typename Report>
class ReportMerge {
public:
    using Ref = std::shared_ptr<const Report>;

    /// Either may be null.
    [[nodiscard]] Ref of(const Ref& one, const Ref& other) {
        if (one == nullptr || other == nullptr) return one == nullptr ? other : one;
        if (m_merged == nullptr || m_one != one || m_other != other) {
            m_one = one;
            m_other = other;
            auto both = std::make_shared<Report>(merged(*one, *other));
            if constexpr (requires { both->version; }) both->version = ++m_version;
            m_merged = std::move(both);
        }
        return m_merged;
    }

private:
    Ref m_one;
    Ref m_other;
    Ref m_merged;
    std::uint64_t m_version = 0;
};

}  // namespace fusebox::sources
