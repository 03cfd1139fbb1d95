#pragma once
// What the server answers: checks each request in a fixed order, then lets the resource answer it.
// The order: name (421), rate (429), web page (403), a token in the URL (400), the token (401), path (404), method (405), body (415).
// Threads: those of the engines.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/server/broadcast.h>
#include <fusebox/server/command_desk.h>
#include <fusebox/server/errands.h>
#include <fusebox/server/exchange.h>
#include <fusebox/server/guests.h>
#include <fusebox/server/history.h>
#include <fusebox/server/hystrix_stream.h>
#include <fusebox/server/limits.h>
#include <fusebox/server/name_check.h>
#include <fusebox/server/peer_budget.h>
#include <fusebox/server/routes.h>
#include <fusebox/server/tally.h>
#include <fusebox/server/token_book.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::server {

/// How the server introduces itself.
struct Card {
    std::string name;
    std::string version;
    std::string boot;  ///< another after each start
    bool isLab = false;
};

class Api {
public:
    /// Why the program is not ready, in a sentence; nothing: it is.
    using Unready = std::function<std::optional<std::string>()>;

    using JournalHealth = std::function<std::optional<journal::JournalHealth>()>;

    struct Parts {
        const base::Clock& clock;
        const Guests& guests;
        const Tally& tally;
        Broadcast& broadcast;
        CommandDesk& desk;
        Errands& archive;  ///< where the history is asked
        std::shared_ptr<History> history;
        Limits limits;
        Card card;
        NameCheck names;
        Unready unready;
        JournalHealth journalHealth;
    };

    Api(Parts parts, TokenBook tokens);

    /// Streams whose token does not give the same any more end.
    void setTokens(TokenBook tokens);
    /// All who follow shall come again.
    void endAllStreams();
    /// Ends the streams whose token's time is over. Whoever owns the API calls it often; it looks once a second.
    void look();

    /// See Engine::OnHead.
    [[nodiscard]] std::optional<Reply> objectionTo(Request& request);
    /// See Engine::OnRequest.
    void answer(const std::shared_ptr<Exchange>& exchange);

private:
    [[nodiscard]] std::optional<Grant> grantOf(const Request& request) const;
    [[nodiscard]] std::optional<Reply> objectionToCaller(const Request& request, const std::optional<Grant>& grant);
    [[nodiscard]] std::optional<Reply> objectionToBody(const Request& request) const;

    [[nodiscard]] Outcome outcomeFor(const Request& request, const Match& match);
    [[nodiscard]] Outcome breakers(const Match& match) const;
    [[nodiscard]] Outcome patterns() const;
    [[nodiscard]] Outcome recovery() const;
    [[nodiscard]] Outcome events(const Request& request);
    [[nodiscard]] Outcome hystrix(const Request& request);
    [[nodiscard]] Outcome metrics() const;
    [[nodiscard]] Outcome ready(const Request& request) const;
    [[nodiscard]] bool hasRoomForStream() const;
    [[nodiscard]] Outcome watched(std::shared_ptr<StreamBody> body, const Grant& grant);
    void endStreams();
    void askJournal(const std::shared_ptr<Exchange>& exchange, Resource resource);
    [[nodiscard]] std::string aboutMembers(const Grant& grant) const;

    const Parts m_parts;
    PeerBudget m_requests;
    PeerBudget m_wrongTokens;
    HystrixBoard m_hystrix;
    struct Watched {
        std::weak_ptr<StreamBody> body;
        Grant grant;
    };

    mutable base::Mutex m_mutex;
    TokenBook m_tokens FUSEBOX_GUARDED_BY(m_mutex);
    std::vector<Watched> m_streams FUSEBOX_GUARDED_BY(m_mutex);
    base::Time m_nextLook FUSEBOX_GUARDED_BY(m_mutex){};
};

}  // namespace fusebox::server
