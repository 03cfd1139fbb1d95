#pragma once
// Writes batches to the journal's file, come what may: what cannot be written now is kept, within a limit, and tried again;
// a file that turns out to be damaged is put aside and a fresh one begun.
// Threads: one at a time.
// Errors: none; health() tells how it stands, news() what people should hear.

#include <fusebox/base/clock.h>
#include <fusebox/journal/batch.h>
#include <fusebox/journal/journal_place.h>
#include <fusebox/journal/query.h>
#include <fusebox/journal/retention.h>

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::journal {

struct WriterLimits {
    std::size_t keptEvents = 20'000;  ///< while the file cannot be written
    std::size_t keptRecords = 2000;   ///< of the chain
};

class Writer {
public:
    Writer(const base::Clock& clock, Wanted wanted, Retention retention, WriterLimits limits);

    void open();
    /// Empty: all of it is on the disk. Else why it is not yet.
    [[nodiscard]] std::string write(Batch batch);
    /// Something waits to be tried again.
    [[nodiscard]] bool isWaiting() const { return !m_trouble.empty(); }
    /// Keeps the file within its limits: one bite.
    void prune();
    /// Another journal is at the path now, or none: the file that is open cannot be found by anyone.
    void lookAfterFile();

    struct News {
        bool isBad = true;
        std::string text;
    };
    /// Since the last call.
    [[nodiscard]] std::vector<News> takeNews() { return std::exchange(m_news, {}); }
    [[nodiscard]] JournalHealth health() const;
    /// An earlier program may have shown events that it could not write: their numbers are not given again.
    [[nodiscard]] bool mayLackShown() const { return m_place.lock.isMarked(); }

private:
    void replaceDamaged(const SqliteTrouble& trouble);
    [[nodiscard]] std::string freshText() const;
    void take(Batch batch);
    void cutPending();
    [[nodiscard]] bool isTimeToTry(const Batch& batch) const;
    [[nodiscard]] Attempt<void> tryOnce();
    void noteWritten(base::Time began);
    void noteTrouble(const std::string& text);

    const base::Clock& m_clock;
    const Wanted m_wanted;
    const WriterLimits m_limits;
    Keeper m_keeper;
    Place m_place;
    Batch m_pending;
    std::string m_trouble;  ///< why it cannot be written; empty: it can
    base::Time m_nextTry{};
    std::size_t m_lastWritten = 0;
    std::uint64_t m_lostSinceNews = 0;
    std::uint64_t m_lostRecords = 0;  ///< of commands and notes, likewise
    std::uint64_t m_inode = 0;
    std::vector<News> m_news;
    JournalHealth m_health;
};

}  // namespace fusebox::journal
