#include <fusebox/server/agent_server.h>

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/log.h>
#include <fusebox/base/mutex.h>
#include <fusebox/server/api.h>
#include <fusebox/server/broadcast.h>
#include <fusebox/server/command_desk.h>
#include <fusebox/server/doorman.h>
#include <fusebox/server/errands.h>
#include <fusebox/server/guests.h>

#include <fmt/format.h>

#include <array>
#include <random>
#include <thread>

namespace fusebox::server {

namespace {

constexpr std::size_t kWaitingFrames = 128;
constexpr std::size_t kWaitingErrands = 1024;

std::string freshBoot() {
    std::random_device dice;
    return fmt::format("{:08x}{:08x}", dice(), dice());
}

}  // namespace

/// All parts in the order in which they need each other.
class AgentServer::Body {
public:
    Body(const base::Clock& clock, command::Gate& gate, Options options)
        : m_clock(clock),
          m_options(std::move(options)),
          m_archive(kWaitingErrands),
          m_broadcast(clock, {m_options.limits.streamMemory, m_options.lastEvent}, m_options.history,
                      [this](std::function<void()> errand) { return m_archive.run(std::move(errand)); }),
          m_desk(clock, gate, m_options.limits),
          m_frames(kWaitingFrames),
          m_isTls(m_options.tls.isSet()),
          m_doorman(clock, m_guests, m_tally, m_options.limits,
                    [this](const Arrival& arrival) { return letIn(arrival); }) {}

    ~Body() { stop(); }

    base::Result<void> start() {
        base::Result<TokenBook> tokens = TokenBook::make(m_options.tokens);
        if (!tokens) return tl::unexpected(tokens.error());
        base::Result<Listener> listener = listenAt(m_options.address, m_options.port);
        if (!listener) return tl::unexpected(listener.error());
        const bool isGuarded = m_options.tls.isSet() && !tokens->isEmpty();
        if (!listener->isLoopback && !isGuarded) {
            return base::trouble(base::TroubleCode::refused,
                                 "Beyond this machine it listens only with a certificate and with tokens.",
                                 m_options.address);
        }
        m_port = listener->port;
        makeApi(std::move(*tokens));
        auto engines = makeEngines(m_options.tls);
        if (!engines) return tl::unexpected(engines.error());
        swapEngines(*engines);
        m_archive.start();
        m_desk.start();
        m_publisher = std::thread([this] { publish(); });
        const auto sight = m_options.tls.isSet() ? Doorman::Sight::tls : Doorman::Sight::plain;
        return m_doorman.start(std::move(*listener), sight, [this] {
            m_desk.look();
            m_api->look();
        });
    }

    /// In the reverse order of the flow: nobody new comes in, then everything that waits is answered and ended.
    void stop() {
        m_doorman.stop();
        m_frames.close();
        if (m_publisher.joinable()) m_publisher.join();
        m_desk.stop();
        m_broadcast.close();
        m_archive.close();
        if (m_options.history != nullptr) m_options.history->giveUp();
        m_archive.stop();
        if (m_retiring.joinable()) m_retiring.join();
        Engines none;
        swapEngines(none);
    }

    /// The library reads a certificate at its start alone, so another one takes the place of what carries the connections.
    base::Result<void> setCertificate(TlsFiles tls) {
        if (tls.isSet() != m_options.tls.isSet()) {
            return base::trouble(base::TroubleCode::conflict, "TLS begins and ends with the program.", "tls");
        }
        auto engines = makeEngines(tls);
        if (!engines) return tl::unexpected(engines.error());
        swapEngines(*engines);
        m_options.tls = std::move(tls);
        m_api->endAllStreams();
        if (m_retiring.joinable()) m_retiring.join();
        // It waits for the answers that are still to come.
        m_retiring = std::thread([old = std::move(*engines)]() mutable { old = {}; });
        return {};
    }

    base::Result<void> setTokens(const std::vector<TokenEntry>& entries) {
        base::Result<TokenBook> tokens = TokenBook::make(entries);
        if (!tokens) return tl::unexpected(tokens.error());
        m_options.tokens = entries;
        if (m_api) m_api->setTokens(std::move(*tokens));
        return {};
    }

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    void accept(const domain::FrameRef& frame) {
        if (!m_frames.push(frame)) m_tally.frameLost();  // the ids tell what was lost
    }

private:
    using Engines = std::array<std::unique_ptr<Engine>, 2>;  ///< one for requests, one for streams

    base::Result<Engines> makeEngines(const TlsFiles& tls) {
        Engines engines;
        for (std::unique_ptr<Engine>& engine : engines) {
            engine = std::make_unique<Engine>(m_clock, m_guests, m_tally, m_options.limits, handlers());
            if (auto started = engine->start(tls); !started) return tl::unexpected(started.error());
        }
        return engines;
    }

    void swapEngines(Engines& others) {
        base::Lock lock(m_enginesMutex);
        std::swap(m_engines, others);
    }

    void makeApi(TokenBook tokens) {
        m_api = std::make_unique<Api>(
            Api::Parts{m_clock, m_guests, m_tally, m_broadcast, m_desk, m_archive, m_options.history, m_options.limits,
                       Card{m_options.name, m_options.version, freshBoot(), m_options.isLab},
                       NameCheck(m_options.address, m_port, m_options.tls.isSet(), m_options.names, m_options.origins),
                       m_options.unready, m_options.journalHealth},
            std::move(tokens));
    }

    Engine::Handlers handlers() {
        return {[this](Request& request) { return m_api->objectionTo(request); },
                [this](const std::shared_ptr<Exchange>& exchange) { m_api->answer(exchange); }};
    }

    /// Streams have a thread of their own, so that they never make a request wait. With TLS nobody knows yet what it
    /// will be, and they take turns.
    bool letIn(const Arrival& arrival) {
        const bool second = m_isTls ? (m_turn = !m_turn) : arrival.wantsStream;
        base::Lock lock(m_enginesMutex);
        return m_engines[second ? 1 : 0]->add(arrival.fd, arrival.peer, arrival.length);
    }

    void publish() {
        for (;;) {
            const std::vector<domain::FrameRef> frames = m_frames.waitAndDrain();
            if (frames.empty()) return;
            for (const domain::FrameRef& frame : frames) {
                m_broadcast.publish(frame);
                m_desk.note(*frame);
            }
        }
    }

    const base::Clock& m_clock;
    Options m_options;
    std::uint16_t m_port = 0;
    bool m_turn = false;
    Guests m_guests;
    Tally m_tally;
    Errands m_archive;
    Broadcast m_broadcast;
    CommandDesk m_desk;
    std::unique_ptr<Api> m_api;
    base::BoundedQueue<domain::FrameRef> m_frames;
    std::thread m_publisher;
    const bool m_isTls;
    base::Mutex m_enginesMutex;
    Engines m_engines FUSEBOX_GUARDED_BY(m_enginesMutex);
    std::thread m_retiring;  ///< of those that carried connections before
    Doorman m_doorman;
};

AgentServer::AgentServer(const base::Clock& clock, command::Gate& gate, Options options)
    : m_body(std::make_unique<Body>(clock, gate, std::move(options))) {}

AgentServer::~AgentServer() = default;

base::Result<void> AgentServer::start() {
    return m_body->start();
}

void AgentServer::stop() {
    m_body->stop();
}

std::uint16_t AgentServer::port() const {
    return m_body->port();
}

base::Result<void> AgentServer::setCertificate(TlsFiles tls) {
    return m_body->setCertificate(std::move(tls));
}

base::Result<void> AgentServer::setTokens(const std::vector<TokenEntry>& tokens) {
    return m_body->setTokens(tokens);
}

void AgentServer::accept(const domain::FrameRef& frame) {
    m_body->accept(frame);
}

}  // namespace fusebox::server
