#pragma once
// The log-linear scale of the latency histogram: each power of two is cut into equal cells, small values have a cell
// each.
// Limits: nanoseconds from 0 to 2^40 - 1 (18 minutes); longer is counted as 2^40 - 1. The midpoint of a cell is off
// by at most relativeError() of the value: 1/64 (1.56 %) at standard precision, 1/128 (0.78 %) at fine.
// Source: the bucket scheme of HdrHistogram, with a power of two as the base.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fusebox::latency {

enum class Precision : std::uint8_t { standard, fine };

class Scale {
public:
    static constexpr std::uint64_t kLargest = (std::uint64_t{1} << 40) - 1;

    constexpr explicit Scale(Precision precision = Precision::standard) noexcept
        : m_bits(precision == Precision::fine ? 6 : 5) {}

    [[nodiscard]] constexpr Precision precision() const noexcept {
        return m_bits == 6 ? Precision::fine : Precision::standard;
    }
    [[nodiscard]] constexpr std::size_t cells() const noexcept { return cellOf(kLargest) + 1; }
    [[nodiscard]] constexpr double relativeError() const noexcept { return 1.0 / static_cast<double>(2U << m_bits); }

    [[nodiscard]] constexpr std::size_t cellOf(std::uint64_t nanoseconds) const noexcept {
        const std::uint64_t value = std::min(nanoseconds, kLargest);
        const unsigned shift = static_cast<unsigned>(std::bit_width(value | (std::uint64_t{1} << m_bits))) - 1 - m_bits;
        return (static_cast<std::size_t>(shift) << m_bits) + static_cast<std::size_t>(value >> shift);
    }

    /// The value that stands for a cell: its midpoint.
    [[nodiscard]] constexpr std::uint64_t valueOf(std::size_t cell) const noexcept {
        const std::size_t perOctave = std::size_t{1} << m_bits;
        if (cell < 2 * perOctave) {
            return cell;
        }
        const std::size_t shift = (cell >> m_bits) - 1;
        const std::uint64_t low = static_cast<std::uint64_t>(cell - (shift << m_bits)) << shift;
        return low + (std::uint64_t{1} << shift) / 2;
    }

    /// Cells lie in groups of this size, one group per power of two; there are at most 64 groups.
    [[nodiscard]] constexpr std::size_t groupSize() const noexcept { return std::size_t{1} << m_bits; }
    [[nodiscard]] constexpr std::size_t groupOf(std::size_t cell) const noexcept { return cell >> m_bits; }

    constexpr bool operator==(const Scale&) const noexcept = default;

private:
    unsigned m_bits;
};

}  // namespace fusebox::latency
