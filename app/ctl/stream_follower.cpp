#include <fusebox/ctl/stream_follower.h>

#include <fusebox/sources/agent_about.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <thread>

namespace fusebox::ctl {

namespace {

constexpr std::chrono::milliseconds kFirstWait{1000};
constexpr std::chrono::milliseconds kLongestWait{30'000};

/// Between half and the whole of it, so that many who lost the same agent do not come back at once.
base::Duration withChance(base::Duration wait) {
    std::random_device source;
    return wait / 2 + wait / 2 * (source() % 1000) / 1000;
}

/// Waiting may mend it.
bool mayPass(const sources::AgentTrouble& trouble) {
    const ExitCode code = exitCodeOf(trouble);
    return code == ExitCode::noConnection && trouble.step != sources::AgentStep::version;
}

std::optional<std::uint64_t> numberIn(const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

void StreamFollower::note(const sources::SseEvent& message) {
    if (message.id) {
        if (const auto id = numberIn(*message.id)) m_after = id;
    } else if (message.type == "hello" && !m_after) {
        if (const auto about = sources::readAbout(message.data)) m_after = about->lastEvent;
    }
}

Attempt<void> StreamFollower::run(const OnMessage& onMessage, const OnBreak& onBreak) {
    base::Duration wait = kFirstWait;
    for (;;) {
        bool isOver = false;
        const auto end = m_client.follow(m_path, m_after, [&](sources::SseEvent&& message) {
            m_wasIn = true;
            wait = kFirstWait;
            note(message);
            isOver = onMessage(message) == Then::end;
            return !isOver;
        });
        if (isOver) return {};
        if (!m_wasIn || !mayPass(end)) return failed(end);
        const base::Duration pause = withChance(wait);
        onBreak(end.text(), pause);
        std::this_thread::sleep_for(pause);
        wait = std::min<base::Duration>(wait * 2, kLongestWait);
    }
}

}  // namespace fusebox::ctl
