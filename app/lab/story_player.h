#pragma once
// Tells which steps of a story are due; knows nothing of servers.
// Threads: one at a time; LabWorld guards it.
// Time: the clock given.

#include <fusebox/base/clock.h>
#include <fusebox/lab/story.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::lab {

struct Scene {
    std::string story;
    std::string caption;  ///< what happens now
    base::Duration left{};
};

class StoryPlayer {
public:
    StoryPlayer(std::vector<Story> stories, const base::Clock& clock);

    /// Starts a story, or the tour, from its beginning. False when there is none of that name.
    bool play(std::string_view name);
    void stop();

    /// The steps that became due since the last look, in order.
    [[nodiscard]] std::vector<StoryStep> takeDue();
    [[nodiscard]] std::optional<Scene> scene() const;

private:
    void begin(std::size_t story, base::Time at);

    const std::vector<Story> m_stories;
    const base::Clock& m_clock;
    std::optional<std::size_t> m_current;
    bool m_touring = false;
    std::size_t m_nextStep = 0;
    base::Time m_began{};
};

}  // namespace fusebox::lab
