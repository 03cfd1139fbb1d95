#include <fusebox/base/log.h>
#include <fusebox/sources/agent_link.h>

#include <algorithm>
#include <exception>
#include <random>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr const char* kStreamPath = "/api/v1/events?with=snapshots,patterns,recovery,handling&interval_ms=250";
constexpr base::Duration kTurn = std::chrono::milliseconds(250);
constexpr base::Duration kErrandTime = std::chrono::seconds(5);

}  // namespace

AgentLink::AgentLink(CheckedAddress address, const base::Clock& clock, Options options,
                     std::shared_ptr<ConnectBudget> budget, AgentEar& ear)
    : m_address(std::move(address)),
      m_clock(clock),
      m_options(options),
      m_budget(std::move(budget)),
      m_ear(ear),
      m_backoff(options.backoff, std::random_device{}()),
      m_trust(m_address.fingerprint()) {}

AgentLink::~AgentLink() {
    stop();
}

void AgentLink::start() {
    if (!m_thread.joinable()) m_thread = std::thread([this] { live(); });
}

void AgentLink::stop() {
    m_stopping = true;
    m_line.wake();
    if (m_thread.joinable()) m_thread.join();
}

void AgentLink::retryNow() {
    m_retryNow = true;
    m_line.wake();
}

void AgentLink::live() {
    while (!m_stopping && awaitBudget()) {
        m_ear.onConnecting();
        const base::Time began = m_clock.now();
        const AgentTrouble why = listenSafely();
        if (m_stopping) return;
        if (m_saidHello) m_backoff.lasted(m_clock.now() - began);
        base::Duration wait = m_backoff.next();
        if (m_saidHello && !m_isBad) wait = std::max(wait, m_reader.retry().value_or(base::Duration::zero()) / 2);
        const base::Time retryAt = m_clock.now() + wait;
        m_ear.onEnd(why, m_isBad, retryAt);
        pauseUntil(retryAt);
    }
}

/// What fails inside the program ends the connection, not the link.
AgentTrouble AgentLink::listenSafely() {
    try {
        return listen();
    } catch (const std::exception& thrown) {
        base::logger("agent")->error("The link to {} failed inside the program: {}", m_address.origin(),
                                     base::logText(thrown.what()));
        m_isBad = true;
        AgentTrouble trouble;
        trouble.step = AgentStep::stream;
        trouble.trouble = {base::TroubleCode::internal, "failed inside the program", {}, base::logText(thrown.what())};
        return trouble;
    }
}

/// False when the link is to stop.
bool AgentLink::awaitBudget() {
    while (!m_stopping) {
        const base::Duration wait = m_budget->waitFor(m_clock.now());
        if (wait <= base::Duration::zero()) return true;
        (void)m_line.turn(std::min(wait, kTurn));
    }
    return false;
}

void AgentLink::pauseUntil(base::Time end) {
    while (!m_stopping && !m_retryNow.exchange(false)) {
        const base::Duration wait = end - m_clock.now();
        if (wait <= base::Duration::zero()) return;
        (void)m_line.turn(std::min(wait, kTurn));
    }
}

AgentTrouble AgentLink::listen() {
    m_reader.restart();
    m_isBad = false;
    m_saidHello = false;
    base::Time lastSign = m_clock.now();
    std::optional<AgentTrouble> broken;
    const auto onMessage = [&](SseEvent&& message) {
        if (broken || m_stopping) return;
        auto taken = m_ear.onMessage(std::move(message));
        if (taken) {
            m_saidHello = true;
            lastSign = m_clock.now();
        } else {
            broken = std::move(taken.error());
        }
    };
    AgentRequest request;
    request.path = kStreamPath;
    request.lastEvent = m_ear.lastEvent();
    request.isStream = true;
    request.connect = m_options.connect;
    AgentExchange stream(m_address, m_trust, std::move(request), [&](std::string_view bytes) {
        if (const auto fed = m_reader.feed(bytes, onMessage); !fed && !broken) {
            broken = AgentTrouble{AgentStep::stream, fed.error(), 0, {}};
        }
        return !broken && !m_stopping;
    });
    m_line.add(stream);
    std::optional<AgentResult<AgentAnswer>> end;
    while (!end && !m_stopping) {
        if (m_saidHello) carryErrand();
        for (const AgentLine::Ended& ended : m_line.turn(kTurn)) {
            if (ended.exchange == &stream) {
                end = stream.finish(ended.curlCode);
            } else {
                endErrand(ended);
            }
        }
        if (!end && m_clock.now() - lastSign > m_options.silence) end = tl::unexpected(fellSilent());
    }
    m_line.remove(stream);
    dropErrand();
    if (broken) {
        m_isBad = true;
        if (broken->trouble.where.empty()) broken->trouble.where = m_address.origin();
        return *broken;
    }
    if (!end) return fellSilent();
    if (*end) {
        m_isBad = (*end)->isGood();  // a page instead of a stream
        return streamRefusal(**end, m_address);
    }
    const AgentTrouble& why = end->error();
    m_isBad = why.trouble.code == base::TroubleCode::limitReached || why.trouble.code == base::TroubleCode::refused;
    return why;
}

AgentTrouble AgentLink::fellSilent() const {
    AgentTrouble trouble;
    trouble.step = AgentStep::stream;
    trouble.trouble = {base::TroubleCode::timedOut, "no whole message has come for too long", m_address.origin(), {}};
    return trouble;
}

void AgentLink::carryErrand() {
    const base::Time now = m_clock.now();
    if (m_errandExchange || now < m_nextErrand) return;
    m_errand = m_ear.nextErrand();
    if (!m_errand) return;
    m_nextErrand = now + m_options.errandPause;
    AgentRequest request;
    request.path = m_errand->path;
    request.connect = m_options.connect;
    request.answer = kErrandTime;
    m_errandExchange = std::make_unique<AgentExchange>(m_address, m_trust, std::move(request));
    m_line.add(*m_errandExchange);
}

void AgentLink::endErrand(const AgentLine::Ended& ended) {
    const AgentResult<AgentAnswer> answer = ended.exchange->finish(ended.curlCode);
    const auto done = std::move(m_errand->done);
    m_line.remove(*ended.exchange);
    m_errandExchange.reset();
    m_errand.reset();
    done(answer);
}

void AgentLink::dropErrand() {
    if (!m_errandExchange) return;
    m_line.remove(*m_errandExchange);
    m_errandExchange.reset();
    const auto done = std::move(m_errand->done);
    m_errand.reset();
    done(tl::unexpected(fellSilent()));
}

}  // namespace fusebox::sources
