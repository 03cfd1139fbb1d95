#pragma once
// The journal's SQLite file: opened, written, kept within its limits. WAL; a batch is on the disk when write() returns.
// Threads: one at a time; other connections may read meanwhile.
// Errors: SqliteTrouble; nothing of a failed batch stays, and it may be written again.

#include <fusebox/journal/audit_chain.h>
#include <fusebox/journal/batch.h>
#include <fusebox/journal/database.h>

#include <cstdint>
#include <string>
#include <unordered_map>

namespace fusebox::journal {

class JournalFile {
public:
    /// Makes or migrates it, and notes that a run of the program begins. `vfs` as for Database.
    [[nodiscard]] static Attempt<JournalFile> open(const std::string& file, std::int64_t nowMs,
                                                   const std::string& vfs = {});

    /// Seals and numbers the audit records.
    [[nodiscard]] Attempt<void> write(Batch& batch);

    /// Takes away the records of the chain up to a number, and writes down that it did.
    [[nodiscard]] Attempt<void> cutAudit(std::uint64_t upTo, AuditRecord why);

    /// The id of the newest event; zero if there is none.
    [[nodiscard]] Attempt<std::int64_t> lastEvent();
    /// What is stored now, without what is free to be used again.
    [[nodiscard]] Attempt<std::uint64_t> usedBytes();

    [[nodiscard]] Database& database() { return m_database; }

private:
    struct Insert {
        Statement event;
        Statement body;
        Statement audit;
        Statement breaker;
        Statement rollup;
    };

    JournalFile(Database database, Insert insert, ChainPlace head, std::int64_t run)
        : m_database(std::move(database)), m_insert(std::move(insert)), m_head(std::move(head)), m_run(run) {}

    /// All of what `work(head)` does, or nothing.
    template <typename Work>
    [[nodiscard]] Attempt<void> inTransaction(Work work);
    [[nodiscard]] Attempt<void> writeAll(Batch& batch, ChainPlace& head);
    [[nodiscard]] Attempt<void> writeEvent(const EventRow& row);
    [[nodiscard]] Attempt<void> writeAudit(AuditRecord& record, ChainPlace& head);
    [[nodiscard]] Attempt<void> writeStanding(const StandingRow& row);
    [[nodiscard]] Attempt<void> writeRollups(const std::vector<RollupRow>& rows);
    [[nodiscard]] Attempt<void> writeState(const StateRow& row);
    [[nodiscard]] Attempt<void> writeNote(const NoteChange& change);
    [[nodiscard]] Attempt<domain::State> lastState(std::int64_t breaker);
    [[nodiscard]] Attempt<std::int64_t> numberOf(const std::string& breaker);

    Database m_database;
    Insert m_insert;  ///< destroyed before the database
    ChainPlace m_head;
    std::int64_t m_run;
    std::unordered_map<std::string, std::int64_t> m_breakers;  ///< numbers of breakers that were met
};

}  // namespace fusebox::journal
