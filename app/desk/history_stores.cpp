#include <fusebox/desk/history_stores.h>

#include <fusebox/journal/journal.h>
#include <fusebox/sources/agent_history.h>

#include <utility>

namespace fusebox::desk {
namespace {

std::unique_ptr<feed::HistoryStore> ownStore(journal::Journal& kept) {
    return std::make_unique<feed::JournalStore>([&kept] { return kept.health().file; });
}

/// An agent's journal, and of the console's the notes about the agent's breakers.
class AgentStore final : public feed::HistoryStore {
public:
    AgentStore(std::string agent, std::unique_ptr<sources::AgentHistory> history, std::unique_ptr<HistoryStore> own)
        : m_prefix(std::move(agent) + "/"), m_history(std::move(history)), m_own(std::move(own)) {}

    void giveUp() override { m_history->giveUp(); }

    base::Result<journal::EventPage> events(const journal::EventQuery& query) override {
        return m_history->events(query);
    }
    base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query) override {
        return m_history->bands(query);
    }
    base::Result<std::vector<journal::RollupPoint>> rollups(const journal::RollupQuery& query) override {
        return m_history->rollups(query);
    }
    base::Result<std::vector<domain::BreakerId>> breakers() override {
        auto names = m_history->names();
        if (!names) return tl::unexpected(names.error());
        m_actors = std::move(names->actors);
        return std::move(names->breakers);
    }
    /// Those that came with the breakers.
    base::Result<std::vector<std::string>> actors() override { return m_actors; }

    base::Result<std::vector<journal::Note>> notes(const journal::NoteQuery& query) override {
        journal::NoteQuery here = query;
        if (!here.breaker.value.empty()) here.breaker.value.insert(0, m_prefix);
        auto notes = m_own->notes(here);
        if (!notes) return notes;
        std::erase_if(*notes, [this](const journal::Note& note) {
            return !note.breaker.value.empty() && !note.breaker.value.starts_with(m_prefix);
        });
        for (journal::Note& note : *notes) {
            if (!note.breaker.value.empty()) note.breaker.value.erase(0, m_prefix.size());
        }
        return notes;
    }

private:
    const std::string m_prefix;
    const std::unique_ptr<sources::AgentHistory> m_history;
    const std::unique_ptr<HistoryStore> m_own;
    std::vector<std::string> m_actors;
};

}  // namespace

views::HistoryStoreOf historyStoreOf(wiring::Wiring& wiring) {
    return [&wiring](const std::string& agent) -> std::shared_ptr<feed::HistoryStore> {
        journal::Journal& kept = *wiring.journal();
        if (agent.empty()) return ownStore(kept);
        auto address = wiring.addressOf(agent);
        if (!address) return nullptr;
        auto history = sources::AgentHistory::create(std::move(*address));
        if (!history) return nullptr;  // it was attached by this very address
        return std::make_shared<AgentStore>(agent, std::move(*history), ownStore(kept));
    };
}

}  // namespace fusebox::desk
