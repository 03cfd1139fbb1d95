#pragma once
// Something counted by the minute, for the last so many minutes.
// Time: minutes since 1970; one that went back counts as the newest, one that is too long ago is forgotten.

#include <fusebox/base/time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fusebox::errors {

using Minute = std::int64_t;

[[nodiscard]] inline Minute minuteOf(base::WallTime at) {
    return std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count();
}
[[nodiscard]] inline base::WallTime beginOf(Minute minute) {
    return base::WallTime(std::chrono::minutes(minute));
}

template <typename Value, std::size_t kMinutes>
class MinuteRing {
public:
    /// The value of this minute, empty when it is new; null for one that is no longer kept.
    [[nodiscard]] Value* at(Minute minute) {
        advanceTo(minute);
        return m_newest - minute < static_cast<Minute>(kMinutes) ? &slot(minute) : nullptr;
    }

    /// What was counted in this minute.
    [[nodiscard]] Value of(Minute minute) const {
        const bool kept = minute <= m_newest && m_newest - minute < static_cast<Minute>(kMinutes);
        return kept ? slot(minute) : Value{};
    }

    [[nodiscard]] Minute newest() const { return m_newest; }

private:
    static std::size_t place(Minute minute) {
        const auto size = static_cast<Minute>(kMinutes);
        return static_cast<std::size_t>((minute % size + size) % size);
    }
    Value& slot(Minute minute) { return m_values[place(minute)]; }
    [[nodiscard]] const Value& slot(Minute minute) const { return m_values[place(minute)]; }

    void advanceTo(Minute minute) {
        if (minute <= m_newest) return;
        const Minute from = std::max(m_newest + 1, minute - static_cast<Minute>(kMinutes) + 1);
        for (Minute fresh = from; fresh <= minute; ++fresh) slot(fresh) = Value{};
        m_newest = minute;
    }

    std::array<Value, kMinutes> m_values{};
    Minute m_newest = INT64_MIN / 2;
};

}  // namespace fusebox::errors
