#pragma once
// The breakers of one agent: as a source they enter the frames under the names "AGENT/ID", as a target it carries commands
// to the agent.
// Threads: as collector::Source and command::Target; a thread of its own keeps the stream. apply() waits for the agent's
// answer, at most Options::answer: give it a gate of its own, so that no other breaker waits.
// Errors: an agent that is not reached, or breaks the rules, shows in Frame::sources; its breakers are STALE. A command
// whose answer does not come is `unknown`; the agent is asked for it until it is known, and then an event tells. The same
// command may be sent again meanwhile: the agent knows it by its id. Only the agent's word on it ends the doubt.
// Lifetime: start() once; stop() leaves no thread behind. The clock outlives it.
// Limits: those of AgentBoard and AgentClient; 256 commands are remembered.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/source.h>
#include <fusebox/command/target.h>
#include <fusebox/sources/agent_board.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/sources/agent_link.h>
#include <fusebox/sources/merged_reports.h>
#include <fusebox/sources/sent_commands.h>

#include <memory>
#include <stop_token>
#include <string>

namespace fusebox::sources {

class AgentSource final : public collector::Source, public command::Target, private AgentEar {
public:
    struct Options {
        base::Duration answer = std::chrono::seconds(5);  ///< to a command
        AgentBoard::Options board;
        AgentLink::Options link;
    };

    /// Errors: an address that cannot be used. REQUIRES: budget not null.
    [[nodiscard]] static AgentResult<std::shared_ptr<AgentSource>> create(AgentAddress address,
                                                                          const base::Clock& clock,
                                                                          std::shared_ptr<ConnectBudget> budget,
                                                                          Options options);
    [[nodiscard]] static AgentResult<std::shared_ptr<AgentSource>> create(AgentAddress address,
                                                                          const base::Clock& clock) {
        return create(std::move(address), clock, std::make_shared<ConnectBudget>(), Options());
    }
    ~AgentSource() override;

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const AgentAddress& address() const { return m_client->address().given(); }

    void start();
    void stop();
    /// Does not wait any longer before it tries to connect again.
    void retryNow() { m_link->retryNow(); }

    void gather(collector::Gathered& into) override;

    /// All kinds: what the agent does not allow it refuses.
    [[nodiscard]] bool takes(domain::CommandKind) const override { return true; }
    [[nodiscard]] bool owns(const domain::BreakerId& breaker) const override;
    [[nodiscard]] bool ownsGroup(const std::string& group) const override;
    [[nodiscard]] bool knowsIds() const override { return true; }
    [[nodiscard]] domain::CommandReport apply(const domain::Command& command) override;

private:
    AgentSource(std::unique_ptr<AgentClient> client, const base::Clock& clock, std::shared_ptr<ConnectBudget> budget,
                Options options);

    void onConnecting() override;
    [[nodiscard]] AgentResult<void> onMessage(SseEvent&& message) override;
    void onEnd(const AgentTrouble& why, bool isBad, base::Time retryAt) override;
    [[nodiscard]] std::optional<std::uint64_t> lastEvent() const override;
    [[nodiscard]] std::optional<AgentErrand> nextErrand() override;

    [[nodiscard]] AgentErrand dossierErrand(const DossierWish& wish);
    [[nodiscard]] AgentErrand commandErrand(const domain::CommandId& id);
    [[nodiscard]] std::optional<domain::CommandReport> reportIn(const domain::Command& command,
                                                                const AgentResult<AgentAnswer>& answer) const;
    [[nodiscard]] domain::CommandReport judge(const domain::Command& command,
                                              const AgentResult<AgentAnswer>& answer) const;

    const std::unique_ptr<AgentClient> m_client;  ///< used on the gate's thread
    const std::string m_name;
    const base::Clock& m_clock;
    std::stop_source m_stop;

    mutable base::Mutex m_mutex;
    AgentBoard m_board FUSEBOX_GUARDED_BY(m_mutex);
    SentCommands m_sent FUSEBOX_GUARDED_BY(m_mutex);
    base::Time m_dossiersAt FUSEBOX_GUARDED_BY(m_mutex){};  ///< not before, after one could not be had

    // Used on the frame thread alone.
    ReportMerge<domain::ErrorReport> m_errors;
    ReportMerge<domain::RecoveryReport> m_recovery;

    const std::unique_ptr<AgentLink> m_link;
};

}  // namespace fusebox::sources
