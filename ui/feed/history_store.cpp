#include <fusebox/feed/history_store.h>

#include <sys/stat.h>

#include <utility>

namespace fusebox::feed {

base::Result<journal::JournalReader*> JournalStore::reader() {
    const std::string file = m_file();
    if (file.empty()) return base::trouble(base::TroubleCode::unavailable, "No journal is written, so nothing is kept");
    // A fresh journal may have been begun where the old one was.
    struct stat status {};
    const bool isThere = ::stat(file.c_str(), &status) == 0;
    const auto inode = isThere ? static_cast<std::uint64_t>(status.st_ino) : 0;
    if (m_reader && file == m_open && inode == m_inode) return &*m_reader;
    m_reader.reset();
    auto opened = journal::JournalReader::open(file);
    if (!opened) return tl::unexpected(opened.error());
    m_reader.emplace(std::move(*opened));
    m_open = file;
    m_inode = inode;
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
