#include <fusebox/recovery/switch_endpoint.h>

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace fusebox::recovery {

SwitchEndpoint::SwitchEndpoint(domain::BreakerId breaker, std::shared_ptr<EndpointSwitch> endpoints,
                               const base::Clock& clock, Options options)
    : m_breaker(std::move(breaker)), m_endpoints(std::move(endpoints)), m_clock(clock), m_options(options) {}

std::string SwitchEndpoint::effect() const {
    const std::size_t now = m_endpoints->current();
    const std::string first = m_endpoints->targetOf(0);
    if (now != 0) {
        return fmt::format("Calls go to the backup {} now, and back to {} once that answers {} times in a row.",
                           m_endpoints->targetOf(now), first, m_options.goodToReturn);
    }
    const std::size_t others = m_endpoints->count() - 2;
    return fmt::format("Sends the calls to the backup {}{} if it answers, and back to {} once that is healthy again.",
                       m_endpoints->targetOf(1), others > 0 ? fmt::format(" (or {} more)", others) : "", first);
}

/// With a single backup there is nowhere else to go.
std::string SwitchEndpoint::whyNot() const {
    const std::size_t now = m_endpoints->current();
    if (now == 0 || m_endpoints->count() > 2) return {};
    return fmt::format("Calls go to the backup {} already.", m_endpoints->targetOf(now));
}

ActionResult SwitchEndpoint::run(const Occasion&, std::stop_token stop, const Progress& progress) {
    const std::size_t from = m_endpoints->current();
    std::string troubles;
    for (std::size_t backup = 1; backup < m_endpoints->count(); ++backup) {
        if (backup == from) continue;
        const std::string target = m_endpoints->targetOf(backup);
        progress("It asks " + target);
        const auto answer = m_endpoints->check(backup, stop);
        if (stop.stop_requested()) return failedBecause("It was stopped; calls go where they went.");
        if (!answer) {
            troubles += fmt::format(" {}: {}", target, answer.error().text());
            continue;
        }
        {
            const base::Lock lock(m_mutex);
            m_goodInRow = 0;
        }
        m_endpoints->switchTo(backup);
        return {domain::RecoveryResult::succeeded,
                fmt::format("Calls go to the backup {} now; it answered {}.", target, answer->summary),
                {}};
    }
    return failedBecause("No backup answers." + troubles);
}

void SwitchEndpoint::run(std::stop_token stop) {
    const std::size_t backup = m_endpoints->current();
    if (backup == 0) return;
    const auto answer = m_endpoints->check(0, stop);
    if (stop.stop_requested()) return;
    {
        const base::Lock lock(m_mutex);
        m_goodInRow = answer ? m_goodInRow + 1 : 0;
        if (m_goodInRow < m_options.goodToReturn) return;
        m_goodInRow = 0;
    }
    m_endpoints->switchTo(0);
    say(domain::Level::info,
        fmt::format("Calls go to {} again; it answered {} times in a row. The backup was {}.", m_endpoints->targetOf(0),
                    m_options.goodToReturn, m_endpoints->targetOf(backup)));
}

void SwitchEndpoint::say(domain::Level level, std::string text) {
    domain::Event event;
    event.kind = domain::EventKind::notice;
    event.level = level;
    event.at = m_clock.wallNow();
    event.breaker = m_breaker;
    event.text = std::move(text);
    const base::Lock lock(m_mutex);
    m_notices.push_back(std::move(event));
}

void SwitchEndpoint::gather(collector::Gathered& into) {
    const base::Lock lock(m_mutex);
    std::move(m_notices.begin(), m_notices.end(), std::back_inserter(into.events));
    m_notices.clear();
}

}  // namespace fusebox::recovery
