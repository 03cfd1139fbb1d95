#include <fusebox/breaker/hold_list.h>

#include <algorithm>
#include <utility>

namespace fusebox::breaker {

Ruling rulingOf(domain::HoldMode mode) {
    switch (mode) {
        case domain::HoldMode::forceOpen:
            return Ruling::forceOpen;
        case domain::HoldMode::forceClosed:
            return Ruling::forceClosed;
        case domain::HoldMode::metricsOnly:
            return Ruling::metricsOnly;
        case domain::HoldMode::disabled:
            return Ruling::disabled;
    }
    return Ruling::none;
}

std::optional<domain::HoldMode> modeOf(Ruling ruling) {
    switch (ruling) {
        case Ruling::none:
            return std::nullopt;
        case Ruling::disabled:
            return domain::HoldMode::disabled;
        case Ruling::metricsOnly:
            return domain::HoldMode::metricsOnly;
        case Ruling::forceClosed:
            return domain::HoldMode::forceClosed;
        case Ruling::forceOpen:
            return domain::HoldMode::forceOpen;
    }
    return std::nullopt;
}

const domain::Hold& HoldList::add(domain::HoldMode mode, std::string who, std::string why,
                                  std::optional<base::Duration> duration, base::Time now, base::WallTime wall) {
    Entry entry;
    entry.hold.id = domain::HoldId(++m_lastId);
    entry.hold.mode = mode;
    entry.hold.who = std::move(who);
    entry.hold.why = std::move(why);
    entry.hold.since = wall;
    if (duration) {
        entry.hold.until = wall + std::chrono::ceil<std::chrono::milliseconds>(*duration);
        entry.hold.remaining = duration;
        entry.deadline = now + *duration;
    }
    m_entries.push_back(std::move(entry));
    return m_entries.back().hold;
}

void HoldList::resume(std::vector<domain::Hold> holds, std::uint64_t lastId, base::Time now) {
    m_lastId = lastId;
    for (domain::Hold& hold : holds) {
        m_lastId = std::max(m_lastId, hold.id.value);
        std::optional<base::Time> deadline;
        if (hold.remaining) {
            deadline = now + *hold.remaining;
        }
        m_entries.push_back({std::move(hold), deadline});
    }
}

template <typename Which>
std::vector<domain::Hold> HoldList::take(Which which) {
    std::vector<domain::Hold> taken;
    const auto kept =
        std::stable_partition(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return !which(entry); });
    for (auto entry = kept; entry != m_entries.end(); ++entry) {
        taken.push_back(std::move(entry->hold));
    }
    m_entries.erase(kept, m_entries.end());
    return taken;
}

std::optional<domain::Hold> HoldList::remove(domain::HoldId id) {
    auto taken = take([&](const Entry& entry) { return entry.hold.id == id; });
    return taken.empty() ? std::nullopt : std::optional(std::move(taken.front()));
}

std::vector<domain::Hold> HoldList::removeAllOf(const std::string& owner) {
    return take([&](const Entry& entry) { return entry.hold.who == owner; });
}

std::vector<domain::Hold> HoldList::removeExpired(base::Time now) {
    return take([&](const Entry& entry) { return entry.deadline && *entry.deadline <= now; });
}

Ruling HoldList::ruling() const {
    return m_entries.empty() ? Ruling::none : rulingOf(strongest().mode);
}

const domain::Hold& HoldList::strongest() const {
    return std::ranges::max_element(m_entries, {}, [](const Entry& entry) { return rulingOf(entry.hold.mode); })->hold;
}

std::optional<base::Time> HoldList::nextExpiry() const {
    std::optional<base::Time> next;
    for (const Entry& entry : m_entries) {
        if (entry.deadline && (!next || *entry.deadline < *next)) {
            next = entry.deadline;
        }
    }
    return next;
}

std::vector<domain::Hold> HoldList::all(base::Time now) const {
    std::vector<domain::Hold> holds;
    holds.reserve(m_entries.size());
    for (const Entry& entry : m_entries) {
        holds.push_back(entry.hold);
        if (entry.deadline) {
            holds.back().remaining = std::max(*entry.deadline - now, base::Duration::zero());
        }
    }
    return holds;
}

}  // namespace fusebox::breaker
