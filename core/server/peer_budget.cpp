#include <fusebox/server/peer_budget.h>

#include <algorithm>

namespace fusebox::server {

namespace {

constexpr std::size_t kMostPeers = 4096;

}  // namespace

double PeerBudget::levelOf(const Bucket& bucket, base::Time now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(m_burst, bucket.level + std::max(seconds, 0.0) * m_perSecond);
}

PeerBudget::Bucket& PeerBudget::bucketOf(const std::string& peer, base::Time now) {
    if (m_buckets.size() >= kMostPeers && !m_buckets.contains(peer)) makeRoom(now);
    Bucket& bucket = m_buckets.try_emplace(peer, Bucket{m_burst, now}).first->second;
    bucket = {levelOf(bucket, now), now};
    return bucket;
}

void PeerBudget::makeRoom(base::Time now) {
    std::erase_if(m_buckets, [&](const auto& entry) { return levelOf(entry.second, now) >= m_burst; });
    if (m_buckets.size() < kMostPeers) return;
    const auto fullest = std::max_element(m_buckets.begin(), m_buckets.end(), [&](const auto& a, const auto& b) {
        return levelOf(a.second, now) < levelOf(b.second, now);
    });
    m_buckets.erase(fullest);
}

bool PeerBudget::take(const std::string& peer, base::Time now) {
    base::Lock lock(m_mutex);
    Bucket& bucket = bucketOf(peer, now);
    if (bucket.level < 1) return false;
    bucket.level -= 1;
    return true;
}

bool PeerBudget::has(const std::string& peer, base::Time now) {
    base::Lock lock(m_mutex);
    return bucketOf(peer, now).level >= 1;
}

}  // namespace fusebox::server
