#pragma once
// What a command is meant for: one breaker, several, or a group. Fixed by ids when a dialog opens, whatever the table
// does meanwhile.

#include <fusebox/intent/reach.h>
#include <fusebox/views/live_models.h>

#include <string>
#include <vector>

namespace fusebox::views {

struct CommandScope {
    std::vector<domain::BreakerId> breakers;  ///< of a group: those that are in it now
    std::string group;                        ///< one command for all of it; empty: one command each

    [[nodiscard]] bool isSingle() const { return group.empty() && breakers.size() == 1; }

    /// "orders-api", "3 breakers", "group shop". Made safe.
    [[nodiscard]] QString name() const;
    /// The names of all, made safe and cut.
    [[nodiscard]] QString names() const;

    [[nodiscard]] std::vector<intent::Aim> aims(const LiveModels& models) const;
};

}  // namespace fusebox::views
