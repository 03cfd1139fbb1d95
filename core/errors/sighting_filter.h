#pragma once
// Remembers that something has been seen, roughly and in little memory: a flood of messages that never come again must not
// push out those that do.
// Limits: 64 Ki bits; forgets all when an eighth of them is set, so that at most one in eight is taken for seen wrongly.
// Source: the doorkeeper of Einziger, Friedman and Manes, "TinyLFU" (ACM TOS 2017).

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace fusebox::errors {

class SightingFilter {
public:
    /// True when this hash has probably been here before; remembers it.
    [[nodiscard]] bool seenBefore(std::uint64_t hash) {
        const std::size_t bit = hash % kBits;
        if (m_bits.test(bit)) return true;
        if (++m_set > kBits / 8) {
            m_bits.reset();
            m_set = 1;
        }
        m_bits.set(bit);
        return false;
    }

private:
    static constexpr std::size_t kBits = 65536;

    std::bitset<kBits> m_bits;
    std::size_t m_set = 0;
};

}  // namespace fusebox::errors
