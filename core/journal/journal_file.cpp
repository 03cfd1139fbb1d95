#include <fusebox/journal/journal_file.h>

#include <fusebox/journal/codes.h>
#include <fusebox/journal/rollup_table.h>
#include <fusebox/journal/schema.h>

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace fusebox::journal {

namespace {

Attempt<ChainPlace> headOf(Database& database) {
    auto bounds = readChainBounds(database);
    if (!bounds) {
        return tl::unexpected(bounds.error());
    }
    return bounds->head;
}

std::uintmax_t sizeOf(const std::string& file) {
    std::error_code trouble;
    const std::uintmax_t size = std::filesystem::file_size(file, trouble);
    return trouble ? 0 : size;
}

/// SQLite takes what is missing of the last page for zeros.
Attempt<void> checkPages(Database& database, std::uintmax_t size) {
    const auto page = database.number("PRAGMA page_size");
    if (!page) {
        return tl::unexpected(page.error());
    }
    if (*page > 0 && size % static_cast<std::uintmax_t>(*page) != 0) {
        return tl::unexpected(SqliteTrouble{SQLITE_CORRUPT, "it was cut short"});
    }
    return {};
}

Attempt<std::int64_t> beginRun(Database& database, std::int64_t nowMs) {
    auto done = database.run(fmt::format("INSERT INTO run(began_ms, seen_ms) VALUES({0}, {0})", nowMs));
    if (!done) {
        return tl::unexpected(done.error());
    }
    return database.lastRow();
}

}  // namespace

Attempt<JournalFile> JournalFile::open(const std::string& file, std::int64_t nowMs, const std::string& vfs) {
    const std::uintmax_t size = sizeOf(file);
    const bool hasLog = sizeOf(file + "-wal") > 0 || sizeOf(file + "-journal") > 0;
    auto database = Database::open(file, Database::Access::readWrite, vfs);
    if (!database) {
        return tl::unexpected(database.error());
    }
    // With a log, the rest of the last page may still be in there.
    if (auto done = hasLog ? Attempt<void>() : checkPages(*database, size); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = prepareSchema(*database); !done) {
        return tl::unexpected(done.error());
    }
    auto head = headOf(*database);
    const auto run = head ? beginRun(*database, nowMs) : tl::unexpected(head.error());
    if (!run) {
        return tl::unexpected(run.error());
    }
    // What was written before a commit that failed on the way may be there: the same event is not written twice.
    auto event = database->prepare(
        "INSERT OR IGNORE INTO event(id, at_ms, kind, level, breaker, states, actor, text) VALUES(?,?,?,?,?,?,?,?)");
    auto body = database->prepare("INSERT OR IGNORE INTO body(event, json, dossier) VALUES(?,?,?)");
    auto audit = database->prepare(
        "INSERT INTO audit(number, at_ms, kind, command, breaker, actor, origin, text, body, hash) "
        "VALUES(?,?,?,?,?,?,?,?,?,?)");
    auto breaker = database->prepare("SELECT number FROM breaker WHERE id = ?");
    auto rollup = prepareRollup(*database);
    for (const auto* each : {&event, &body, &audit, &breaker, &rollup}) {
        if (!*each) {
            return tl::unexpected(each->error());
        }
    }
    return JournalFile(
        std::move(*database),
        {std::move(*event), std::move(*body), std::move(*audit), std::move(*breaker), std::move(*rollup)},
        std::move(*head), *run);
}

template <typename Work>
Attempt<void> JournalFile::inTransaction(Work work) {
    ChainPlace head = m_head;
    Attempt<void> done = m_database.run("BEGIN IMMEDIATE");
    done = done ? work(head) : done;
    done = done ? m_database.run("COMMIT") : done;
    if (done) {
        m_head = std::move(head);
        return {};
    }
    (void)m_database.run("ROLLBACK");  // where even that fails no transaction is open
    m_breakers.clear();                // some of them may be gone again
    return done;
}

Attempt<void> JournalFile::write(Batch& batch) {
    return inTransaction([&](ChainPlace& head) { return writeAll(batch, head); });
}

Attempt<void> JournalFile::cutAudit(std::uint64_t upTo, AuditRecord why) {
    return inTransaction([&](ChainPlace& head) -> Attempt<void> {
        auto hash = m_database.prepare(fmt::format("SELECT hash FROM audit WHERE number = {}", upTo));
        const Attempt<bool> row = hash ? hash->step() : tl::unexpected(hash.error());
        if (!row || !*row) {
            return row ? Attempt<void>() : tl::unexpected(row.error());
        }
        auto done = writeChainBase(m_database, {upTo, hash->text(0)});
        hash->reset();
        done = done ? m_database.run(fmt::format("DELETE FROM audit WHERE number <= {}", upTo)) : done;
        done = done ? writeAudit(why, head) : done;
        return done ? writeChainHead(m_database, head) : done;
    });
}

Attempt<void> JournalFile::writeAll(Batch& batch, ChainPlace& head) {
    Attempt<void> done;
    const auto each = [&](auto& rows, auto writeOne) {
        for (auto row = rows.begin(); done && row != rows.end(); ++row) {
            done = writeOne(*row);
        }
    };
    each(batch.events, [&](const EventRow& row) { return writeEvent(row); });
    each(batch.standings, [&](const StandingRow& row) { return writeStanding(row); });
    each(batch.states, [&](const StateRow& row) { return writeState(row); });
    each(batch.notes, [&](const NoteChange& change) { return writeNote(change); });
    each(batch.audit, [&](AuditRecord& record) { return writeAudit(record, head); });
    if (done && !batch.audit.empty()) {
        done = writeChainHead(m_database, head);
    }
    if (done && !batch.rollups.empty()) {
        done = writeRollups(batch.rollups);
    }
    if (done && batch.seenMs) {
        done = m_database.run(
            fmt::format("UPDATE run SET seen_ms = max(seen_ms, {}) WHERE number = {}", *batch.seenMs, m_run));
    }
    return done;
}

Attempt<void> JournalFile::writeEvent(const EventRow& row) {
    const auto breaker = numberOf(row.breaker);
    if (!breaker) {
        return tl::unexpected(breaker.error());
    }
    Statement& event = m_insert.event;
    event.bind(1, row.id).bind(2, row.atMs).bind(3, row.kind).bind(4, row.level);
    if (*breaker > 0) {
        event.bind(5, *breaker);
    } else {
        event.bindNull(5);
    }
    if (row.states) {
        event.bind(6, *row.states);
    } else {
        event.bindNull(6);
    }
    event.bind(7, row.actor).bind(8, row.text);
    if (auto done = event.run(); !done || (row.carried.empty() && row.dossier.empty())) {
        return done;
    }
    m_insert.body.bind(1, row.id).bind(2, row.carried);
    if (row.dossier.empty()) {
        m_insert.body.bindNull(3);
    } else {
        m_insert.body.bind(3, row.dossier);
    }
    return m_insert.body.run();
}

Attempt<void> JournalFile::writeAudit(AuditRecord& record, ChainPlace& head) {
    record.number = head.number + 1;
    record.hash = chainHash(head.hash, record);
    Statement& audit = m_insert.audit;
    audit.bind(1, static_cast<std::int64_t>(record.number)).bind(2, unixMs(record.at)).bind(3, record.kind);
    audit.bind(4, record.command).bind(5, record.breaker.value).bind(6, record.actor).bind(7, record.origin);
    audit.bind(8, record.text).bind(9, record.body).bindBlob(10, record.hash);
    head = {record.number, record.hash};
    return audit.run();
}

Attempt<void> JournalFile::writeStanding(const StandingRow& row) {
    const auto breaker = numberOf(row.breaker);
    if (!breaker) {
        return tl::unexpected(breaker.error());
    }
    const auto known = lastState(*breaker);
    if (!known || *known == row.state) {
        return known ? Attempt<void>() : tl::unexpected(known.error());
    }
    return m_database.run(fmt::format("INSERT OR REPLACE INTO standing(breaker, at_ms, state) VALUES({}, {}, {})",
                                      *breaker, row.atMs, codeOf(row.state)));
}

Attempt<void> JournalFile::writeRollups(const std::vector<RollupRow>& rows) {
    std::int64_t newest = 0;
    for (const RollupRow& row : rows) {
        const auto breaker = numberOf(row.breaker);
        auto done = breaker ? writeRollup(m_insert.rollup, *breaker, row) : tl::unexpected(breaker.error());
        if (!done) {
            return done;
        }
        newest = std::max(newest, row.atSeconds);
    }
    return rollUp(m_database, newest + 1);
}

Attempt<void> JournalFile::writeState(const StateRow& row) {
    auto statement = m_database.prepare("INSERT OR REPLACE INTO state(key, saved_ms, value) VALUES(?, ?, ?)");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, row.key).bind(2, row.savedMs).bind(3, row.value);
    return statement->run();
}

Attempt<void> JournalFile::writeNote(const NoteChange& change) {
    const Note& note = change.note;
    auto statement = m_database.prepare(
        note.id == 0
            ? "INSERT INTO note(at_ms, written_ms, actor, breaker, text, pinned) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
            : "UPDATE note SET pinned = ?6 WHERE id = ?7");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, unixMs(note.at)).bind(2, unixMs(note.writtenAt)).bind(3, note.actor).bind(4, note.breaker.value);
    statement->bind(5, note.text).bind(6, note.pinned ? 1 : 0).bind(7, static_cast<std::int64_t>(note.id));
    return statement->run();
}

Attempt<std::int64_t> JournalFile::numberOf(const std::string& breaker) {
    if (breaker.empty()) {
        return 0;
    }
    if (const auto known = m_breakers.find(breaker); known != m_breakers.end()) {
        return known->second;
    }
    m_insert.breaker.bind(1, breaker);
    const auto row = m_insert.breaker.step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    std::int64_t number = *row ? m_insert.breaker.number(0) : 0;
    m_insert.breaker.reset();
    if (number == 0) {
        auto insert = m_database.prepare("INSERT INTO breaker(id) VALUES(?)");
        auto done = insert ? insert->bind(1, breaker).run() : tl::unexpected(insert.error());
        if (!done) {
            return tl::unexpected(done.error());
        }
        number = m_database.lastRow();
    }
    m_breakers.emplace(breaker, number);
    return number;
}

Attempt<std::int64_t> JournalFile::lastEvent() {
    return m_database.number("SELECT max(id) FROM event");
}

Attempt<domain::State> JournalFile::lastState(std::int64_t breaker) {
    auto statement = m_database.prepare(
        "SELECT state, at_ms FROM (SELECT states % 8 AS state, at_ms FROM event WHERE breaker = ?1 AND states IS NOT "
        "NULL "
        "ORDER BY at_ms DESC, id DESC LIMIT 1) UNION ALL SELECT state, at_ms FROM (SELECT state, at_ms FROM standing "
        "WHERE "
        "breaker = ?1 ORDER BY at_ms DESC LIMIT 1) ORDER BY at_ms DESC LIMIT 1");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, breaker);
    const auto row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? stateOfCode(statement->number(0)) : domain::State::unknown;
}

Attempt<std::uint64_t> JournalFile::usedBytes() {
    const auto used = m_database.number(
        "SELECT (p.page_count - f.freelist_count) * s.page_size "
        "FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s");
    if (!used) {
        return tl::unexpected(used.error());
    }
    return static_cast<std::uint64_t>(*used);
}

}  // namespace fusebox::journal
