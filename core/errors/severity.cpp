#include <fusebox/errors/severity.h>

#include <fusebox/errors/phrase_scanner.h>

#include <array>
#include <chrono>

namespace fusebox::errors {

using domain::Category;
using domain::Severity;
using domain::Trend;

namespace {

constexpr std::chrono::minutes kQuietBeforeFall{2};
constexpr double kAlmostAll = 0.95;

constexpr auto kGraveWords = std::to_array<std::string_view>({
    "data loss",
    "lost data",
    "corrupt*",
    "checksum mismatch",
    "panic",
    "out of memory",
    "oom",
    "oom killed",
    "cannot allocate",
    "disk full",
    "no space left",
    "disk is full",
    "read only file system",
    "segmentation fault",
    "certificate has expired",
    "certificate expired",
    "certificate is expired",
    "expired certificate",
    "split brain",
});

int pointsOf(Category category) {
    switch (category) {
        case Category::authentication:
        case Category::permanent:
            return 3;
        case Category::unknown:
            return 2;
        case Category::transient:
        case Category::rateLimit:
        case Category::dataValidation:
            return 1;
    }
    return 2;
}

int pointsOf(double failingShare) {
    return failingShare > 0.5 ? 3 : failingShare > 0.1 ? 2 : failingShare > 0.01 ? 1 : 0;
}

}  // namespace

bool isGrave(std::string_view text) {
    static const PhraseScanner scanner(kGraveWords);
    return !scanner.scan(text).empty();
}

Severity severityOf(const Impact& impact) {
    if (impact.trend == Trend::resolved) return Severity::low;
    if (impact.failingShare >= kAlmostAll) return Severity::critical;
    const bool moves = impact.trend != Trend::steady;
    const int points = pointsOf(impact.category) + pointsOf(impact.failingShare) + (moves ? 1 : 0);
    if (points >= 7) return Severity::critical;
    if (points >= 5 || impact.grave) return Severity::high;
    return points >= 3 ? Severity::medium : Severity::low;
}

Severity SeverityJudge::judge(const Impact& impact, base::WallTime now) {
    const Severity is = severityOf(impact);
    if (is >= m_severity) {
        m_lowerSince.reset();
        return m_severity = is;
    }
    if (!m_lowerSince || now < *m_lowerSince) {
        m_lowerSince = now;
    } else if (now - *m_lowerSince >= kQuietBeforeFall) {
        m_severity = static_cast<Severity>(static_cast<int>(m_severity) - 1);
        m_lowerSince = now;
        if (m_severity == is) m_lowerSince.reset();
    }
    return m_severity;
}

}  // namespace fusebox::errors
