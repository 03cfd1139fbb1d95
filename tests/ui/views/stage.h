// All that a view needs to live: models, a command desk that keeps what it is given, and breakers that never were.
#pragma once

#include <fusebox/base/clock.h>
#include <fusebox/views/live_models.h>

#include "fake_fleet.h"

#include <vector>

namespace fusebox::views {

struct Stage {
    explicit Stage(int breakers) : fleet(breakers) {}

    void tick(int frames = 1) {
        for (int i = 0; i < frames; ++i) {
            clock.advance(std::chrono::milliseconds(100));
            models.apply(fleet.next());
        }
    }

    base::ManualClock clock;
    std::vector<domain::Command> submitted;
    intent::CommandDesk desk{clock, QStringLiteral("ann"),
                             [this](domain::Command command) { submitted.push_back(std::move(command)); }};
    LiveModels models{desk};
    FakeFleet fleet;
};

}  // namespace fusebox::views
