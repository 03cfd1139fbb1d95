#include <fusebox/recovery/clear_cache.h>

#include <fmt/format.h>

namespace fusebox::recovery {

ActionResult ClearCache::run(const Occasion&, std::stop_token, const Progress& progress) {
    progress("It empties " + m_cache);
    const auto cleared = m_clear();
    if (!cleared) return failedBecause(cleared.error().text());
    return {domain::RecoveryResult::succeeded, fmt::format("It emptied {}: {}.", m_cache, *cleared), {}};
}

}  // namespace fusebox::recovery
