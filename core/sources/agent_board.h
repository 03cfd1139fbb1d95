#pragma once
// What is known of one agent, out of the messages of its stream: its breakers as they go on by themselves between two
// messages, its reports, and the events that the next frame takes along.
// Threads: one at a time; AgentSource guards it.
// Time: given with each call. Nothing for Options::staleAfter, and all breakers are STALE, whatever was known of them.
// Limits: Options; events beyond are counted as lost.

#include <fusebox/collector/source.h>
#include <fusebox/sources/agent_clock.h>
#include <fusebox/sources/agent_message.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::sources {

/// A page of its own that is to be fetched: the dossier of a trip.
struct DossierWish {
    domain::BreakerId breaker;
    std::uint64_t sequence = 0;

    auto operator<=>(const DossierWish&) const = default;
};

class AgentBoard {
public:
    struct Options {
        base::Duration staleAfter = std::chrono::seconds(3);
        /// After the beginning of a full list, for those that are not in it.
        base::Duration removeAfter = std::chrono::milliseconds(1500);
        std::size_t waitingEvents = 10'000;
        std::size_t dossiersEach = 3;  ///< the newest ones are fetched
    };

    /// Whether an event goes into the frames, or is only counted since it was told already.
    enum class Telling : std::uint8_t { told, kept };

    AgentBoard(std::string agent, std::string url, Options options);

    /// Takes one message. Errors: what ends the connection, since the rules of the stream are broken.
    [[nodiscard]] AgentResult<void> take(AgentMessage&& message, base::Time now, base::WallTime wall,
                                         Telling telling = Telling::told);
    /// Puts an event of our own into the frames: a notice about the agent.
    void tell(domain::Level level, std::string text, base::WallTime wall);
    /// Puts what became of a command into the frames.
    void tell(const domain::CommandReport& report, base::WallTime wall);

    /// The stream ended or was not reached. What was shown grows stale by itself.
    void disconnected(const AgentTrouble& why, bool isBad, base::Time retryAt, base::WallTime wall);
    void connecting() { m_retryAt.reset(); }

    [[nodiscard]] bool isFresh(base::Time now) const;
    [[nodiscard]] bool knows(const domain::BreakerId& breaker) const { return m_rows.contains(breaker); }
    [[nodiscard]] bool knowsGroup(const std::string& group) const;
    [[nodiscard]] std::optional<std::uint64_t> lastEvent() const { return m_lastEvent; }
    [[nodiscard]] const std::string& boot() const { return m_about.boot; }
    /// "The agent shop is not reached: ..."; REQUIRES: not fresh.
    [[nodiscard]] std::string whyNotFresh() const;

    [[nodiscard]] std::optional<DossierWish> nextDossier() const;
    /// nullptr: it cannot be had.
    void putDossier(const DossierWish& wish, std::shared_ptr<const domain::Dossier> dossier);

    [[nodiscard]] domain::SourceStanding standing(base::Time now) const;
    void gather(collector::Gathered& into, base::Time now);

    [[nodiscard]] const ErrorReportRef& errors() const { return m_errors; }
    /// What cannot be commanded now says why.
    [[nodiscard]] RecoveryReportRef recovery(base::Time now);

private:
    struct Row {
        domain::Snapshot snapshot;
        std::vector<std::uint64_t> dossiers;
        base::Time at{};
        std::uint64_t list = 0;  ///< the full list that it was last told with or after
        std::map<std::uint64_t, std::shared_ptr<const domain::Dossier>> pages;
    };

    [[nodiscard]] AgentResult<void> takeEvent(domain::Event&& event, Telling telling);
    void takeHello(AgentAbout&& about, base::WallTime wall);
    void takeSnapshots(AgentSnapshots&& snapshots, base::Time now);
    void takeRow(AgentRow&& told, base::Time now);
    void attachDossiers(Row& row) const;
    void push(domain::Event&& event);
    void removeForgotten(base::Time now);
    [[nodiscard]] domain::Snapshot shown(const Row& row, base::Time now, bool isFresh) const;

    const std::string m_agent;
    const Options m_options;
    AgentAbout m_about;
    AgentClock m_clock;
    EventRate m_rate;
    std::map<domain::BreakerId, Row> m_rows;
    std::uint64_t m_list = 0;  ///< the number of the last full list
    std::optional<base::Time> m_listAt;
    std::vector<domain::Event> m_events;
    std::uint64_t m_lost = 0;
    std::optional<std::uint64_t> m_lastEvent;
    std::optional<base::Time> m_lastSign;
    std::optional<base::Time> m_retryAt;
    bool m_isConnected = false;
    bool m_isBad = false;
    domain::SourceStanding m_standing;
    std::shared_ptr<const domain::SourceStanding> m_shownStanding;
    ErrorReportRef m_errors;
    RecoveryReportRef m_recovery;
    RecoveryReportRef m_blocked;  ///< m_recovery with what stands against its actions
    std::string m_blockedWhy;
    HandlingRef m_handling;
};

}  // namespace fusebox::sources
