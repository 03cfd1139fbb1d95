#pragma once
// Keeps the stream of one agent: connects, listens, connects again after a wait, and fetches pages beside it.
// Threads: one of its own, on which the AgentEar is called; start(), stop() and retryNow() from any.
// Errors: told to the ear; there is no trouble that ends it.
// Lifetime: the clock, the budget and the ear outlive it. stop() joins the thread; it takes a moment.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/sources/agent_backoff.h>
#include <fusebox/sources/agent_exchange.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace fusebox::sources {

/// A page to be fetched beside the stream.
struct AgentErrand {
    std::string path;
    std::function<void(const AgentResult<AgentAnswer>&)> done;
};

/// Who listens to the link.
class AgentEar {
public:
    virtual ~AgentEar() = default;

    virtual void onConnecting() = 0;
    /// Errors: the rules are broken: the connection is ended.
    [[nodiscard]] virtual AgentResult<void> onMessage(SseEvent&& message) = 0;
    virtual void onEnd(const AgentTrouble& why, bool isBad, base::Time retryAt) = 0;
    [[nodiscard]] virtual std::optional<std::uint64_t> lastEvent() const = 0;
    [[nodiscard]] virtual std::optional<AgentErrand> nextErrand() = 0;
};

class AgentLink {
public:
    struct Options {
        base::Duration connect = std::chrono::seconds(5);
        base::Duration silence = std::chrono::seconds(10);  ///< without a whole message, from the first try on
        base::Duration errandPause = std::chrono::milliseconds(100);
        AgentBackoff::Options backoff;
    };

    /// REQUIRES: budget not null.
    AgentLink(CheckedAddress address, const base::Clock& clock, Options options, std::shared_ptr<ConnectBudget> budget,
              AgentEar& ear);
    ~AgentLink();
    AgentLink(const AgentLink&) = delete;
    AgentLink& operator=(const AgentLink&) = delete;

    void start();
    void stop();
    /// Does not wait any longer.
    void retryNow();

private:
    void live();
    /// Connects once and listens; why it ended.
    [[nodiscard]] AgentTrouble listen();
    [[nodiscard]] AgentTrouble listenSafely();
    [[nodiscard]] bool awaitBudget();
    void pauseUntil(base::Time end);
    void carryErrand();
    void endErrand(const AgentLine::Ended& ended);
    void dropErrand();
    [[nodiscard]] AgentTrouble fellSilent() const;

    const CheckedAddress m_address;
    const base::Clock& m_clock;
    const Options m_options;
    const std::shared_ptr<ConnectBudget> m_budget;
    AgentEar& m_ear;
    AgentBackoff m_backoff;
    AgentTrust m_trust;  // before the line, whose connections use it
    AgentLine m_line;
    SseReader m_reader;
    std::optional<AgentErrand> m_errand;
    std::unique_ptr<AgentExchange> m_errandExchange;
    base::Time m_nextErrand{};
    bool m_isBad = false;
    bool m_saidHello = false;
    std::atomic<bool> m_stopping{false};
    std::atomic<bool> m_retryNow{false};
    std::thread m_thread;
};

}  // namespace fusebox::sources
