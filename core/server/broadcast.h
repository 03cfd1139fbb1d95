#pragma once
// What all followers of the event stream share: the ring of events, the board of breakers, the heartbeat and the topics.
// A follower (Subscription) is a place in it, so that a slow one costs no memory and nobody waits for it.
// Threads: publish() from one thread; everything else from any.
// Time: a beat per second of the given clock, and only with frames: when they stop the stream shows it.
// Limits: Options::memory bytes of events.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/domain/frame.h>
#include <fusebox/server/event_ring.h>
#include <fusebox/server/history.h>
#include <fusebox/server/snapshot_board.h>
#include <fusebox/server/stream_body.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::server {

enum class Topic : std::uint8_t { patterns, recovery, handling };
inline constexpr std::size_t kTopics = 3;
/// "patterns", "recovery", "handling"
[[nodiscard]] std::string_view toWord(Topic topic);

/// What a follower wants besides events.
struct Wishes {
    bool snapshots = false;
    std::array<bool, kTopics> topics{};
    base::Duration interval = std::chrono::milliseconds(500);  ///< between snapshots
    std::optional<std::uint64_t> after;  ///< the last event that the follower has; nothing: begin with what comes next
    std::string about;                   ///< members of the first message: "\"agent\":\"x\""
};

class Subscription;

class Broadcast {
public:
    struct Options {
        std::size_t memory = 16ULL << 20;
        std::uint64_t lastEvent = 0;  ///< that was numbered before the program started; zero: not known
    };

    /// Runs a job on the one thread that may wait for the journal; false: it is too busy.
    using Errand = std::function<bool(std::function<void()>)>;

    /// `history` may be null; it is used inside errands only.
    Broadcast(const base::Clock& clock, Options options, std::shared_ptr<History> history, Errand errand);

    void publish(const domain::FrameRef& frame);

    [[nodiscard]] std::shared_ptr<Subscription> subscribe(Wishes wishes);

    /// Ends all streams, also those that begin later.
    void close();

    /// Calls wake() for it with each frame, until it is gone.
    void addFollower(const std::shared_ptr<StreamBody>& follower);

    [[nodiscard]] std::uint64_t lastEvent() const;
    [[nodiscard]] domain::FrameRef latestFrame() const;
    [[nodiscard]] bool isClosed() const;
    [[nodiscard]] std::size_t followers() const;
    /// How many gap records were made; one that all followers share counts once.
    [[nodiscard]] std::uint64_t gaps() const { return m_gaps.load(std::memory_order_relaxed); }

private:
    friend class Subscription;

    struct Post {
        std::uint64_t number = 0;  ///< grows with each new text
        SharedText text;
    };
    struct TopicPost {
        Post post;
        std::size_t followers = 0;
        base::Time writtenAt{};
        std::shared_ptr<const void> source;  ///< what the text was written from
    };

    [[nodiscard]] const EventRing& ring() const FUSEBOX_REQUIRES(m_mutex) { return m_ring; }
    [[nodiscard]] SnapshotBoard& board() FUSEBOX_REQUIRES(m_mutex) { return m_board; }
    void publishEvents(const domain::Frame& frame) FUSEBOX_REQUIRES(m_mutex);
    void publishTopics(const domain::Frame& frame) FUSEBOX_REQUIRES(m_mutex);
    void publishTopic(Topic topic, const domain::Frame& frame) FUSEBOX_REQUIRES(m_mutex);
    void publishBeat() FUSEBOX_REQUIRES(m_mutex);
    void wakeFollowers();
    /// As in sse.h, and counted.
    [[nodiscard]] std::string gapMessage(std::uint64_t from, std::uint64_t to, std::string_view why);

    const base::Clock& m_clock;
    const std::shared_ptr<History> m_history;
    const Errand m_errand;

    mutable base::Mutex m_mutex;
    EventRing m_ring FUSEBOX_GUARDED_BY(m_mutex);
    SnapshotBoard m_board FUSEBOX_GUARDED_BY(m_mutex);
    std::array<TopicPost, kTopics> m_topics FUSEBOX_GUARDED_BY(m_mutex);
    Post m_beat FUSEBOX_GUARDED_BY(m_mutex);
    std::optional<base::Time> m_beatAt FUSEBOX_GUARDED_BY(m_mutex);
    domain::FrameRef m_frame FUSEBOX_GUARDED_BY(m_mutex);
    std::size_t m_snapshotFollowers FUSEBOX_GUARDED_BY(m_mutex) = 0;
    bool m_closed FUSEBOX_GUARDED_BY(m_mutex) = false;

    std::atomic<std::uint64_t> m_gaps{0};

    mutable base::Mutex m_followersMutex;
    std::vector<std::weak_ptr<StreamBody>> m_followers FUSEBOX_GUARDED_BY(m_followersMutex);
};

}  // namespace fusebox::server
