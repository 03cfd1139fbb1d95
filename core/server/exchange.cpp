#include <fusebox/server/exchange.h>

#include <microhttpd.h>

#include <utility>

namespace fusebox::server {

void Exchange::answer(Outcome outcome) {
    base::Lock lock(m_mutex);
    if (m_connection == nullptr || m_outcome) return;
    m_outcome = std::move(outcome);
    if (std::exchange(m_isWaiting, false)) MHD_resume_connection(m_connection);
}

std::optional<Outcome> Exchange::takeOrWait() {
    base::Lock lock(m_mutex);
    if (!m_outcome && m_connection != nullptr) {
        MHD_suspend_connection(m_connection);
        m_isWaiting = true;
        return std::nullopt;
    }
    return m_outcome;
}

void Exchange::detach() {
    base::Lock lock(m_mutex);
    m_connection = nullptr;
}

}  // namespace fusebox::server
