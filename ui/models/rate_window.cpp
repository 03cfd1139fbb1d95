#include <fusebox/models/rate_window.h>

#include <algorithm>

namespace fusebox::models {

void RateWindow::add(base::Time at, const domain::Totals& totals) {
    const Sample sample{at, totals.permitted + totals.rejected, totals.rejected, totals.success + totals.failure,
                        totals.failure};
    const bool isRestarted =
        m_size > 0 && (sample.attempts < m_latest.attempts || sample.rejected < m_latest.rejected ||
                       sample.ended < m_latest.ended || sample.failed < m_latest.failed);
    if (isRestarted) m_size = 0;
    m_latest = sample;
    const std::size_t newest = (m_next + kSamples - 1) % kSamples;
    if (m_size > 0 && at - m_samples[newest].at < kStep) return;
    m_samples[m_next] = sample;
    m_next = (m_next + 1) % kSamples;
    m_size = std::min(m_size + 1, kSamples);
}

const RateWindow::Sample& RateWindow::oldest() const {
    // After a pause the samples from before it would dilute what happens now.
    std::size_t back = m_size;
    while (back > 1 && m_latest.at - m_samples[(m_next + kSamples - back) % kSamples].at > kSpan + kStep) --back;
    return m_samples[(m_next + kSamples - back) % kSamples];
}

std::optional<Rates> RateWindow::rates() const {
    if (m_size == 0) return std::nullopt;
    const Sample& first = oldest();
    const base::Duration span = m_latest.at - first.at;
    if (span < kStep) return std::nullopt;
    const double seconds = std::chrono::duration<double>(span).count();
    const auto perSecond = [seconds](std::uint64_t now, std::uint64_t then) {
        return static_cast<double>(now - then) / seconds;
    };
    return Rates{perSecond(m_latest.attempts, first.attempts), perSecond(m_latest.rejected, first.rejected),
                 perSecond(m_latest.ended, first.ended), perSecond(m_latest.failed, first.failed)};
}

}  // namespace fusebox::models
