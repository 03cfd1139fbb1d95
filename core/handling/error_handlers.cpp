#include <fusebox/handling/error_handlers.h>

#include <cassert>
#include <utility>

namespace fusebox::handling {

void ErrorHandlers::add(std::shared_ptr<ErrorHandler> handler) {
    assert(handler);
    const domain::BreakerId id = handler->breaker().identity().id;
    const base::Lock lock(m_mutex);
    m_handlers.insert_or_assign(id, std::move(handler));
}

void ErrorHandlers::remove(const domain::BreakerId& breaker) {
    const base::Lock lock(m_mutex);
    m_handlers.erase(breaker);
}

std::shared_ptr<ErrorHandler> ErrorHandlers::find(const domain::BreakerId& breaker) const {
    const base::Lock lock(m_mutex);
    const auto found = m_handlers.find(breaker);
    return found == m_handlers.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<ErrorHandler>> ErrorHandlers::inGroup(std::string_view group) const {
    std::vector<std::shared_ptr<ErrorHandler>> members;
    if (group.empty()) return members;
    const base::Lock lock(m_mutex);
    for (const auto& [id, handler] : m_handlers) {
        if (handler->breaker().identity().group == group) members.push_back(handler);
    }
    return members;
}

ErrorHandlers::Standings ErrorHandlers::standings() {
    std::vector<domain::HandlingStanding> now;
    const base::Lock lock(m_mutex);
    now.reserve(m_handlers.size());
    for (const auto& [id, handler] : m_handlers) now.push_back(handler->standing());
    if (!m_last || *m_last != now) {
        m_last = std::make_shared<const std::vector<domain::HandlingStanding>>(std::move(now));
    }
    return m_last;
}

}  // namespace fusebox::handling
