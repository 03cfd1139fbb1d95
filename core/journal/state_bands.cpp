#include <fusebox/journal/codes.h>
#include <fusebox/journal/journal_reader.h>

#include <algorithm>
#include <utility>

namespace fusebox::journal {

namespace {

struct Run {
    base::WallTime began{};
    base::WallTime seen{};
};

struct Change {
    base::WallTime at{};
    domain::State from = domain::State::unknown;
    domain::State to = domain::State::unknown;
};

/// Strings spans together: joins equal neighbours, and those too short to be seen.
class BandMaker {
public:
    explicit BandMaker(base::Duration resolution) : m_resolution(resolution) {}

    void add(StateSpan span) {
        if (span.from >= span.to) {
            return;
        }
        if (!m_spans.empty() && m_spans.back().state == span.state) {
            m_spans.back().to = span.to;
            return;
        }
        if (!m_spans.empty() && m_spans.back().to < seenFrom(m_spans.back())) {
            // Only until it can be seen: what lasts longer is shown as what it is.
            StateSpan& last = m_spans.back();
            last.to = std::min(span.to, seenFrom(last));
            last.state = worseOf(last.state, span.state);
            span.from = last.to;
        }
        if (span.from < span.to) {
            m_spans.push_back(span);
        }
    }
    [[nodiscard]] std::vector<StateSpan> take() { return std::move(m_spans); }

private:
    /// Where it would end if it were just long enough.
    [[nodiscard]] base::WallTime seenFrom(const StateSpan& span) const {
        return span.from + std::chrono::ceil<base::WallTime::duration>(m_resolution);
    }

    base::Duration m_resolution;
    std::vector<StateSpan> m_spans;
};

/// Adds a span, with the times when the program did not run cut out as unknown.
void addWhileRunning(BandMaker& band, StateSpan span, const std::vector<Run>& runs) {
    for (const Run& run : runs) {
        if (run.seen <= span.from || span.from >= span.to) {
            continue;
        }
        if (run.began >= span.to) {
            break;
        }
        band.add({span.from, std::max(run.began, span.from), domain::State::unknown});
        const base::WallTime from = std::max(run.began, span.from);
        const base::WallTime to = std::min(run.seen, span.to);
        band.add({from, to, span.state});
        span.from = to;
    }
    band.add({span.from, span.to, domain::State::unknown});
}

std::vector<StateSpan> spansOf(const std::vector<Change>& changes, const TimeSpan& span, const std::vector<Run>& runs,
                               base::Duration resolution) {
    BandMaker band(resolution);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (i == 0 && changes[i].at > span.from) {
            addWhileRunning(band, {span.from, changes[i].at, changes[i].from}, runs);
        }
        const base::WallTime end = i + 1 < changes.size() ? changes[i + 1].at : span.to;
        addWhileRunning(band, {std::max(changes[i].at, span.from), end, changes[i].to}, runs);
    }
    return band.take();
}

/// Reads the changes of one breaker after the other.
class ChangeReader {
public:
    [[nodiscard]] static Attempt<ChangeReader> on(Database& database, const TimeSpan& span) {
        // Each is answered by an index alone.
        auto within = database.prepare(
            "SELECT at_ms, states FROM event WHERE breaker = ?1 AND at_ms >= ?2 AND at_ms < ?3 AND states IS NOT NULL "
            "ORDER BY at_ms, id");
        auto before = database.prepare(
            "SELECT at_ms, states FROM event WHERE breaker = ?1 AND at_ms < ?2 AND states IS NOT NULL "
            "ORDER BY at_ms DESC, id DESC LIMIT 1");
        auto seen = database.prepare(
            "SELECT at_ms, state FROM standing WHERE breaker = ?1 AND at_ms >= coalesce((SELECT max(at_ms) FROM "
            "standing "
            "WHERE breaker = ?1 AND at_ms < ?2), ?2) AND at_ms < ?3 ORDER BY at_ms");
        for (const auto* each : {&within, &before, &seen}) {
            if (!*each) {
                return tl::unexpected(each->error());
            }
        }
        return ChangeReader(std::move(*within), std::move(*before), std::move(*seen), span);
    }

    [[nodiscard]] Attempt<std::vector<Change>> changesOf(std::int64_t breaker) {
        std::vector<Change> changes;
        auto done = readSeen(breaker, changes);
        const bool isKnownBefore = !changes.empty() && changes.front().at < m_span.from;
        done = done ? readMoves(m_within, breaker, changes) : done;
        const bool isTold = std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
            return change.at <= m_span.from || change.from != domain::State::unknown;
        });
        if (done && (isKnownBefore || !isTold)) {
            done = readMoves(m_before, breaker, changes);
        }
        if (!done) {
            return tl::unexpected(done.error());
        }
        const auto isEarlier = [](const Change& a, const Change& b) { return a.at < b.at; };
        if (!std::is_sorted(changes.begin(), changes.end(), isEarlier)) {
            std::stable_sort(changes.begin(), changes.end(), isEarlier);
        }
        return changes;
    }

private:
    ChangeReader(Statement within, Statement before, Statement seen, const TimeSpan& span)
        : m_within(std::move(within)), m_before(std::move(before)), m_seen(std::move(seen)), m_span(span) {}

    void bind(Statement& statement, std::int64_t breaker) const {
        statement.bind(1, breaker).bind(2, unixMs(m_span.from)).bind(3, unixMs(m_span.to));
    }

    [[nodiscard]] Attempt<void> readMoves(Statement& statement, std::int64_t breaker, std::vector<Change>& into) const {
        bind(statement, breaker);
        auto row = statement.step();
        for (; row && *row; row = statement.step()) {
            const StatePair states = statesOfCode(statement.number(1));
            into.push_back({wallTime(statement.number(0)), states.from, states.to});
        }
        return row ? Attempt<void>() : tl::unexpected(row.error());
    }

    [[nodiscard]] Attempt<void> readSeen(std::int64_t breaker, std::vector<Change>& into) {
        bind(m_seen, breaker);
        auto row = m_seen.step();
        for (; row && *row; row = m_seen.step()) {
            into.push_back({wallTime(m_seen.number(0)), domain::State::unknown, stateOfCode(m_seen.number(1))});
        }
        return row ? Attempt<void>() : tl::unexpected(row.error());
    }

    Statement m_within;
    Statement m_before;
    Statement m_seen;
    TimeSpan m_span;
};

Attempt<std::vector<Run>> readRuns(Database& database, const TimeSpan& span) {
    auto statement =
        database.prepare("SELECT began_ms, seen_ms FROM run WHERE seen_ms > ? AND began_ms < ? ORDER BY began_ms");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, unixMs(span.from)).bind(2, unixMs(span.to));
    std::vector<Run> runs;
    auto row = statement->step();
    for (; row && *row; row = statement->step()) {
        runs.push_back({wallTime(statement->number(0)), wallTime(statement->number(1))});
    }
    if (!row) {
        return tl::unexpected(row.error());
    }
    return runs;
}

}  // namespace

base::Result<std::vector<Band>> JournalReader::bands(const BandQuery& query) {
    auto wanted = query.breakers;
    if (wanted.empty()) {
        auto all = breakers();
        if (!all) {
            return tl::unexpected(all.error());
        }
        wanted = std::move(*all);
    }
    const auto runs = readRuns(m_database, query.span);
    if (!runs) {
        return unusable(runs.error(), "The journal cannot be read");
    }
    // What is not over yet ends where the program was seen last.
    TimeSpan span = query.span;
    span.to = std::min(span.to, runs->empty() ? span.from : runs->back().seen);
    auto reader = ChangeReader::on(m_database, span);
    if (!reader) {
        return unusable(reader.error(), "The journal cannot be read");
    }
    std::vector<Band> bands;
    for (domain::BreakerId& breaker : wanted) {
        const auto number = breakerNumber(breaker);
        if (!number) {
            return tl::unexpected(number.error());
        }
        auto changes = reader->changesOf(*number);
        if (!changes) {
            return unusable(changes.error(), "The journal cannot be read");
        }
        bands.push_back({std::move(breaker), spansOf(*changes, span, *runs, query.resolution)});
    }
    return bands;
}

}  // namespace fusebox::journal
