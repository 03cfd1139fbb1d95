#pragma once
// Latencies of the recent past, recorded while others read: the running epoch and the one before it.
// Threads: record() from one thread (Writers::one: plain stores) or any (Writers::many: fetch_add); addTo() from any.
// Time: the caller numbers the epochs; a newer number starts a new epoch and forgets all but the last.
// Limits: 4.6 KiB per epoch at standard precision, 9 KiB at fine; the second epoch is allocated when it begins.
//   With many writers, a sample that is recorded while another thread turns the epoch is counted in the old one.

#include <fusebox/latency/duration_counts.h>
#include <fusebox/latency/histogram.h>
#include <fusebox/latency/scale.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

namespace fusebox::latency {

enum class Writers : std::uint8_t { one, many };

class WindowedRecorder {
public:
    WindowedRecorder(Precision precision, Writers writers);

    [[gnu::always_inline]] inline void record(std::uint64_t nanoseconds, std::uint32_t epoch) noexcept {
        Epoch& current = epochFor(epoch);
        const std::size_t index = m_scale.cellOf(nanoseconds);
        if (m_writers == Writers::one) {
            count(current, index);
        } else if (current.cells[index].fetch_add(1, std::memory_order_relaxed) == 0) {
            mark(current, index);
        }
    }

    /// As record(), a little faster. REQUIRES: Writers::one.
    [[gnu::always_inline]] inline void recordAlone(std::uint64_t nanoseconds, std::uint32_t epoch) noexcept {
        count(epochFor(epoch), m_scale.cellOf(nanoseconds));
    }

    /// Adds what was recorded in `epoch` and the one before it. REQUIRES: the same precision.
    void addTo(Histogram& histogram, std::uint32_t epoch) const;

    /// All that was ever recorded, by range.
    [[nodiscard]] DurationCounts durations() const noexcept;
    /// Adds what was recorded in `epoch` alone. REQUIRES: the same precision.
    void addOnly(Histogram& histogram, std::uint32_t epoch) const;

    [[nodiscard]] const Scale& scale() const noexcept { return m_scale; }
    [[nodiscard]] std::size_t bytes() const noexcept;

    static constexpr std::size_t kMostCells = Scale(Precision::fine).cells();
    using Cells = std::array<std::uint32_t, kMostCells>;

    /// Hands over the cells of `epoch` and of the one before it, each complete in itself: use(groups, cells), where only the cells
    /// of the groups whose bits are set hold a value.
    template <typename Use>
    void readTo(std::uint32_t epoch, Use&& use) const {
        for (const auto* part :
             {m_current.load(std::memory_order_acquire), m_previous.load(std::memory_order_acquire)}) {
            Cells cells;
            if (const std::uint64_t groups = part == nullptr ? 0 : read(*part, epoch, cells)) {
                use(groups, std::span<const std::uint32_t>(cells));
            }
        }
    }

private:
    static constexpr std::uint32_t kNone = UINT32_MAX;  ///< epoch numbers stay below it

    struct Epoch {
        std::atomic<std::uint32_t> number{kNone};
        std::atomic<std::uint64_t> groups{0};  ///< those with a cell above zero: readers walk no others
        std::unique_ptr<std::atomic<std::uint32_t>[]> cells;
    };

    [[gnu::always_inline]] inline Epoch& epochFor(std::uint32_t number) noexcept {
        // relaxed: for one writer these are its own stores; with many an old view records into the old epoch.
        Epoch* current = m_current.load(std::memory_order_relaxed);
        return current->number.load(std::memory_order_relaxed) == number ? *current : *turn(number);
    }

    [[gnu::always_inline]] inline void count(Epoch& epoch, std::size_t index) const noexcept {
        std::atomic<std::uint32_t>& cell = epoch.cells[index];
        const std::uint32_t before = cell.load(std::memory_order_relaxed);
        cell.store(before + 1, std::memory_order_relaxed);
        if (before == 0) [[unlikely]] {
            mark(epoch, index);
        }
    }

    /// Readers look at the cell's group from now on.
    void mark(Epoch& epoch, std::size_t index) const noexcept;

    Epoch* turn(std::uint32_t epoch) noexcept;
    void begin(Epoch& next, Epoch& current, std::uint32_t epoch) noexcept;

    [[nodiscard]] DurationCounts countsOf(const Epoch& part) const noexcept;
    [[nodiscard]] DurationCounts past() const noexcept;
    void keep(const DurationCounts& counts) noexcept;

    void addGroups(Histogram& histogram, std::uint64_t groups, std::span<const std::uint32_t> cells) const;

    /// The groups that were copied; none if the part is of another time or was turned meanwhile.
    [[nodiscard]] std::uint64_t read(const Epoch& part, std::uint32_t epoch, Cells& into) const noexcept;

    const Scale m_scale;
    const Writers m_writers;
    std::atomic<bool> m_turning{false};
    std::array<Epoch, 2> m_epochs;
    std::atomic<Epoch*> m_current;
    std::atomic<Epoch*> m_previous{nullptr};
    std::atomic<std::uint32_t> m_turns{0};  ///< odd while an epoch is forgotten
    /// What the forgotten epochs held: the ranges, and the sum.
    std::array<std::atomic<std::uint64_t>, kDurationBounds.size() + 2> m_past{};
};

}  // namespace fusebox::latency
