#pragma once
// What the console asks of what happened before: the journal, or what a test puts in its place.
// Threads: one at a time, any one; calls may wait for the disk.
// Errors: a Trouble that can be shown to a person.

#include <fusebox/base/result.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/journal/query.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::feed {

class HistoryStore {
public:
    virtual ~HistoryStore() = default;

    /// From any thread: what is being asked ends soon, and nothing more is answered.
    virtual void giveUp() {}

    [[nodiscard]] virtual base::Result<journal::EventPage> events(const journal::EventQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::vector<journal::RollupPoint>> rollups(
        const journal::RollupQuery& query) = 0;
    [[nodiscard]] virtual base::Result<std::vector<journal::Note>> notes(const journal::NoteQuery& query) = 0;
    /// All that the filters of a view can offer.
    [[nodiscard]] virtual base::Result<std::vector<domain::BreakerId>> breakers() = 0;
    [[nodiscard]] virtual base::Result<std::vector<std::string>> actors() = 0;
};

/// Reads the journal's file, and goes over to another one when the journal has done so.
class JournalStore final : public HistoryStore {
public:
    /// `file`: where the journal writes now; an empty name: nowhere. Called on the thread that asks.
    explicit JournalStore(std::function<std::string()> file) : m_file(std::move(file)) {}

    base::Result<journal::EventPage> events(const journal::EventQuery& query) override;
    base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) override;
    base::Result<std::vector<journal::RollupPoint>> rollups(const journal::RollupQuery& query) override;
    base::Result<std::vector<journal::Note>> notes(const journal::NoteQuery& query) override;
    base::Result<std::vector<domain::BreakerId>> breakers() override;
    base::Result<std::vector<std::string>> actors() override;

private:
    [[nodiscard]] base::Result<journal::JournalReader*> reader();

    const std::function<std::string()> m_file;
    std::string m_open;
    std::uint64_t m_inode = 0;  ///< of the file that is open
    std::optional<journal::JournalReader> m_reader;
};

}  // namespace fusebox::feed
