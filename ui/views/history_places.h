#pragma once
// Whose journal the page of history reads: that of this console, or the own one of an agent, which also knows what was
// before the agent was attached, and how long its calls took.
// Threads: GUI thread only.
// Names: an agent's journal calls its breakers as the agent does; everywhere else they are "AGENT/ID".
// Lifetime: bar and feed outlive it.

#include <fusebox/domain/frame.h>
#include <fusebox/domain/ids.h>
#include <fusebox/feed/history_feed.h>

#include <QObject>

#include <functional>
#include <memory>
#include <string>

namespace fusebox::views {

class HistoryBar;

/// The journal of an agent that is attached; of this console for an empty name. Null: there is none of this name.
using HistoryStoreOf = std::function<std::shared_ptr<feed::HistoryStore>(const std::string& agent)>;

class HistoryPlaces final : public QObject {
    Q_OBJECT
public:
    HistoryPlaces(HistoryBar& bar, feed::HistoryFeed& asked, HistoryStoreOf storeOf, QObject* parent);

    /// Offers the agents of the frame. The place of one that is gone is left.
    void look(const domain::Frame& frame);
    /// Goes to the journal that knows most of this breaker; says what it is called there.
    [[nodiscard]] domain::BreakerId goTo(const domain::BreakerId& breaker);
    /// What a breaker of the place is called on all other pages.
    [[nodiscard]] domain::BreakerId everywhere(const domain::BreakerId& breaker) const;
    [[nodiscard]] bool isOwn() const { return m_place.empty(); }

signals:
    /// Another journal is read from now on.
    void changed();

private:
    void read(const std::string& place);

    HistoryBar& m_bar;
    feed::HistoryFeed& m_asked;
    const HistoryStoreOf m_storeOf;
    std::vector<std::string> m_agents;
    std::string m_place;  ///< empty: this console
};

}  // namespace fusebox::views
