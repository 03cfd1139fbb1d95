#pragma once
// Keeps the journal within its limits of age and size, in small bites, so that no write waits long for it.
// The oldest events go first. Records of the chain go by age alone, and that is itself a record of the chain.
// Threads: one at a time.

#include <fusebox/base/time.h>
#include <fusebox/journal/journal_file.h>

#include <cstdint>

namespace fusebox::journal {

struct Retention {
    base::Duration eventAge = std::chrono::days(90);
    base::Duration auditAge = std::chrono::days(400);
    std::uint64_t bytes = std::uint64_t{2} << 30U;  ///< of the file; the chain is kept even beyond
};

class Keeper {
public:
    explicit Keeper(Retention retention) : m_retention(retention) {}

    /// Takes away what one bite takes. `written`: events of the last batch; no fewer may go, or it would grow for ever.
    [[nodiscard]] Attempt<void> bite(JournalFile& file, base::WallTime now, std::size_t written);

private:
    [[nodiscard]] Attempt<void> biteEvents(JournalFile& file, base::WallTime now, std::size_t most);
    [[nodiscard]] Attempt<void> biteRollups(JournalFile& file, base::WallTime now);
    [[nodiscard]] Attempt<void> biteNotes(JournalFile& file, base::WallTime now);
    [[nodiscard]] Attempt<void> biteAudit(JournalFile& file, base::WallTime now);
    [[nodiscard]] Attempt<void> giveBack(JournalFile& file);

    const Retention m_retention;
    std::int64_t m_lastBreaker = 0;  ///< whose rollups were looked at
    bool m_isPressed = false;        ///< the file is too large
    base::WallTime m_nextLook{};     ///< at what is seldom too old
};

}  // namespace fusebox::journal
