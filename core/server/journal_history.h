#pragma once
// The journal as a History: reads its file, and another one once the journal writes into another, also when that has taken
// the place of the first.
// Threads: as History.
// Errors: notFound while the journal has no file; unavailable while its file cannot be read;
// timedOut for what takes longer than kPatience.
// Time: the given clock.

#include <fusebox/base/clock.h>
#include <fusebox/journal/journal_reader.h>
#include <fusebox/server/history.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace fusebox::server {

class JournalHistory final : public History {
public:
    /// Where the journal writes now (JournalHealth::file); empty: nowhere. Called from one thread.
    using File = std::function<std::string()>;

    static constexpr base::Duration kPatience = std::chrono::seconds(10);  ///< with one question

    explicit JournalHistory(File file, std::shared_ptr<const base::Clock> clock = std::make_shared<base::SteadyClock>())
        : m_file(std::move(file)), m_clock(std::move(clock)) {}

    void giveUp() override { m_isGivenUp.store(true); }

    [[nodiscard]] base::Result<std::vector<PastEvent>> eventsAfter(domain::EventId after, std::size_t most) override;
    [[nodiscard]] base::Result<journal::EventPage> events(const journal::EventQuery& query) override;
    [[nodiscard]] base::Result<std::vector<journal::RollupPoint>> rollups(const journal::RollupQuery& query) override;
    [[nodiscard]] base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) override;
    [[nodiscard]] base::Result<PastNames> names() override;

private:
    struct Place {
        std::string path;
        std::uint64_t device = 0;  ///< both zero: nothing is there
        std::uint64_t inode = 0;

        bool operator==(const Place&) const = default;
    };

    [[nodiscard]] static Place placeOf(std::string path);
    [[nodiscard]] bool isElsewhere(const Place& place) const;
    /// For one question, whose time begins now.
    [[nodiscard]] base::Result<journal::JournalReader*> reader();
    [[nodiscard]] bool isOver() const;

    const File m_file;
    const std::shared_ptr<const base::Clock> m_clock;
    std::atomic<bool> m_isGivenUp{false};
    base::Time m_until{};  ///< the question has an answer, or none
    Place m_openPlace;     ///< what m_reader reads
    std::optional<journal::JournalReader> m_reader;
};

}  // namespace fusebox::server
