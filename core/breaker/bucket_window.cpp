#include <fusebox/breaker/bucket_window.h>

#include <algorithm>
#include <bit>
#include <cassert>

namespace fusebox::breaker {

namespace {

constexpr std::int64_t kNever = INT64_MAX;

std::int64_t nanoseconds(base::Time time) {
    return time.time_since_epoch().count();
}

bool byBuckets(WindowKind kind) {
    return kind == WindowKind::time || kind == WindowKind::firstEvent;
}

}  // namespace

std::size_t BucketWindow::roomFor(const CircuitBreakerConfig& config) {
    const std::size_t frames = byBuckets(config.windowKind) ? config.windowBuckets + 1 : 2;
    return std::bit_ceil(std::max<std::size_t>(frames, 16));
}

BucketWindow::BucketWindow(const CircuitBreakerConfig& config, base::Time origin)
    : m_kind(config.windowKind), m_origin(nanoseconds(origin)), m_room(roomFor(config)) {
    reshape(config, {}, m_room, origin);
}

BucketMark BucketWindow::nextMark() {
    m_mark.tag += 1;
    m_mark.slot = static_cast<std::uint32_t>(m_mark.tag % m_room);
    m_markIsFree = true;
    return m_mark;
}

bool BucketWindow::isOpen(base::Time now) const {
    return !m_frames.empty() && !m_frames.back().kept && nanoseconds(now) < m_frames.back().fillEnd;
}

void BucketWindow::begin(base::Time now) {
    if (!m_markIsFree) {
        nextMark();
    }
    m_markIsFree = false;
    const std::int64_t at = nanoseconds(now);
    Frame frame{m_mark, kNever, kNever, {}};
    switch (m_kind) {
        case WindowKind::time:
        case WindowKind::tumblingAligned: {
            const std::int64_t start = m_origin + (at - m_origin) / m_width * m_width;
            frame.fillEnd = start + m_width;
            frame.expiresAt = start + m_size;
            break;
        }
        case WindowKind::firstEvent:
            frame.fillEnd = at + m_width;
            frame.expiresAt = at + m_size;
            break;
        case WindowKind::tumbling:
            frame.fillEnd = frame.expiresAt = at + m_size + m_grace;
            break;
        case WindowKind::count:
        case WindowKind::unbounded:
            break;
    }
    m_frames.push_back(frame);
}

BucketMark BucketWindow::clear(base::Time now) {
    m_frames.clear();
    nextMark();
    // A bucket that begins with its first outcome waits for it; all others begin now.
    if (m_kind != WindowKind::firstEvent) {
        begin(now);
    }
    return m_mark;
}

BucketMark BucketWindow::turn(base::Time now) {
    if (!isOpen(now)) {
        begin(now);
    }
    std::erase_if(m_frames, [now](const Frame& frame) { return !isLive(frame, now); });
    return m_mark;
}

std::int64_t BucketWindow::turnAt() const {
    if (m_frames.empty() || m_frames.back().kept) {
        return INT64_MIN;
    }
    std::int64_t next = m_frames.back().fillEnd;
    for (const Frame& frame : m_frames) {
        next = std::min(next, frame.expiresAt);
    }
    return next;
}

BucketMark BucketWindow::reshape(const CircuitBreakerConfig& config, std::vector<WindowCounts> kept, std::size_t room,
                                 base::Time now) {
    assert(kept.size() == m_frames.size());
    m_kind = config.windowKind;
    m_size = config.windowSize.count();
    m_width = byBuckets(m_kind) ? std::max<std::int64_t>(m_size / config.windowBuckets, 1) : m_size;
    m_size = byBuckets(m_kind) ? m_width * config.windowBuckets : m_size;
    m_grace = config.windowExpiry == Compare::above ? 1 : 0;
    m_room = room;
    const std::int64_t latest =
        m_kind == WindowKind::count || m_kind == WindowKind::unbounded ? kNever : nanoseconds(now) + m_size;
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        m_frames[i].kept = kept[i];
        m_frames[i].expiresAt = std::min(m_frames[i].expiresAt, latest);
    }
    nextMark();
    if (m_kind != WindowKind::firstEvent) {
        begin(now);
    }
    return m_mark;
}

void BucketWindow::resume(const std::vector<domain::WindowSlice>& slices, base::Time now) {
    const bool ages = m_kind != WindowKind::count && m_kind != WindowKind::unbounded;
    std::vector<Frame> resumed;
    for (const domain::WindowSlice& slice : slices) {
        if ((slice.span > base::Duration::zero()) != ages) {
            continue;
        }
        Frame frame{{}, kNever, kNever, WindowCounts{slice.calls, slice.failures, slice.slow}};
        if (ages) {
            const std::int64_t begun = nanoseconds(now - slice.age);
            frame.fillEnd = std::min(begun + slice.span.count(), nanoseconds(now));
            frame.expiresAt = begun + m_size;
        }
        if (isLive(frame, now)) {
            resumed.push_back(frame);
        }
    }
    m_frames.insert(m_frames.begin(), resumed.begin(), resumed.end());
}

domain::WindowSlice BucketWindow::sliceOf(const Frame& frame, const WindowCounts& counts, base::Time now) const {
    domain::WindowSlice slice{{}, {}, counts.calls, counts.failures, counts.slow};
    if (frame.expiresAt != kNever) {
        const std::int64_t begun = frame.expiresAt - m_size;
        slice.age = base::Duration(std::max<std::int64_t>(nanoseconds(now) - begun, 0));
        slice.span = base::Duration(std::max<std::int64_t>(std::min(frame.fillEnd, nanoseconds(now)) - begun, 1));
    }
    return slice;
}

}  // namespace fusebox::breaker
