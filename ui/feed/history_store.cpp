#include <fusebox/feed/history_store.h>

#include <utility>

namespace fusebox::feed {

base::Result<journal::JournalReader*> JournalStore::reader() {
    const std::string file = m_file();
    if (file.empty()) return base::trouble(base::TroubleCode::unavailable, "No journal is written, so nothing is kept");
    if (m_reader && file == m_open) return &*m_reader;
    m_reader.reset();
    auto opened = journal::JournalReader::open(file);
    if (!opened) return tl::unexpected(opened.error());
    m_reader.emplace(std::move(*opened));
    m_open = file;
    return &*m_reader;
}

base::Result<journal::EventPage> JournalStore::events(const journal::EventQuery& query) {
    return reader().and_then([&](journal::JournalReader* from) { return from->events(query); });
}

base::Result<std::vector<journal::Band>> JournalStore::bands(const journal::BandQuery& query) {
    return reader().and_then([&](journal::JournalReader* from) { return from->bands(query); });
}

base::Result<std::vector<journal::RollupPoint>> JournalStore::rollups(const journal::RollupQuery& query) {
    return reader().and_then([&](journal::JournalReader* from) { return from->rollups(query); });
}

base::Result<std::vector<journal::Note>> JournalStore::notes(const journal::NoteQuery& query) {
    return reader().and_then([&](journal::JournalReader* from) { return from->notes(query); });
}

base::Result<std::vector<domain::BreakerId>> JournalStore::breakers() {
    return reader().and_then([](journal::JournalReader* from) { return from->breakers(); });
}

base::Result<std::vector<std::string>> JournalStore::actors() {
    return reader().and_then([](journal::JournalReader* from) { return from->actors(); });
}

}  // namespace fusebox::feed
