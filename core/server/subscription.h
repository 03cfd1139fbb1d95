#pragma once
// One follower's place in the event stream: what it is told next. It keeps no queue of its own, only where it stands;
// whoever falls out of what the Broadcast keeps is told which events it missed, and its stream ends.
// Threads: any; the Broadcast outlives it.
// Errors: a journal that cannot be read now makes no gap: it is asked again, and if that does not help the stream ends,
// so that its reader comes again with the last event it has.
// Limits: one piece of text at a time, at most one batch of the journal's events (kBatch).

#include <fusebox/server/broadcast.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

namespace fusebox::server {

class Subscription final : public StreamBody, public std::enable_shared_from_this<Subscription> {
public:
    static constexpr std::size_t kBatch = 200;  ///< events read from the journal in one go
    static constexpr base::Duration kHistoryPause =
        std::chrono::seconds(1);                 ///< before a journal that failed is asked again
    static constexpr int kHistoryFailures = 10;  ///< one after the other; then the stream ends, to be begun again

    /// See Broadcast::subscribe().
    Subscription(Broadcast& broadcast, Wishes wishes);
    ~Subscription() override;
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

    [[nodiscard]] std::size_t read(char* into, std::size_t most) override;
    [[nodiscard]] bool isOver() const override;

private:
    enum class Course : std::uint8_t {
        ring,      ///< follows the Broadcast's ring
        history,   ///< reads from the journal what the ring no longer has
        awaiting,  ///< the journal has been asked
        over,
    };

    void begin() FUSEBOX_REQUIRES(m_mutex, m_broadcast.m_mutex);
    [[nodiscard]] bool takeNext() FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] bool takePost() FUSEBOX_REQUIRES(m_mutex, m_broadcast.m_mutex);
    [[nodiscard]] bool takeSnapshots() FUSEBOX_REQUIRES(m_mutex, m_broadcast.m_mutex);
    [[nodiscard]] bool takeEvents() FUSEBOX_REQUIRES(m_mutex, m_broadcast.m_mutex);
    [[nodiscard]] bool takeFromHistory() FUSEBOX_REQUIRES(m_mutex, m_broadcast.m_mutex);
    void enterRing() FUSEBOX_REQUIRES(m_mutex, m_broadcast.m_mutex);
    void say(std::string text) FUSEBOX_REQUIRES(m_mutex);
    void say(SharedText text) FUSEBOX_REQUIRES(m_mutex);

    /// On the thread of errands.
    void readHistory();
    void noteHistoryFailure();

    Broadcast& m_broadcast;
    const Wishes m_wishes;

    mutable base::Mutex m_mutex;  ///< taken before the Broadcast's
    std::deque<SharedText> m_texts FUSEBOX_GUARDED_BY(m_mutex);
    std::size_t m_offset FUSEBOX_GUARDED_BY(m_mutex) = 0;  ///< in the first of the texts
    Course m_course FUSEBOX_GUARDED_BY(m_mutex) = Course::ring;
    bool m_historyIsOver FUSEBOX_GUARDED_BY(m_mutex) = false;
    int m_historyFailures FUSEBOX_GUARDED_BY(m_mutex) = 0;  ///< since it was read last
    base::Time m_askHistoryAt FUSEBOX_GUARDED_BY(m_mutex){};
    std::uint64_t m_last FUSEBOX_GUARDED_BY(m_mutex) = 0;  ///< the last event that it was told
    EventRing::Place m_place FUSEBOX_GUARDED_BY(m_mutex);
    std::uint64_t m_beat FUSEBOX_GUARDED_BY(m_mutex) = 0;
    std::array<std::uint64_t, kTopics> m_topics FUSEBOX_GUARDED_BY(m_mutex){};
    std::uint64_t m_snapshotsOf FUSEBOX_GUARDED_BY(m_mutex) = 0;  ///< the frame of the last snapshots
    base::Duration::rep m_interval FUSEBOX_GUARDED_BY(m_mutex) = -1;
};

}  // namespace fusebox::server
