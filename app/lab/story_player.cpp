#include <fusebox/lab/story_player.h>

#include <algorithm>

namespace fusebox::lab {

StoryPlayer::StoryPlayer(std::vector<Story> stories, const base::Clock& clock)
    : m_stories(std::move(stories)), m_clock(clock) {}

bool StoryPlayer::play(std::string_view name) {
    const auto found = std::find_if(m_stories.begin(), m_stories.end(), [&](const Story& s) { return s.name == name; });
    const bool isTour = name == kTour && !m_stories.empty();
    if (found == m_stories.end() && !isTour) return false;
    m_touring = isTour;
    begin(isTour ? 0 : static_cast<std::size_t>(found - m_stories.begin()), m_clock.now());
    return true;
}

void StoryPlayer::begin(std::size_t story, base::Time at) {
    m_current = story;
    m_nextStep = 0;
    m_began = at;
}

void StoryPlayer::stop() {
    m_current.reset();
}

std::vector<StoryStep> StoryPlayer::takeDue() {
    std::vector<StoryStep> due;
    const base::Time now = m_clock.now();
    while (m_current) {
        const Story& story = m_stories[*m_current];
        while (m_nextStep < story.steps.size() && m_began + story.steps[m_nextStep].at <= now) {
            due.push_back(story.steps[m_nextStep++]);
        }
        const base::Time end = m_began + story.length;
        if (now < end) break;
        if (!m_touring) {
            stop();
        } else {
            // After a long sleep of the machine the tour goes on from now instead of racing through what it missed.
            const base::Time next = now - end > story.length ? now : end;
            begin((*m_current + 1) % m_stories.size(), next);
        }
    }
    return due;
}

std::optional<Scene> StoryPlayer::scene() const {
    if (!m_current) return std::nullopt;
    const Story& story = m_stories[*m_current];
    const base::Duration left = std::max(base::Duration::zero(), m_began + story.length - m_clock.now());
    return Scene{story.name, m_nextStep == 0 ? "all is healthy" : story.steps[m_nextStep - 1].caption, left};
}

}  // namespace fusebox::lab
