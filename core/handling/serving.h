#pragma once
// How the last call of a dependency was answered: one word, so that a good answer costs a look at it.
// Threads: all functions from any thread.

#include <fusebox/base/time.h>
#include <fusebox/domain/handling_standing.h>

#include <atomic>
#include <cstdint>
#include <optional>

namespace fusebox::handling {

class Serving {
public:
    /// `since`: from when the value from the cache is.
    void note(domain::Served served, base::Time since = {}) noexcept {
        const std::uint64_t word =
            static_cast<std::uint64_t>(since.time_since_epoch().count()) << 3 | static_cast<std::uint64_t>(served);
        // relaxed: the word tells all; a store only when it changes keeps the line shared between the callers.
        if (m_word.load(std::memory_order_relaxed) != word) m_word.store(word, std::memory_order_relaxed);
    }

    struct Last {
        domain::Served served = domain::Served::live;
        std::optional<base::Time> since;
    };

    [[nodiscard]] Last last() const noexcept {
        const std::uint64_t word = m_word.load(std::memory_order_relaxed);
        Last last;
        last.served = static_cast<domain::Served>(word & 7);
        if (last.served == domain::Served::cache) {
            last.since = base::Time(base::Duration(static_cast<std::int64_t>(word) >> 3));
        }
        return last;
    }

private:
    std::atomic<std::uint64_t> m_word{static_cast<std::uint64_t>(domain::Served::live)};
};

}  // namespace fusebox::handling
