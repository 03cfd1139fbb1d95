#pragma once
// Asks the journal. A connection of its own that only reads: it neither waits for the writer nor makes it wait.
// Threads: one at a time, any one.
// Errors: invalidInput for a query that cannot be meant; notFound; unavailable for a file that is missing, damaged or no
// journal, with SQLite's reason; timedOut for a question that was broken off.
// Lifetime: reads the file that it was opened on. When JournalHealth::file changes, open a new one.
// Limits: see the queries.

#include <fusebox/base/result.h>
#include <fusebox/journal/database.h>
#include <fusebox/journal/query.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::journal {

class JournalReader {
public:
    [[nodiscard]] static base::Result<JournalReader> open(const std::string& file);

    /// `isOver` is asked now and then while a question is looked up; true breaks it off. It is called on the same thread.
    void watch(std::function<bool()> isOver) { m_database.watch(std::move(isOver)); }

    [[nodiscard]] base::Result<EventPage> events(const EventQuery& query);
    /// Oldest first, by id: for a stream that goes on where it was cut.
    [[nodiscard]] base::Result<EventPage> eventsAfter(domain::EventId after, std::size_t limit);
    /// The page about a trip, as JSON.
    [[nodiscard]] base::Result<std::string> dossier(domain::EventId trip);

    [[nodiscard]] base::Result<std::vector<Band>> bands(const BandQuery& query);
    /// Only points with calls or a known state; oldest first.
    [[nodiscard]] base::Result<std::vector<RollupPoint>> rollups(const RollupQuery& query);
    [[nodiscard]] base::Result<std::vector<Note>> notes(const NoteQuery& query);

    /// In the order of their numbers, those after `after`.
    [[nodiscard]] base::Result<std::vector<AuditRecord>> audit(std::uint64_t after, std::size_t limit);
    /// Reads the whole chain.
    [[nodiscard]] base::Result<AuditVerdict> verify();

    /// What was kept under a key by Journal::saveState; nothing if nothing was.
    [[nodiscard]] base::Result<std::optional<std::string>> state(const std::string& key);

    /// All breakers and actors that the journal knows, in alphabetical order: for the filters of a view.
    [[nodiscard]] base::Result<std::vector<domain::BreakerId>> breakers();
    [[nodiscard]] base::Result<std::vector<std::string>> actors();
    /// The id of the newest event; zero if there is none.
    [[nodiscard]] base::Result<domain::EventId> lastEvent();

private:
    explicit JournalReader(Database database) : m_database(std::move(database)) {}

    [[nodiscard]] base::Result<std::vector<AuditRecord>> auditAfter(std::int64_t number, std::size_t limit);
    /// Zero: the journal does not know it.
    [[nodiscard]] base::Result<std::int64_t> breakerNumber(const domain::BreakerId& breaker);

    Database m_database;
};

}  // namespace fusebox::journal
