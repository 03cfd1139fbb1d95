#include <fusebox/latency/window_summary.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace fusebox::latency {

void WindowSummary::add(const WindowedRecorder& recorder, std::uint32_t epoch) noexcept {
    recorder.readTo(epoch, [this](std::uint64_t groups, std::span<const std::uint32_t> cells) { add(groups, cells); });
}

void WindowSummary::add(std::uint64_t groups, std::span<const std::uint32_t> cells) noexcept {
    const std::size_t size = m_scale.groupSize();
    for (; groups != 0; groups &= groups - 1) {
        const auto group = static_cast<std::size_t>(std::countr_zero(groups));
        const std::uint64_t bit = std::uint64_t{1} << group;
        std::uint64_t* mine = &m_cells[group * size];
        const std::uint32_t* theirs = &cells[group * size];
        if ((m_groups & bit) == 0) {
            m_groups |= bit;
            std::fill_n(mine, size, 0);
        }
        for (std::size_t i = 0; i < size; ++i) {
            mine[i] += theirs[i];
            m_count += theirs[i];
        }
    }
}

WindowSummary::Figures WindowSummary::figures() const noexcept {
    Figures figures;
    if (m_count == 0) {
        return figures;
    }
    const auto rankOf = [this](double q) {
        return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(m_count))));
    };
    struct Wanted {
        std::uint64_t rank;
        std::optional<base::Duration>& into;
    };
    const std::array<Wanted, 3> wanted{Wanted{rankOf(0.50), figures.p50}, Wanted{rankOf(0.95), figures.p95},
                                       Wanted{rankOf(0.99), figures.p99}};
    const auto duration = [](std::uint64_t ns) { return base::Duration(static_cast<base::Duration::rep>(ns)); };
    const std::size_t size = m_scale.groupSize();
    std::size_t next = 0;
    std::uint64_t below = 0;
    double sum = 0;
    for (std::uint64_t groups = m_groups; groups != 0; groups &= groups - 1) {
        const std::size_t first = static_cast<std::size_t>(std::countr_zero(groups)) * size;
        const std::uint64_t* cells = &m_cells[first];
        const std::uint64_t inGroup = std::accumulate(cells, cells + size, std::uint64_t{0});
        // Within a group the cells are equally wide.
        const auto low = static_cast<double>(m_scale.valueOf(first));
        const double width = static_cast<double>(m_scale.valueOf(first + 1)) - low;
        std::uint64_t steps = 0;
        for (std::size_t i = 0; i < size; ++i) {
            steps += i * cells[i];
        }
        sum += low * static_cast<double>(inGroup) + width * static_cast<double>(steps);
        std::uint64_t before = below;
        below += inGroup;
        for (std::size_t i = 0; i < size && next < wanted.size() && wanted[next].rank <= below; ++i) {
            before += cells[i];
            for (; next < wanted.size() && before >= wanted[next].rank; ++next) {
                wanted[next].into = duration(m_scale.valueOf(first + i));
            }
        }
        if (below == m_count) {
            for (std::size_t i = size; i > 0 && !figures.max; --i) {
                figures.max =
                    cells[i - 1] != 0 ? std::optional(duration(m_scale.valueOf(first + i - 1))) : std::nullopt;
            }
            break;
        }
    }
    figures.mean = duration(static_cast<std::uint64_t>(sum / static_cast<double>(m_count)));
    return figures;
}

}  // namespace fusebox::latency
