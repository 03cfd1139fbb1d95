#include <fusebox/command/past_changes.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace fusebox::command {

namespace {

std::string agoText(base::Duration ago) {
    const auto seconds = std::chrono::duration<double>(ago).count();
    if (seconds < 1) return "just now";
    if (seconds < 120) return fmt::format("{:.0f} s ago", seconds);
    return seconds < 7200 ? fmt::format("{:.0f} min ago", seconds / 60) : fmt::format("{:.0f} h ago", seconds / 3600);
}

}  // namespace

void PastChanges::note(const domain::BreakerId& breaker, std::uint64_t revision, const domain::CommandReport& report,
                       base::Time now) {
    if (m_changes.size() >= kMostBreakers && !m_changes.contains(breaker)) {
        m_changes.erase(m_changes.begin());
    }
    std::vector<Change>& changes = m_changes[breaker];
    const std::string& actor = report.command.actor;
    std::erase_if(changes, [&](const Change& change) { return change.actor == actor; });
    if (changes.size() >= kMostActors) {
        changes.erase(std::ranges::min_element(changes, {}, &Change::revision));
    }
    std::string what = fmt::format("{} ({})", toWord(report.command.kind), report.message);
    changes.push_back({revision, actor, std::move(what), now});
}

std::optional<std::string> PastChanges::objectionTo(const domain::Command& command, base::Time now) const {
    const auto found = m_changes.find(command.breaker);
    if (!command.seenRevision || found == m_changes.end()) {
        return std::nullopt;
    }
    const Change* newest = nullptr;
    for (const Change& change : found->second) {
        const bool isUnseen = change.revision > *command.seenRevision && change.actor != command.actor;
        if (isUnseen && (newest == nullptr || change.revision > newest->revision)) {
            newest = &change;
        }
    }
    if (newest == nullptr) {
        return std::nullopt;
    }
    return fmt::format("{} was first: {}, {}. Look again, then decide.", newest->actor, newest->what,
                       agoText(now - newest->at));
}

}  // namespace fusebox::command
