#include <fusebox/breaker/hold_list.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fusebox::breaker {

namespace {

constexpr std::array<base::Duration, 2> kWarnings{std::chrono::minutes(5), std::chrono::minutes(1)};

}  // namespace

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
        entry.nextWarning = warningAfter(*duration);
    }
    m_entries.push_back(std::move(entry));
    return m_entries.back().hold;
}

void HoldList::resume(std::vector<domain::Hold> holds, std::uint64_t lastId, base::Time now) {
    m_lastId = lastId;
    for (domain::Hold& hold : holds) {
        m_lastId = std::max(m_lastId, hold.id.value);
        Entry entry;
        if (hold.remaining) {
            entry.deadline = now + *hold.remaining;
            entry.nextWarning = warningAfter(*hold.remaining);
        }
        entry.hold = std::move(hold);
        m_entries.push_back(std::move(entry));
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

/// The next warning of a hold that has so much time left.
std::optional<base::Duration> HoldList::warningAfter(base::Duration remaining) {
    for (const base::Duration before : kWarnings) {
        if (remaining > before) return before;
    }
    return std::nullopt;
}

std::vector<domain::Hold> HoldList::takeWarnings(base::Time now) {
    std::vector<domain::Hold> due;
    for (Entry& entry : m_entries) {
        if (!entry.nextWarning || *entry.deadline - now > *entry.nextWarning) continue;
        due.push_back(entry.hold);
        due.back().remaining = *entry.deadline - now;
        entry.nextWarning = warningAfter(*entry.deadline - now);
    }
    return due;
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
