#include <fusebox/journal/writer.h>

#include <fusebox/journal/codes.h>

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

namespace fusebox::journal {

namespace {

constexpr base::Duration kTryEvery = std::chrono::seconds(1);

template <typename Rows>
void append(Rows& to, Rows from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

std::uint64_t inodeOf(const std::string& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 ? static_cast<std::uint64_t>(about.st_ino) : 0;
}

std::uint64_t sizeOf(const std::string& path) {
    std::error_code trouble;
    const auto size = std::filesystem::file_size(path, trouble);
    return trouble ? 0 : static_cast<std::uint64_t>(size);
}

std::string countOf(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

Writer::Writer(const base::Clock& clock, Wanted wanted, Retention retention, WriterLimits limits)
    : m_clock(clock), m_wanted(std::move(wanted)), m_limits(limits), m_keeper(retention) {}

void Writer::open() {
    m_place = Place();  // its lock must be free
    m_place = findPlace(m_wanted, m_clock.wallNow());
    m_nextTry = m_clock.now() + kTryEvery;
    m_inode = inodeOf(m_place.path);
    if (m_place.file) {
        const auto last = m_place.file->lastEvent();
        m_health.lastEvent = std::max(m_health.lastEvent, last ? static_cast<std::uint64_t>(*last) : 0);
        if (!m_place.aside.empty()) {
            m_news.push_back({true, freshText()});
        }
    } else {
        noteTrouble(m_place.text);
    }
}

/// What is found to be damaged only while it is used may open well again: it is put aside first.
void Writer::replaceDamaged(const SqliteTrouble& trouble) {
    const std::string damaged = m_place.path;
    m_place = Place();
    const std::string aside = putAside(damaged, m_clock.wallNow());
    open();
    if (m_place.file && !aside.empty()) {
        m_place.aside = aside;
        m_place.text = fmt::format("{} is damaged ({}).", damaged, trouble.text);
        m_news.push_back({true, freshText()});
    }
}

std::string Writer::freshText() const {
    return fmt::format("{} A fresh journal was begun: {}. The old one is kept as {}.", m_place.text, m_place.path,
                       m_place.aside);
}

std::string Writer::write(Batch batch) {
    const bool isTried = isTimeToTry(batch);
    take(std::move(batch));
    if (!isTried || m_pending.isEmpty()) {
        cutPending();
        return m_trouble;
    }
    const base::Time began = m_clock.now();
    Attempt<void> done = tryOnce();
    if (!done && done.error().isDamage()) {
        replaceDamaged(done.error());
        done = tryOnce();
    }
    if (done) {
        noteWritten(began);
    } else {
        noteTrouble(fmt::format("{} cannot be written: {}.", m_place.path, done.error().text));
        cutPending();
    }
    return m_trouble;
}

Attempt<void> Writer::tryOnce() {
    if (!m_place.file) {
        open();
    }
    if (!m_place.file) {
        return tl::unexpected(SqliteTrouble{0, m_place.text});
    }
    return m_place.file->write(m_pending);
}

/// While it fails it is tried once a second; for a command, whose actor waits for the answer, at once.
bool Writer::isTimeToTry(const Batch& batch) const {
    return m_trouble.empty() || !batch.audit.empty() || m_clock.now() >= m_nextTry;
}

void Writer::take(Batch batch) {
    append(m_pending.events, std::move(batch.events));
    append(m_pending.audit, std::move(batch.audit));
    append(m_pending.standings, std::move(batch.standings));
    append(m_pending.states, std::move(batch.states));
    append(m_pending.notes, std::move(batch.notes));
    append(m_pending.rollups, std::move(batch.rollups));
    m_pending.seenMs = batch.seenMs ? batch.seenMs : m_pending.seenMs;
}

/// The newest go: what began the trouble tells more than what followed.
void Writer::cutPending() {
    if (m_pending.events.size() > m_limits.keptEvents) {
        const std::uint64_t lost = m_pending.events.size() - m_limits.keptEvents;
        m_pending.events.resize(m_limits.keptEvents);
        m_health.lostEvents += lost;
        m_lostSinceNews += lost;
    }
    if (m_pending.audit.size() > m_limits.keptRecords) {
        m_lostRecords += m_pending.audit.size() - m_limits.keptRecords;
        m_pending.audit.resize(m_limits.keptRecords);
    }
    if (m_pending.notes.size() > m_limits.keptRecords) {
        m_lostRecords += m_pending.notes.size() - m_limits.keptRecords;
        m_pending.notes.resize(m_limits.keptRecords);
    }
    m_pending.rollups.resize(std::min(m_pending.rollups.size(), m_limits.keptEvents));
    m_pending.standings.resize(std::min(m_pending.standings.size(), m_limits.keptEvents));
    m_pending.states.erase(m_pending.states.begin(),
                           m_pending.states.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                                        m_pending.states.size(), m_limits.keptRecords / 100)));
}

void Writer::noteWritten(base::Time began) {
    m_lastWritten = m_pending.events.size();
    for (const EventRow& row : m_pending.events) {
        m_health.lastEvent = std::max(m_health.lastEvent, static_cast<std::uint64_t>(row.id));
    }
    m_health.writtenEvents += m_pending.events.size();
    m_health.lastBatchTook = m_clock.now() - began;
    m_health.lastWrite = m_clock.wallNow();
    m_pending = Batch();
    if (m_place.lock.isMarked() && m_lostSinceNews == 0) {
        m_place.lock.mark(false);
    }
    if (!std::exchange(m_trouble, {}).empty()) {
        const std::uint64_t lost = std::exchange(m_lostSinceNews, 0);
        const std::uint64_t records = std::exchange(m_lostRecords, 0);
        std::string missing = lost == 0 ? "" : countOf(lost, "event");
        if (records > 0) missing += (lost == 0 ? "" : " and ") + countOf(records, "record") + " of commands and notes";
        m_news.push_back(
            {!missing.empty(), fmt::format("The journal writes again, into {}. {}", m_place.path,
                                           missing.empty() ? "Nothing was lost."
                                                           : missing + " did not find room and are missing in it.")});
    }
}

void Writer::noteTrouble(const std::string& text) {
    m_nextTry = m_clock.now() + kTryEvery;
    if (m_trouble.empty()) {
        m_place.lock.mark(true);
        m_news.push_back({true, fmt::format("{} What happens is kept in memory, up to {}, until it can be written.",
                                            text, countOf(m_limits.keptEvents, "event"))});
    }
    m_trouble = text;
}

void Writer::prune() {
    if (!m_place.file || !m_trouble.empty()) {
        return;
    }
    if (const auto done = m_keeper.bite(*m_place.file, m_clock.wallNow(), std::exchange(m_lastWritten, 0));
        !done && done.error().isDamage()) {
        replaceDamaged(done.error());
    }
}

void Writer::lookAfterFile() {
    if (m_place.file && inodeOf(m_place.path) != m_inode) {
        m_news.push_back({true, fmt::format("The journal {} was taken away while the program ran. Another is begun.",
                                            m_place.path)});
        open();
    }
}

JournalHealth Writer::health() const {
    JournalHealth health = m_health;
    health.file = m_place.path;
    health.waitingEvents = m_pending.events.size();
    health.bytes = sizeOf(m_place.path) + sizeOf(m_place.path + "-wal");
    if (!m_trouble.empty()) {
        health.standing = JournalStanding::waiting;
        health.text = fmt::format("The journal does not write: {} Breakers go on.", m_trouble);
    } else if (!m_place.aside.empty()) {
        health.standing = JournalStanding::fresh;
        health.aside = m_place.aside;
        health.text = freshText();
    } else {
        health.standing = m_place.file ? JournalStanding::writing : JournalStanding::off;
    }
    return health;
}

}  // namespace fusebox::journal
