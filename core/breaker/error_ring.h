#pragma once
// The last errors of a breaker, kept as a sample: in a storm a call thread neither waits nor pays for a copy.
// Threads: offer() from any thread, never waits; list() and refill() from any thread.
// Limits: 20 errors; after a burst of 40 further ones are taken only as refill() allows, so the newest seconds stay visible.

#include <fusebox/base/mutex.h>
#include <fusebox/base/time.h>
#include <fusebox/breaker/outcome_notes.h>
#include <fusebox/domain/snapshot.h>

#include <atomic>
#include <cstdint>
#include <vector>

namespace fusebox::breaker {

class ErrorRing {
public:
    static constexpr std::size_t kMost = 20;
    static constexpr int kBurst = 40;

    /// Whether an error would be taken now; a cheap look before the wall clock is read.
    [[nodiscard]] bool wants() const noexcept { return m_room.load(std::memory_order_relaxed) > 0; }

    /// `note` is the outcome that brought the error, to find it again among the stripes' notes.
    void offer(domain::RecentError error, OutcomeNote note) noexcept {
        if (!m_mutex.try_lock()) {
            return;  // another thread's error is being kept this moment
        }
        keep({std::move(error), note});
        m_mutex.unlock();
    }

    /// Allows a new burst.
    void refill() noexcept { m_room.store(kBurst, std::memory_order_relaxed); }

    struct Kept {
        domain::RecentError error;
        OutcomeNote note;
    };

    [[nodiscard]] std::vector<Kept> kept() const {
        base::Lock lock(m_mutex);
        return m_errors;
    }
    [[nodiscard]] std::vector<domain::RecentError> list() const {
        std::vector<domain::RecentError> errors;
        for (Kept& each : kept()) {
            errors.push_back(std::move(each.error));
        }
        return errors;
    }

    /// Grows with each error that was kept.
    [[nodiscard]] std::uint64_t revision() const noexcept { return m_revision.load(std::memory_order_acquire); }

private:
    void keep(Kept error) FUSEBOX_REQUIRES(m_mutex) {
        m_room.store(m_room.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
        m_errors.push_back(std::move(error));
        if (m_errors.size() > kMost) {
            m_errors.erase(m_errors.begin());
        }
        m_revision.fetch_add(1, std::memory_order_release);
    }

    mutable base::Mutex m_mutex;
    std::vector<Kept> m_errors FUSEBOX_GUARDED_BY(m_mutex);
    std::atomic<int> m_room{kBurst};
    std::atomic<std::uint64_t> m_revision{0};
};

}  // namespace fusebox::breaker
