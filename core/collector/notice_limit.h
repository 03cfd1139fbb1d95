#pragma once
// Keeps a trouble that repeats from flooding the events: one notice per pause, the hidden ones are counted.
// Threads: one at a time; the owner guards it.

#include <fusebox/base/time.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace fusebox::collector {

class NoticeLimit {
public:
    explicit NoticeLimit(base::Duration pause) : m_pause(pause) {}

    /// How many were hidden since the last notice, if one may be given now; nothing: hide this one.
    [[nodiscard]] std::optional<std::uint64_t> admit(base::Time now) {
        if (m_last && now - *m_last < m_pause) {
            ++m_hidden;
            return std::nullopt;
        }
        m_last = now;
        return std::exchange(m_hidden, 0);
    }

private:
    base::Duration m_pause;
    std::optional<base::Time> m_last;
    std::uint64_t m_hidden = 0;
};

}  // namespace fusebox::collector
