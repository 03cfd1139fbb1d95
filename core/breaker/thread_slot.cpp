#include <fusebox/breaker/thread_slot.h>

#include <fusebox/base/mutex.h>

#include <array>
#include <bit>

namespace fusebox::breaker {

namespace {

constinit base::Mutex g_mutex;
// One bit per slot, set while it is taken. Bit 0 stands for "not asked yet" and is never given.
constinit std::array<std::uint64_t, 64> g_taken FUSEBOX_GUARDED_BY(g_mutex) = {1};

/// Gives the slot back when its thread ends.
struct SlotHolder {
    std::uint32_t slot = 0;

    ~SlotHolder() {
        t_threadSlot = kNoSlot;  // later thread-local destructors of this thread share
        base::Lock lock(g_mutex);
        g_taken[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
    }
};

std::uint32_t takeLowest() {
    base::Lock lock(g_mutex);
    for (std::size_t word = 0; word < g_taken.size(); ++word) {
        if (g_taken[word] != UINT64_MAX) {
            const auto bit = static_cast<unsigned>(std::countr_one(g_taken[word]));
            g_taken[word] |= std::uint64_t{1} << bit;
            return static_cast<std::uint32_t>(word * 64 + bit);
        }
    }
    return kNoSlot;
}

}  // namespace

std::uint32_t claimThreadSlot() noexcept {
    t_threadSlot = takeLowest();
    if (t_threadSlot != kNoSlot) {
        thread_local SlotHolder holder;
        holder.slot = t_threadSlot;
    }
    return t_threadSlot;
}

}  // namespace fusebox::breaker
