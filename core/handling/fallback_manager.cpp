#include <fusebox/handling/fallback_manager.h>

#include <fusebox/handling/duration_text.h>

#include <fmt/format.h>

namespace fusebox::handling {

void FallbackManager::keep(std::string_view key, Held held) {
    if (held.bytes > m_limits.bytes || m_limits.values == 0) return;
    Entries gone;  // ends after the lock: what a value does when it ends is not ours
    Entries fresh;
    fresh.push_back({std::string(key), std::move(held)});
    const base::Lock lock(m_mutex);
    if (const auto known = m_byKey.find(key); known != m_byKey.end()) take(known->second, gone);
    m_bytes += fresh.front().held.bytes;
    m_entries.splice(m_entries.end(), fresh);
    m_byKey.emplace(m_entries.back().key, std::prev(m_entries.end()));
    while (m_bytes > m_limits.bytes || m_entries.size() > m_limits.values) take(m_entries.begin(), gone);
}

void FallbackManager::take(Entries::iterator entry, Entries& into) {
    m_byKey.erase(entry->key);
    m_bytes -= entry->held.bytes;
    into.splice(into.end(), m_entries, entry);
}

tl::expected<FallbackManager::Aged, std::string> FallbackManager::find(std::string_view key,
                                                                       const std::type_info& type) {
    const base::Time now = m_clock.now();
    Entries gone;
    const base::Lock lock(m_mutex);
    const auto known = m_byKey.find(key);
    if (known == m_byKey.end()) return tl::unexpected(std::string("no good value is known"));
    const Held& held = known->second->held;
    const base::Duration age = now - held.at;
    if (age > m_limits.age) {
        std::string why = fmt::format("the last good value is {} old; the limit is {}", durationText(age),
                                      durationText(m_limits.age));
        take(known->second, gone);
        return tl::unexpected(std::move(why));
    }
    if (*held.type != type) return tl::unexpected(std::string("the last good value is of another type"));
    return Aged{held.value, age};
}

void FallbackManager::setDefault(std::string_view key, Held held) {
    const base::Lock lock(m_mutex);
    m_defaults.insert_or_assign(std::string(key), std::move(held));
}

tl::expected<std::shared_ptr<const void>, std::string> FallbackManager::findDefault(std::string_view key,
                                                                                    const std::type_info& type) const {
    const base::Lock lock(m_mutex);
    auto found = m_defaults.find(key);
    if (found == m_defaults.end()) found = m_defaults.find(std::string_view());
    if (found == m_defaults.end()) return tl::unexpected(std::string("there is no default value"));
    if (*found->second.type != type) return tl::unexpected(std::string("the default value is of another type"));
    return found->second.value;
}

bool FallbackManager::hasDefaults() const {
    const base::Lock lock(m_mutex);
    return !m_defaults.empty();
}

std::size_t FallbackManager::clear() {
    Entries gone;
    const base::Lock lock(m_mutex);
    gone.swap(m_entries);
    m_byKey.clear();
    m_bytes = 0;
    return gone.size();
}

std::size_t FallbackManager::count() const {
    const base::Lock lock(m_mutex);
    return m_entries.size();
}

std::size_t FallbackManager::bytes() const {
    const base::Lock lock(m_mutex);
    return m_bytes;
}

}  // namespace fusebox::handling
