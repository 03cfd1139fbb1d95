#pragma once
// Short outages as data: which service gets which faults at what time, and what is said about it.

#include <fusebox/base/time.h>
#include <fusebox/lab/faults.h>

#include <string>
#include <vector>

namespace fusebox::lab {

struct StoryStep {
    base::Duration at{};  ///< from the story's beginning
    std::string service;
    Faults faults;        ///< in force from then on
    std::string caption;  ///< one sentence for people
};

struct Story {
    std::string name;
    std::string description;
    std::vector<StoryStep> steps;  ///< in order of time; the last one of each service heals it
    base::Duration length{};       ///< with a quiet end in which the breakers close again
};

/// The lab's own stories, in the order of the tour.
[[nodiscard]] const std::vector<Story>& outageStories();

/// Plays them all, one after the other, again and again.
inline constexpr const char* kTour = "Tour of all outages";

}  // namespace fusebox::lab
