#include <fusebox/server/journal_history.h>

#include <utility>

namespace fusebox::server {

base::Result<journal::JournalReader*> JournalHistory::reader() {
    std::string file = m_file ? m_file() : std::string();
    if (file.empty()) return base::trouble(base::TroubleCode::notFound, "There is no journal.", "journal");
    if (!m_reader || file != m_openFile) {
        m_reader.reset();
        base::Result<journal::JournalReader> opened = journal::JournalReader::open(file);
        if (!opened) {
            // The file's path is nobody's business outside.
            return base::trouble(base::TroubleCode::unavailable, "The journal cannot be read.", "journal");
        }
        m_reader = std::move(*opened);
        m_openFile = std::move(file);
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

}  // namespace fusebox::server
