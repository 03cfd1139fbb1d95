#include <fusebox/journal/journal_reader.h>

#include <fusebox/journal/audit_chain.h>
#include <fusebox/journal/codes.h>
#include <fusebox/journal/schema.h>

#include <algorithm>

namespace fusebox::journal {

namespace {

constexpr std::size_t kMostNotes = 10'000;
constexpr std::size_t kMostAudit = 10'000;

std::int64_t limitOf(std::size_t wanted, std::size_t most) {
    return static_cast<std::int64_t>(std::min(wanted, most));
}

/// All rows of a statement, each made a value.
template <typename Value, typename Make>
base::Result<std::vector<Value>> rowsOf(Attempt<Statement> statement, Make make) {
    std::vector<Value> rows;
    Attempt<bool> row = statement ? statement->step() : tl::unexpected(statement.error());
    for (; row && *row; row = statement->step()) {
        rows.push_back(make(*statement));
    }
    if (!row) {
        return unusable(row.error(), "The journal cannot be read");
    }
    return rows;
}

AuditRecord auditRecordOf(const Statement& row) {
    AuditRecord record;
    record.number = static_cast<std::uint64_t>(row.number(0));
    record.at = wallTime(row.number(1));
    record.kind = row.text(2);
    record.command = row.text(3);
    record.breaker.value = row.text(4);
    record.actor = row.text(5);
    record.origin = row.text(6);
    record.text = row.text(7);
    record.body = row.text(8);
    record.hash = row.text(9);
    return record;
}

Note noteOf(const Statement& row) {
    Note note;
    note.id = static_cast<std::uint64_t>(row.number(0));
    note.at = wallTime(row.number(1));
    note.writtenAt = wallTime(row.number(2));
    note.actor = row.text(3);
    note.breaker.value = row.text(4);
    note.text = row.text(5);
    note.pinned = row.number(6) != 0;
    return note;
}

}  // namespace

base::Result<JournalReader> JournalReader::open(const std::string& file) {
    auto database = Database::open(file, Database::Access::readOnly);
    if (!database) {
        return unusable(database.error(), "The journal " + file + " cannot be opened");
    }
    if (auto usable = checkSchema(*database); !usable) {
        return unusable(usable.error(), "The journal " + file + " cannot be read");
    }
    return JournalReader(std::move(*database));
}

base::Result<std::string> JournalReader::dossier(domain::EventId trip) {
    auto statement = m_database.prepare("SELECT dossier FROM body WHERE event = ? AND dossier IS NOT NULL");
    if (statement) {
        statement->bind(1, static_cast<std::int64_t>(trip.value));
    }
    auto found = rowsOf<std::string>(std::move(statement), [](const Statement& row) { return row.text(0); });
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (found->empty()) {
        return base::trouble(base::TroubleCode::notFound, "The journal has no page about this event");
    }
    return std::move(found->front());
}

base::Result<std::vector<Note>> JournalReader::notes(const NoteQuery& query) {
    auto statement = m_database.prepare(
        "SELECT id, at_ms, written_ms, actor, breaker, text, pinned FROM note WHERE at_ms >= ? AND at_ms < ? "
        "AND (?3 = '' OR breaker = ?3 OR breaker = '') AND pinned >= ?4 ORDER BY at_ms, id LIMIT ?5");
    if (statement) {
        statement->bind(1, unixMs(query.span.from)).bind(2, unixMs(query.span.to)).bind(3, query.breaker.value);
        statement->bind(4, query.pinnedOnly ? 1 : 0).bind(5, limitOf(query.limit, kMostNotes));
    }
    return rowsOf<Note>(std::move(statement), noteOf);
}

base::Result<std::vector<AuditRecord>> JournalReader::audit(std::uint64_t after, std::size_t limit) {
    return auditAfter(static_cast<std::int64_t>(after), limit);
}

base::Result<std::vector<AuditRecord>> JournalReader::auditAfter(std::int64_t number, std::size_t limit) {
    auto statement = m_database.prepare(
        "SELECT number, at_ms, kind, command, breaker, actor, origin, text, body, hash FROM audit WHERE number > ? "
        "ORDER BY number LIMIT ?");
    if (statement) {
        statement->bind(1, number).bind(2, limitOf(limit, kMostAudit));
    }
    return rowsOf<AuditRecord>(std::move(statement), auditRecordOf);
}

base::Result<AuditVerdict> JournalReader::verify() {
    // One transaction: what is written meanwhile is not looked at, neither in the records nor in the head.
    if (auto begun = m_database.run("BEGIN"); !begun) {
        return unusable(begun.error(), "The journal cannot be read");
    }
    auto verdict = [&]() -> base::Result<AuditVerdict> {
        const auto bounds = readChainBounds(m_database);
        if (!bounds) {
            return unusable(bounds.error(), "The journal cannot be read");
        }
        ChainCheck check(*bounds);
        std::int64_t after = INT64_MIN;  // a stranger may have used numbers that the journal does not
        for (bool more = true; more;) {
            const auto records = auditAfter(after, kMostAudit);
            if (!records) {
                return tl::unexpected(records.error());
            }
            more = !records->empty() && check.take(*records);
            after = more ? static_cast<std::int64_t>(records->back().number) : after;
        }
        return check.verdict();
    }();
    (void)m_database.run("COMMIT");
    return verdict;
}

base::Result<std::optional<std::string>> JournalReader::state(const std::string& key) {
    auto statement = m_database.prepare("SELECT value FROM state WHERE key = ?");
    if (statement) {
        statement->bind(1, key);
    }
    auto found = rowsOf<std::string>(std::move(statement), [](const Statement& row) { return row.text(0); });
    if (!found) {
        return tl::unexpected(found.error());
    }
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

base::Result<std::vector<domain::BreakerId>> JournalReader::breakers() {
    return rowsOf<domain::BreakerId>(m_database.prepare("SELECT id FROM breaker ORDER BY id"),
                                     [](const Statement& row) { return domain::BreakerId(row.text(0)); });
}

base::Result<std::vector<std::string>> JournalReader::actors() {
    // Walks from one actor to the next in the index instead of over all events.
    return rowsOf<std::string>(m_database.prepare("WITH RECURSIVE next(actor) AS ("
                                                  "SELECT min(actor) FROM event WHERE actor <> '' UNION ALL "
                                                  "SELECT (SELECT min(actor) FROM event WHERE actor <> '' AND "
                                                  "actor > next.actor) FROM next WHERE next.actor IS NOT NULL) "
                                                  "SELECT actor FROM next WHERE actor IS NOT NULL"),
                               [](const Statement& row) { return row.text(0); });
}

base::Result<domain::EventId> JournalReader::lastEvent() {
    const auto last = m_database.number("SELECT max(id) FROM event");
    if (!last) {
        return unusable(last.error(), "The journal cannot be read");
    }
    return domain::EventId(static_cast<std::uint64_t>(*last));
}

}  // namespace fusebox::journal
