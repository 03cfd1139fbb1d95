// An agent that is watched through AgentSource, and a stream that a played one tells.
#pragma once

#include "agent_peer.h"
#include "agent_story.h"

#include <fusebox/sources/agent_source.h>

#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace story {

using namespace fusebox;
using namespace std::chrono_literals;

inline const base::SteadyClock kClock;

inline sources::AgentSource::Options quick() {
    sources::AgentSource::Options options;
    options.answer = 1s;
    options.board.staleAfter = 400ms;
    options.link.silence = 2s;
    options.link.connect = 1s;
    options.link.errandPause = 1ms;
    options.link.backoff = {20ms, 200ms, 10s};
    return options;
}

class Watched {
public:
    explicit Watched(std::uint16_t port, sources::AgentSource::Options options = quick()) {
        sources::AgentAddress address;
        address.name = "A";
        address.url = "http://127.0.0.1:" + std::to_string(port);
        address.token = "canary-token-4711";
        source = sources::AgentSource::create(address, kClock, std::make_shared<sources::ConnectBudget>(1000), options)
                     .value();
        source->start();
    }
    /// True as soon as it holds for what a frame would show.
    bool waitFor(const std::function<bool(const collector::Gathered&)>& holds) {
        return QTest::qWaitFor(
            [&] {
                last = collector::Gathered();
                source->gather(last);
                events.insert(events.end(), last.events.begin(), last.events.end());
                return holds(last);
            },
            8000);
    }
    bool waitForState(domain::SourceState state) {
        return waitFor([&](const auto& gathered) { return gathered.sources.front().state == state; });
    }
    bool waitForBreaker(domain::State state) {
        return waitFor([&](const auto& gathered) {
            return !gathered.snapshots.empty() && gathered.snapshots.front().state == state;
        });
    }
    std::size_t eventsSaying(const std::string& text) const {
        return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const auto& event) {
            return event.text.find(text) != std::string::npos;
        }));
    }
    domain::CommandReport trip(const std::string& id) {
        domain::Command command;
        command.id = domain::CommandId(id);
        command.breaker = domain::BreakerId("A/orders");
        command.actor = "ann";
        command.reason = "a test of it";
        return source->apply(command);
    }

    std::shared_ptr<sources::AgentSource> source;
    collector::Gathered last;
    std::vector<domain::Event> events;
};

/// Says hello and what it has, then beats.
inline void streamTo(PeerConnection& peer, const std::string& more = {}, std::uint64_t lastEvent = 100) {
    peer.write(kStreamHead + message("hello", about(lastEvent)) + message("snapshots", snapshots({breaker("orders")})) +
               more);
    while (peer.waitWhileConnected(50ms)) peer.write(": beat\n\n" + message("beat", beat()));
}

}  // namespace story
