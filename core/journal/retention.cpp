#include <fusebox/journal/retention.h>

#include <fusebox/journal/codes.h>
#include <fusebox/journal/rollup_table.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::journal {

namespace {

constexpr std::size_t kBite = 500;
constexpr std::size_t kAuditBite = 500;
constexpr base::Duration kLookEvery = std::chrono::hours(1);
constexpr std::int64_t kFreePagesKept = 1000;
constexpr int kPagesGivenBack = 64;

std::int64_t cutOf(base::WallTime now, base::Duration age) {
    return unixMs(now) - std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
}

/// All or nothing.
Attempt<void> inTransaction(Database& database, const std::string& sql) {
    auto done = database.run("BEGIN IMMEDIATE;" + sql + ";COMMIT");
    if (!done) {
        (void)database.run("ROLLBACK");
    }
    return done;
}

}  // namespace

Attempt<void> Keeper::bite(JournalFile& file, base::WallTime now, std::size_t written) {
    auto done = biteEvents(file, now, std::max(kBite, 2 * written));
    done = done ? biteRollups(file, now) : done;
    done = done ? giveBack(file) : done;
    if (!done || now < m_nextLook) {
        return done;
    }
    done = biteNotes(file, now);
    done = done ? biteAudit(file, now) : done;
    m_nextLook = now + std::chrono::duration_cast<std::chrono::milliseconds>(kLookEvery);
    return done;
}

Attempt<void> Keeper::biteEvents(JournalFile& file, base::WallTime now, std::size_t most) {
    const auto used = file.usedBytes();
    if (!used) {
        return tl::unexpected(used.error());
    }
    m_isPressed = *used > m_retention.bytes;
    const auto last = file.database().number(
        fmt::format("SELECT max(id) FROM (SELECT id, at_ms FROM event ORDER BY id LIMIT {}) WHERE {} OR at_ms < {}",
                    most, m_isPressed ? 1 : 0, cutOf(now, m_retention.eventAge))
            .c_str());
    if (!last || *last == 0) {
        return last ? Attempt<void>() : tl::unexpected(last.error());
    }
    return inTransaction(file.database(), fmt::format("DELETE FROM body WHERE event <= {0};"
                                                      "DELETE FROM event WHERE id <= {0}",
                                                      *last));
}

/// One breaker after the other, round and round.
Attempt<void> Keeper::biteRollups(JournalFile& file, base::WallTime now) {
    const auto next = file.database().number(
        fmt::format("SELECT coalesce(min(number), 0) FROM breaker WHERE number > {}", m_lastBreaker).c_str());
    if (!next) {
        return tl::unexpected(next.error());
    }
    m_lastBreaker = *next;
    return *next == 0 ? Attempt<void>() : cutRollups(file.database(), *next, unixMs(now) / 1000, m_isPressed);
}

/// Notes, runs and standings are few: what is too old goes at once.
Attempt<void> Keeper::biteNotes(JournalFile& file, base::WallTime now) {
    const std::int64_t cut = cutOf(now, m_retention.auditAge);
    return inTransaction(file.database(),
                         fmt::format("DELETE FROM note WHERE at_ms < {0}; DELETE FROM run WHERE seen_ms < {0};"
                                     "DELETE FROM standing WHERE at_ms < {0}",
                                     cut));
}

Attempt<void> Keeper::biteAudit(JournalFile& file, base::WallTime now) {
    auto old = file.database().prepare(
        "SELECT max(number), count(*) FROM (SELECT number, at_ms FROM audit ORDER BY number LIMIT ?) WHERE at_ms < ?");
    if (!old) {
        return tl::unexpected(old.error());
    }
    const std::int64_t cut = cutOf(now, m_retention.auditAge);
    old->bind(1, static_cast<std::int64_t>(kAuditBite)).bind(2, cut);
    const auto row = old->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    const std::int64_t last = old->number(0);
    const std::int64_t count = old->number(1);
    old->reset();
    if (count == 0) {
        return {};
    }
    AuditRecord record;
    record.at = now;
    record.kind = "retention";
    record.text = fmt::format("{} records up to number {} were taken away for their age.", count, last);
    return file.cutAudit(static_cast<std::uint64_t>(last), std::move(record));
}

/// Room that was freed is used again; only where much is free the file gets shorter.
Attempt<void> Keeper::giveBack(JournalFile& file) {
    const auto free = file.database().number("PRAGMA freelist_count");
    if (!free || *free < kFreePagesKept) {
        return free ? Attempt<void>() : tl::unexpected(free.error());
    }
    return file.database().run(fmt::format("PRAGMA incremental_vacuum({})", kPagesGivenBack));
}

}  // namespace fusebox::journal
