#pragma once
// Percentiles read straight from recorders: what a Histogram would say of them, without one. About ten times faster, for snapshots.
// Threads: of one thread.
// Limits: 18 KiB, on the stack.

#include <fusebox/base/time.h>
#include <fusebox/latency/scale.h>
#include <fusebox/latency/windowed_recorder.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace fusebox::latency {

class WindowSummary {
public:
    explicit WindowSummary(Scale scale) noexcept : m_scale(scale) {}

    /// Adds what was recorded in `epoch` and the one before it. REQUIRES: the same precision.
    void add(const WindowedRecorder& recorder, std::uint32_t epoch) noexcept;

    [[nodiscard]] std::uint64_t count() const noexcept { return m_count; }

    struct Figures {
        std::optional<base::Duration> mean;
        std::optional<base::Duration> p50;
        std::optional<base::Duration> p95;
        std::optional<base::Duration> p99;
        std::optional<base::Duration> max;
    };
    /// As Histogram's functions of these names.
    [[nodiscard]] Figures figures() const noexcept;

private:
    friend class WindowedRecorder;

    void add(std::uint64_t groups, std::span<const std::uint32_t> cells) noexcept;

    Scale m_scale;
    std::uint64_t m_groups = 0;  ///< those in m_cells that hold something; all others are not even zero
    std::uint64_t m_count = 0;
    std::array<std::uint64_t, WindowedRecorder::kMostCells> m_cells;  // NOLINT: filled group by group
};

}  // namespace fusebox::latency
