#pragma once
// Something that can really be done about a dependency that fails: one file pair for each.
// Threads: run() on a worker of the RecoveryManager, never twice at once; the others on any thread and at once.
// Errors: run() says failed and why; what it throws counts as failed, too.

#include <fusebox/domain/category.h>
#include <fusebox/domain/recovery.h>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace fusebox::recovery {

/// For whom and why an action runs.
struct Occasion {
    domain::BreakerId breaker;
    std::string reason;                                     ///< the person's words, or the cause in one sentence
    std::string actor;                                      ///< empty: by itself
    domain::Category category = domain::Category::unknown;  ///< of the errors that it is to cure
    std::optional<domain::PatternId> pattern;
    std::string error;  ///< the newest of those errors; may be empty
};

struct ActionResult {
    domain::RecoveryResult result = domain::RecoveryResult::succeeded;
    std::string detail;  ///< what was done, or why it failed: one sentence
    std::string output;  ///< what a program printed; valid UTF-8, cut
};

/// Says what the action does now, in a few words.
using Progress = std::function<void(std::string)>;

class Action {
public:
    virtual ~Action() = default;

    [[nodiscard]] virtual domain::RecoveryAction kind() const = 0;

    /// What it will do, in one sentence.
    [[nodiscard]] virtual std::string effect() const = 0;

    /// Why it makes no sense now; empty: it does.
    [[nodiscard]] virtual std::string whyNot() const { return {}; }

    /// It is meant to heal the dependency, so that it can be judged by whether the breaker closes.
    [[nodiscard]] virtual bool cures() const { return true; }

    /// Blocks until it is done; a stop request ends it soon.
    [[nodiscard]] virtual ActionResult run(const Occasion& occasion, std::stop_token stop,
                                           const Progress& progress) = 0;
};

[[nodiscard]] inline ActionResult failedBecause(std::string detail, std::string output = {}) {
    return {domain::RecoveryResult::failed, std::move(detail), std::move(output)};
}

}  // namespace fusebox::recovery
