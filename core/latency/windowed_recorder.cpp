#include <fusebox/latency/windowed_recorder.h>

#include <algorithm>
#include <bit>
#include <new>

namespace fusebox::latency {

WindowedRecorder::WindowedRecorder(Precision precision, Writers writers)
    : m_scale(precision), m_writers(writers), m_current(&m_epochs[0]) {
    m_epochs[0].cells = std::make_unique<std::atomic<std::uint32_t>[]>(m_scale.cells());
}

WindowedRecorder::Epoch* WindowedRecorder::turn(std::uint32_t epoch) noexcept {
    // acquire/release: who turns next sees the cells as the last one left them. The losers go on in the running epoch.
    if (m_turning.exchange(true, std::memory_order_acquire)) {
        return m_current.load(std::memory_order_acquire);
    }
    Epoch* current = m_current.load(std::memory_order_relaxed);
    const std::uint32_t running = current->number.load(std::memory_order_relaxed);
    if (running == kNone) {
        current->number.store(epoch, std::memory_order_release);
    } else if (running < epoch) {
        Epoch* next = current == &m_epochs[0] ? &m_epochs[1] : &m_epochs[0];
        if (!next->cells) {
            next->cells.reset(new (std::nothrow) std::atomic<std::uint32_t>[m_scale.cells()]());
        }
        if (next->cells) {
            begin(*next, *current, epoch);
            current = next;
        }
    }
    m_turning.store(false, std::memory_order_release);
    return current;
}

void WindowedRecorder::begin(Epoch& next, Epoch& current, std::uint32_t epoch) noexcept {
    // release fences: who sees a count of this turn sees the odd number, too, and looks again.
    m_turns.fetch_add(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    keep(countsOf(next));
    // A reader that sees a cell already cleared sees the number gone, too, and drops what it read.
    next.number.store(kNone, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    next.groups.store(0, std::memory_order_relaxed);
    for (std::size_t cell = 0; cell < m_scale.cells(); ++cell) {
        next.cells[cell].store(0, std::memory_order_relaxed);
    }
    next.number.store(epoch, std::memory_order_release);
    m_previous.store(&current, std::memory_order_release);
    m_current.store(&next, std::memory_order_release);
    m_turns.fetch_add(1, std::memory_order_release);
}

DurationCounts WindowedRecorder::countsOf(const Epoch& part) const noexcept {
    DurationCounts counts;
    const std::size_t size = m_scale.groupSize();
    for (std::uint64_t groups = part.groups.load(std::memory_order_relaxed); groups != 0; groups &= groups - 1) {
        const std::size_t first = static_cast<std::size_t>(std::countr_zero(groups)) * size;
        for (std::size_t cell = first; cell < first + size; ++cell) {
            const std::uint32_t count = part.cells[cell].load(std::memory_order_relaxed);
            if (count != 0) counts.add(m_scale.valueOf(cell), count);
        }
    }
    return counts;
}

DurationCounts WindowedRecorder::past() const noexcept {
    DurationCounts counts;
    for (std::size_t i = 0; i < counts.counts.size(); ++i) counts.counts[i] = m_past[i].load(std::memory_order_relaxed);
    counts.sumNs = m_past.back().load(std::memory_order_relaxed);
    return counts;
}

/// Only who turns writes: a load and a store are enough.
void WindowedRecorder::keep(const DurationCounts& more) noexcept {
    DurationCounts sum = past();
    sum += more;
    for (std::size_t i = 0; i < sum.counts.size(); ++i) m_past[i].store(sum.counts[i], std::memory_order_relaxed);
    m_past.back().store(sum.sumNs, std::memory_order_relaxed);
}

DurationCounts WindowedRecorder::durations() const noexcept {
    constexpr int kLooks = 1000;  // a turn takes a microsecond, and comes once in an epoch
    DurationCounts sum;
    for (int look = 0; look < kLooks; ++look) {
        const std::uint32_t turns = m_turns.load(std::memory_order_acquire);
        sum = past();
        const Epoch* previous = m_previous.load(std::memory_order_acquire);
        sum += countsOf(*m_current.load(std::memory_order_acquire));
        if (previous != nullptr) sum += countsOf(*previous);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (turns % 2 == 0 && m_turns.load(std::memory_order_relaxed) == turns) break;
    }
    return sum;
}

void WindowedRecorder::mark(Epoch& epoch, std::size_t index) const noexcept {
    // relaxed: a reader that misses a group for a moment reads a moment's older state.
    epoch.groups.fetch_or(std::uint64_t{1} << m_scale.groupOf(index), std::memory_order_relaxed);
}

// There are only whole groups.
static_assert(Scale(Precision::standard).cells() % Scale(Precision::standard).groupSize() == 0);
static_assert(Scale(Precision::fine).cells() % Scale(Precision::fine).groupSize() == 0);
static_assert(Scale(Precision::standard).cells() <= WindowedRecorder::kMostCells);

std::uint64_t WindowedRecorder::read(const Epoch& part, std::uint32_t epoch, Cells& into) const noexcept {
    const std::uint32_t number = part.number.load(std::memory_order_acquire);
    if (number == kNone || number > epoch || number + 1 < epoch) {
        return 0;
    }
    const std::uint64_t touched = part.groups.load(std::memory_order_relaxed);
    const std::size_t size = m_scale.groupSize();
    for (std::uint64_t groups = touched; groups != 0; groups &= groups - 1) {
        const std::size_t first = static_cast<std::size_t>(std::countr_zero(groups)) * size;
        for (std::size_t cell = first; cell < first + size; ++cell) {
            into[cell] = part.cells[cell].load(std::memory_order_relaxed);
        }
    }
    std::atomic_thread_fence(std::memory_order_acquire);
    return part.number.load(std::memory_order_relaxed) == number ? touched : 0;
}

void WindowedRecorder::addGroups(Histogram& histogram, std::uint64_t groups,
                                 std::span<const std::uint32_t> cells) const {
    const std::size_t size = m_scale.groupSize();
    for (; groups != 0; groups &= groups - 1) {
        const std::size_t first = static_cast<std::size_t>(std::countr_zero(groups)) * size;
        for (std::size_t cell = first; cell < first + size; ++cell) {
            histogram.add(cell, cells[cell]);
        }
    }
}

void WindowedRecorder::addTo(Histogram& histogram, std::uint32_t epoch) const {
    readTo(epoch,
           [&](std::uint64_t groups, std::span<const std::uint32_t> cells) { addGroups(histogram, groups, cells); });
}

void WindowedRecorder::addOnly(Histogram& histogram, std::uint32_t epoch) const {
    for (const Epoch& part : m_epochs) {
        // A part that is turned after this look has a newer number, which read() refuses.
        if (part.number.load(std::memory_order_acquire) != epoch) {
            continue;
        }
        Cells cells;
        if (const std::uint64_t groups = read(part, epoch, cells)) {
            addGroups(histogram, groups, cells);
        }
    }
}

std::size_t WindowedRecorder::bytes() const noexcept {
    const std::size_t epochs = m_previous.load(std::memory_order_relaxed) == nullptr ? 1 : 2;
    return sizeof(*this) + epochs * m_scale.cells() * sizeof(std::uint32_t);
}

}  // namespace fusebox::latency
