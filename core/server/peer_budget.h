#pragma once
// How much each peer may still ask for: a bucket per address that fills with time and is emptied by requests.
// Threads: any.
// Time: passed in.
// Limits: 4,096 peers; beyond it the fullest bucket, whose owner has asked for least of late, is forgotten.

#include <fusebox/base/mutex.h>
#include <fusebox/base/time.h>

#include <string>
#include <unordered_map>

namespace fusebox::server {

class PeerBudget {
public:
    /// REQUIRES: both above zero.
    PeerBudget(double perSecond, double burst) : m_perSecond(perSecond), m_burst(burst) {}

    /// Takes one if there is one.
    [[nodiscard]] bool take(const std::string& peer, base::Time now);
    /// Whether there is one to take.
    [[nodiscard]] bool has(const std::string& peer, base::Time now);

private:
    struct Bucket {
        double level = 0;
        base::Time at{};
    };

    [[nodiscard]] double levelOf(const Bucket& bucket, base::Time now) const;
    [[nodiscard]] Bucket& bucketOf(const std::string& peer, base::Time now) FUSEBOX_REQUIRES(m_mutex);
    void makeRoom(base::Time now) FUSEBOX_REQUIRES(m_mutex);

    const double m_perSecond;
    const double m_burst;
    base::Mutex m_mutex;
    std::unordered_map<std::string, Bucket> m_buckets FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::server
