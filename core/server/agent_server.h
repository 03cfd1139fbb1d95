#pragma once
// The HTTP API of an agent, for any service whose breakers shall be watched and driven from outside: see README.md for
// what it offers and against what it is guarded.
//
// In a service of your own, beside its collector and gate:
//
//     auto server = std::make_shared<fusebox::server::AgentServer>(clock, gate, options);
//     collector.addSink(server);
//     if (auto started = server->start(); !started) { ... started.error().text() ... }
//
// Threads: start(), stop() and the destructor from one thread; everything else from any. It has seven of its own.
// Errors: what keeps it from listening is a Trouble of start().
// Lifetime: clock and gate outlive it. stop() ends all streams, answers what waits and closes; it takes a second at most.
// Limits: see limits.h.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/collector/sink.h>
#include <fusebox/command/gate.h>
#include <fusebox/server/engine.h>
#include <fusebox/server/history.h>
#include <fusebox/server/limits.h>
#include <fusebox/server/token_book.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::server {

class AgentServer final : public collector::Sink {
public:
    struct Options {
        std::string name = "agent";  ///< of the agent, as consoles show it
        std::string version;
        bool isLab = false;
        std::string address = "127.0.0.1";  ///< numeric
        std::uint16_t port = 0;             ///< zero: any that is free
        TlsFiles tls;
        std::vector<std::string> names;    ///< by which it may be called besides its address
        std::vector<std::string> origins;  ///< web pages that may call it
        std::vector<TokenEntry> tokens;
        Limits limits;
        std::uint64_t lastEvent = 0;       ///< that was numbered before the program started
        std::shared_ptr<History> history;  ///< null: no journal; streams begin again from memory alone
        std::function<std::optional<std::string>()> unready;  ///< why the program is not ready; may be empty
        std::function<std::optional<journal::JournalHealth>()> journalHealth;  ///< for the metrics; may be empty
    };

    AgentServer(const base::Clock& clock, command::Gate& gate, Options options);
    ~AgentServer() override;
    AgentServer(const AgentServer&) = delete;
    AgentServer& operator=(const AgentServer&) = delete;

    /// Errors: refused beyond loopback without TLS and tokens; invalidInput for tokens, address or certificate; unavailable.
    [[nodiscard]] base::Result<void> start();
    void stop();

    /// Zero before start().
    [[nodiscard]] std::uint16_t port() const;

    /// From now on these tokens, and no others, are let in; streams of others end. Errors: invalidInput; then the old ones stay.
    [[nodiscard]] base::Result<void> setTokens(const std::vector<TokenEntry>& tokens);

    /// From now on this certificate is shown. Streams end, and go on where they were once they come again; requests that
    /// are under way are answered still. Errors: invalidInput for a certificate that cannot be used, conflict where there
    /// was none before or shall be none any more; then the old one stays. REQUIRES: called by the thread of start().
    [[nodiscard]] base::Result<void> setCertificate(TlsFiles tls);

    /// Never waits. Frames that come faster than they can be serialised are left out, and the stream tells which events went with them.
    void accept(const domain::FrameRef& frame) override;

private:
    class Body;
    std::unique_ptr<Body> m_body;
};

}  // namespace fusebox::server
