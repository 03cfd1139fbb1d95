#include <fusebox/journal/codes.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/journal/stored_json.h>

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

namespace fusebox::journal {

namespace {

constexpr std::size_t kMostEvents = 10'000;

constexpr const char* kColumns =
    "SELECT event.id, at_ms, kind, level, (SELECT breaker.id FROM breaker WHERE number = event.breaker), actor, text, "
    "body.json, body.dossier IS NOT NULL FROM event LEFT JOIN body ON body.event = event.id ";

StoredEvent eventOf(const Statement& row) {
    StoredEvent event;
    event.id = domain::EventId(static_cast<std::uint64_t>(row.number(0)));
    event.at = wallTime(row.number(1));
    event.kind = kindOfCode(row.number(2));
    event.level = levelOfCode(row.number(3));
    event.breaker.value = row.text(4);
    event.actor = row.text(5);
    event.text = row.text(6);
    event.json = eventJson(event, row.view(7));
    event.hasDossier = row.number(8) != 0;
    return event;
}

/// The statement's rows up to the limit, and whether there are more. REQUIRES: it asks for one more than the limit.
base::Result<EventPage> pageOf(Attempt<Statement> statement, std::size_t limit) {
    EventPage page;
    Attempt<bool> row = statement ? statement->step() : tl::unexpected(statement.error());
    for (; row && *row; row = statement->step()) {
        if (page.events.size() == limit) {
            page.more = true;
            return page;
        }
        page.events.push_back(eventOf(*statement));
    }
    if (!row) {
        return unusable(row.error(), "The journal cannot be read");
    }
    return page;
}

/// Newest first by time; of the same millisecond the later one first.
bool isNewer(const StoredEvent& one, const StoredEvent& other) {
    return std::tie(one.at, one.id) > std::tie(other.at, other.id);
}

/// Where a query begins in the list: what is at this time and id or newer is left out.
struct Cursor {
    std::int64_t atMs = 0;
    std::int64_t id = 0;
};

/// An event that was taken away since has no time any more: then only its id counts.
Attempt<Cursor> cursorOf(Database& database, const EventQuery& query) {
    Cursor cursor{unixMs(query.span.to) - 1, INT64_MAX};
    if (!query.before) {
        return cursor;
    }
    auto statement = database.prepare("SELECT at_ms FROM event WHERE id = ?");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, static_cast<std::int64_t>(query.before->value));
    const auto row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    const std::int64_t at = *row ? statement->number(0) : cursor.atMs;
    return at <= cursor.atMs ? Cursor{at, static_cast<std::int64_t>(query.before->value)} : cursor;
}

/// One index serves each query: that of the breaker, else of the actor, else of the kind, else of the time. The mark + keeps
/// SQLite from another choice.
std::string conditionsOf(const EventQuery& query, bool hasKind) {
    std::string sql = "WHERE at_ms >= ?1 AND at_ms <= ?2 AND (at_ms < ?2 OR event.id < ?3) ";
    if (!query.breaker.value.empty()) {
        sql += "AND event.breaker = ?4 ";
    }
    if (!query.actor.empty()) {
        sql += query.breaker.value.empty() ? "AND actor = ?5 AND actor <> '' " : "AND +actor = ?5 ";
    }
    if (hasKind) {
        sql += query.breaker.value.empty() && query.actor.empty() ? "AND kind = ?6 " : "AND +kind = ?6 ";
    }
    if (query.level != domain::Level::info) {
        sql += "AND level >= ?7 ";
    }
    if (!query.text.empty()) {
        sql += "AND holds(text, ?8) ";
    }
    return sql;
}

/// A query of one kind at most, with its breaker as the file knows it.
struct Search {
    const EventQuery& query;
    std::int64_t breaker = 0;
    std::optional<domain::EventKind> kind;
    std::size_t limit = 0;

    void bind(Statement& statement, std::int64_t fromMs, const Cursor& cursor) const {
        statement.bind(1, fromMs).bind(2, cursor.atMs).bind(3, cursor.id);
        statement.bind(4, breaker).bind(5, query.actor).bind(6, kind ? codeOf(*kind) : 0);
        statement.bind(7, codeOf(query.level)).bind(8, query.text);
    }
    [[nodiscard]] std::string conditions() const { return conditionsOf(query, kind.has_value()); }
};

base::Result<EventPage> searchAll(Database& database, const Search& search, const Cursor& cursor) {
    auto statement = database.prepare(kColumns + search.conditions() + "ORDER BY at_ms DESC, event.id DESC LIMIT ?9");
    if (statement) {
        search.bind(*statement, unixMs(search.query.span.from), cursor);
        statement->bind(9, static_cast<std::int64_t>(search.limit) + 1);
    }
    return pageOf(std::move(statement), search.limit);
}

/// The newest ids of what the statement finds, oldest first.
Attempt<std::deque<std::int64_t>> newestOf(Statement& statement, std::size_t most) {
    std::deque<std::int64_t> ids;
    auto row = statement.step();
    for (; row && *row; row = statement.step()) {
        ids.push_back(statement.number(0));
        if (ids.size() > most) {
            ids.pop_front();
        }
    }
    if (!row) {
        return tl::unexpected(row.error());
    }
    return ids;
}

/// Ids, newest first, one more than the limit if there are more. A row is found several times as fast when it follows the
/// one before it in the file. So time is read forwards, in slices, of which the newest comes first and each is longer than
/// the one before it.
Attempt<std::vector<std::int64_t>> searchText(Database& database, const Search& search, Cursor cursor) {
    constexpr std::int64_t kFirstSlice = 256;  // a part of the whole
    constexpr std::int64_t kGrowth = 4;
    const auto oldest = database.number("SELECT min(at_ms) FROM event");
    const auto newest = oldest ? database.number("SELECT max(at_ms) FROM event") : oldest;
    auto statement =
        newest ? database.prepare("SELECT event.id FROM event " + search.conditions() + "ORDER BY at_ms, event.id")
               : tl::unexpected(newest.error());
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    if (*newest < cursor.atMs) {
        cursor = {*newest, INT64_MAX};
    }
    const std::int64_t begin = std::max(unixMs(search.query.span.from), *oldest);
    std::vector<std::int64_t> found;
    for (std::int64_t length = std::max<std::int64_t>((cursor.atMs - begin) / kFirstSlice, 1);
         cursor.atMs >= begin && found.size() <= search.limit; length *= kGrowth) {
        const std::int64_t from = cursor.atMs - begin > length ? cursor.atMs - length : begin;
        search.bind(*statement, from, cursor);
        const auto ids = newestOf(*statement, search.limit + 1 - found.size());
        if (!ids) {
            return tl::unexpected(ids.error());
        }
        found.insert(found.end(), ids->rbegin(), ids->rend());
        cursor = {from - 1, INT64_MAX};
    }
    return found;
}

/// What is gone meanwhile is left out.
base::Result<EventPage> eventsWith(Database& database, const std::vector<std::int64_t>& ids, std::size_t limit) {
    EventPage page;
    page.more = ids.size() > limit;
    auto statement = database.prepare(kColumns + std::string("WHERE event.id = ?"));
    for (std::size_t i = 0; i < std::min(ids.size(), limit) && statement; ++i) {
        statement->bind(1, ids[i]);
        const auto row = statement->step();
        if (!row) {
            return unusable(row.error(), "The journal cannot be read");
        }
        if (*row) {
            page.events.push_back(eventOf(*statement));
        }
        statement->reset();
    }
    if (!statement) {
        return unusable(statement.error(), "The journal cannot be read");
    }
    return page;
}

base::Result<EventPage> find(Database& database, const Search& search, const Cursor& cursor) {
    if (search.query.text.empty()) {
        return searchAll(database, search, cursor);
    }
    const auto ids = searchText(database, search, cursor);
    if (!ids) {
        return unusable(ids.error(), "The journal cannot be read");
    }
    return eventsWith(database, *ids, search.limit);
}

}  // namespace

base::Result<EventPage> JournalReader::events(const EventQuery& query) {
    const std::size_t limit = std::min(query.limit, kMostEvents);
    const auto breaker = breakerNumber(query.breaker);
    if (!breaker) {
        return tl::unexpected(breaker.error());
    }
    if (!query.breaker.value.empty() && *breaker == 0) {
        return EventPage{};
    }
    const auto cursor = cursorOf(m_database, query);
    if (!cursor) {
        return unusable(cursor.error(), "The journal cannot be read");
    }
    if (query.kinds.empty()) {
        return find(m_database, {query, *breaker, std::nullopt, limit}, *cursor);
    }
    EventPage all;
    for (const domain::EventKind kind : query.kinds) {
        auto page = find(m_database, {query, *breaker, kind, limit}, *cursor);
        if (!page) {
            return page;
        }
        std::move(page->events.begin(), page->events.end(), std::back_inserter(all.events));
        all.more = all.more || page->more;
    }
    std::sort(all.events.begin(), all.events.end(), isNewer);
    all.events.erase(std::unique(all.events.begin(), all.events.end()), all.events.end());
    if (all.events.size() > limit) {
        all.events.resize(limit);
        all.more = true;
    }
    return all;
}

base::Result<EventPage> JournalReader::eventsAfter(domain::EventId after, std::size_t limit) {
    limit = std::min(limit, kMostEvents);
    auto statement = m_database.prepare(kColumns + std::string("WHERE event.id > ? ORDER BY event.id LIMIT ?"));
    if (statement) {
        statement->bind(1, static_cast<std::int64_t>(after.value)).bind(2, static_cast<std::int64_t>(limit) + 1);
    }
    return pageOf(std::move(statement), limit);
}

base::Result<std::int64_t> JournalReader::breakerNumber(const domain::BreakerId& breaker) {
    auto statement = m_database.prepare("SELECT number FROM breaker WHERE id = ?");
    if (statement) {
        statement->bind(1, breaker.value);
    }
    const Attempt<bool> row = statement ? statement->step() : tl::unexpected(statement.error());
    if (!row) {
        return unusable(row.error(), "The journal cannot be read");
    }
    return *row ? statement->number(0) : 0;
}

}  // namespace fusebox::journal
