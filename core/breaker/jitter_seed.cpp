#include <fusebox/breaker/jitter_seed.h>

#include <atomic>
#include <random>

namespace fusebox::breaker {

std::uint32_t freshJitterSeed() {
    static std::atomic<std::uint64_t> next{(std::uint64_t{std::random_device{}()} << 32) | std::random_device{}()};
    // Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators": SplitMix64.
    std::uint64_t mixed = next.fetch_add(0x9e3779b97f4a7c15, std::memory_order_relaxed);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return static_cast<std::uint32_t>(mixed >> 32);
}

}  // namespace fusebox::breaker
