#include <fusebox/server/journal_history.h>

#include <sys/stat.h>

#include <utility>

namespace fusebox::server {

JournalHistory::Place JournalHistory::placeOf(std::string path) {
    struct stat about {};
    const bool isThere = !path.empty() && ::stat(path.c_str(), &about) == 0;
    return {std::move(path), isThere ? std::uint64_t{about.st_dev} : 0, isThere ? std::uint64_t{about.st_ino} : 0};
}

/// A file that was moved away is read on until the journal has begun another: so long it writes into that one.
bool JournalHistory::isElsewhere(const Place& place) const {
    const bool isGone = place.inode == 0 && place.path == m_openPlace.path;
    return !isGone && place != m_openPlace;
}

bool JournalHistory::isOver() const {
    return m_isGivenUp.load() || m_clock->now() >= m_until;
}

base::Result<journal::JournalReader*> JournalHistory::reader() {
    if (m_isGivenUp.load()) return base::trouble(base::TroubleCode::unavailable, "The program stops.", "journal");
    m_until = m_clock->now() + kPatience;
    // Looked at before it is opened: one that comes in between is another one with the next question.
    Place place = placeOf(m_file ? m_file() : std::string());
    const bool isOpen = m_reader && !isElsewhere(place);
    if (place.path.empty() || (place.inode == 0 && !isOpen)) {
        return base::trouble(base::TroubleCode::notFound, "There is no journal.", "journal");
    }
    if (!isOpen) {
        m_reader.reset();
        base::Result<journal::JournalReader> opened = journal::JournalReader::open(place.path);
        if (!opened) {
            // The file's path is nobody's business outside.
            return base::trouble(base::TroubleCode::unavailable, "The journal cannot be read.", "journal");
        }
        m_reader = std::move(*opened);
        m_reader->watch([this] { return isOver(); });
        m_openPlace = std::move(place);
    }
    return &*m_reader;
}

base::Result<std::vector<PastEvent>> JournalHistory::eventsAfter(domain::EventId after, std::size_t most) {
    const auto open = reader();
    if (!open) return tl::unexpected(open.error());
    auto page = (*open)->eventsAfter(after, most);
    if (!page) return tl::unexpected(page.error());
    std::vector<PastEvent> events;
    for (journal::StoredEvent& event : page->events) events.push_back({event.id.value, std::move(event.json)});
    return events;
}

base::Result<journal::EventPage> JournalHistory::events(const journal::EventQuery& query) {
    const auto open = reader();
    return open ? (*open)->events(query) : tl::unexpected(open.error());
}

base::Result<std::vector<journal::RollupPoint>> JournalHistory::rollups(const journal::RollupQuery& query) {
    const auto open = reader();
    return open ? (*open)->rollups(query) : tl::unexpected(open.error());
}

base::Result<std::vector<journal::Band>> JournalHistory::bands(const journal::BandQuery& query) {
    const auto open = reader();
    return open ? (*open)->bands(query) : tl::unexpected(open.error());
}

base::Result<PastNames> JournalHistory::names() {
    const auto open = reader();
    if (!open) return tl::unexpected(open.error());
    auto breakers = (*open)->breakers();
    if (!breakers) return tl::unexpected(breakers.error());
    auto actors = (*open)->actors();
    if (!actors) return tl::unexpected(actors.error());
    return PastNames{std::move(*breakers), std::move(*actors)};
}

}  // namespace fusebox::server
