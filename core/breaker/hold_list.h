#pragma once
// The holds that lie on a breaker: who placed them, until when, and which one rules.
// Threads: none of its own; the automaton calls it under its lock.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>
#include <fusebox/breaker/state_word.h>
#include <fusebox/domain/hold.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::breaker {

[[nodiscard]] Ruling rulingOf(domain::HoldMode mode);
/// Nothing for Ruling::none.
[[nodiscard]] std::optional<domain::HoldMode> modeOf(Ruling ruling);

class HoldList {
public:
    static constexpr std::size_t kMost = 64;

    /// REQUIRES: fewer than kMost lie on it.
    const domain::Hold& add(domain::HoldMode mode, std::string who, std::string why,
                            std::optional<base::Duration> duration, base::Time now, base::WallTime wall);

    /// Takes over holds with what remains of them, and numbers further ones from lastId on. REQUIRES: none lies on it.
    void resume(std::vector<domain::Hold> holds, std::uint64_t lastId, base::Time now);
    /// The number of the newest one.
    [[nodiscard]] std::uint64_t lastId() const { return m_lastId; }

    /// The hold that was taken away, or nothing if there is none of that id.
    [[nodiscard]] std::optional<domain::Hold> remove(domain::HoldId id);
    [[nodiscard]] std::vector<domain::Hold> removeAllOf(const std::string& owner);
    [[nodiscard]] std::vector<domain::Hold> removeExpired(base::Time now);

    /// Those that end within five minutes, and again those that end within one, each once; short ones only when they have
    /// lasted longer than that. With the time that remains.
    [[nodiscard]] std::vector<domain::Hold> takeWarnings(base::Time now);

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] Ruling ruling() const;

    /// The strongest hold. REQUIRES: there is one.
    [[nodiscard]] const domain::Hold& strongest() const;

    /// When the next one expires.
    [[nodiscard]] std::optional<base::Time> nextExpiry() const;

    /// With the time that remains.
    [[nodiscard]] std::vector<domain::Hold> all(base::Time now) const;

private:
    struct Entry {
        domain::Hold hold;
        std::optional<base::Time> deadline;
        std::optional<base::Duration> nextWarning;  ///< so long before the deadline
    };

    [[nodiscard]] static std::optional<base::Duration> warningAfter(base::Duration remaining);

    template <typename Which>
    std::vector<domain::Hold> take(Which which);

    std::vector<Entry> m_entries;
    std::uint64_t m_lastId = 0;
};

}  // namespace fusebox::breaker
