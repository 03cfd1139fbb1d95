#pragma once
// When the buckets of a window begin, end and leave; the counts themselves live in the stripes.
// Threads: none of its own; the automaton calls it under its lock.
// Limits: a bucket is dropped as a whole; the window is accurate to one bucket, see WindowKind.

#include <fusebox/base/time.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/stripe.h>
#include <fusebox/breaker/trip_rules.h>
#include <fusebox/domain/dossier.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace fusebox::breaker {

class BucketWindow {
public:
    /// One bucket. Its counts are those of the stripes under its mark, or, once the window changed its shape, those kept here.
    struct Frame {
        BucketMark mark;
        std::int64_t fillEnd = 0;    ///< outcomes from here on belong to a later bucket
        std::int64_t expiresAt = 0;  ///< no longer in the window from here on
        std::optional<WindowCounts> kept;
    };

    BucketWindow(const CircuitBreakerConfig& config, base::Time origin);

    /// Buckets that each stripe needs room for, at most 256.
    [[nodiscard]] static std::size_t roomFor(const CircuitBreakerConfig& config);

    /// Forgets all buckets; outcomes from now on are counted under the mark that this gives.
    BucketMark clear(base::Time now);

    /// Begins the bucket of `now` if none is open, and drops those that left. Gives the mark to count under.
    BucketMark turn(base::Time now);

    /// The next time at which turn() must be called, in nanoseconds.
    [[nodiscard]] std::int64_t turnAt() const;

    /// Takes another shape. `kept` are the counts of frames(), in order; they stay until they would have left.
    BucketMark reshape(const CircuitBreakerConfig& config, std::vector<WindowCounts> kept, std::size_t room,
                       base::Time now);

    /// Takes over buckets of an earlier life, oldest first; those that have left, or that this kind of window cannot have,
    /// are dropped. REQUIRES: clear() or the constructor came last.
    void resume(const std::vector<domain::WindowSlice>& slices, base::Time now);

    /// The bucket as resume() takes it. Its counts are given by who can count.
    [[nodiscard]] domain::WindowSlice sliceOf(const Frame& frame, const WindowCounts& counts, base::Time now) const;

    /// The buckets, oldest first; some may have left by now, see isLive().
    [[nodiscard]] const std::vector<Frame>& frames() const { return m_frames; }
    [[nodiscard]] static bool isLive(const Frame& frame, base::Time now) {
        return now.time_since_epoch().count() < frame.expiresAt;
    }

private:
    [[nodiscard]] bool isOpen(base::Time now) const;
    void begin(base::Time now);
    BucketMark nextMark();

    WindowKind m_kind;
    std::int64_t m_origin;
    std::int64_t m_size = 0;
    std::int64_t m_width = 0;
    std::int64_t m_grace = 0;  ///< 1 where the window ends only after its length
    std::size_t m_room;
    BucketMark m_mark;         ///< the newest one given
    bool m_markIsFree = true;  ///< no frame has it yet
    std::vector<Frame> m_frames;
};

}  // namespace fusebox::breaker
