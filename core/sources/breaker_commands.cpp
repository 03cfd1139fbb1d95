#include <fusebox/sources/breaker_commands.h>

#include <fusebox/breaker/config_change.h>
#include <fusebox/command/rights.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace fusebox::sources {

namespace {

using breaker::CircuitBreaker;
using domain::Command;
using domain::CommandKind;

std::string spanText(base::Duration span) {
    const double seconds = std::chrono::duration<double>(span).count();
    if (seconds < 1) return fmt::format("{:.0f} ms", seconds * 1e3);
    if (seconds < 120) return fmt::format("{:.3g} s", seconds);
    if (seconds < 7200) return fmt::format("{:.3g} min", seconds / 60);
    return seconds < 172'800 ? fmt::format("{:.3g} h", seconds / 3600) : fmt::format("{:.3g} days", seconds / 86'400);
}

std::string changeText(domain::State before, domain::State after) {
    return before == after ? fmt::format("stays {}", toWord(after))
                           : fmt::format("{} to {}", toWord(before), toWord(after));
}

/// Turns the breaker's answer into what was done.
template <typename Value, typename Say>
Done done(base::Result<Value> result, Say&& say) {
    return std::move(result).map(std::forward<Say>(say));
}

Done trip(CircuitBreaker& breaker, const Command& command) {
    const domain::State before = breaker.state();
    return done(breaker.trip(command.actor, command.reason, command.duration), [&] {
        const domain::Snapshot now = breaker.snapshot();
        const std::string wait = now.openWait ? "; calls are refused for " + spanText(*now.openWait) : std::string();
        return changeText(before, now.state) + wait;
    });
}

Done reset(CircuitBreaker& breaker, const Command& command) {
    const domain::State before = breaker.state();
    return done(breaker.reset(command.actor, command.reason),
                [&] { return changeText(before, breaker.state()) + "; it counts anew"; });
}

Done hold(CircuitBreaker& breaker, const Command& command) {
    return done(breaker.hold(command.holdMode, command.actor, command.reason, command.duration),
                [&](domain::HoldId id) {
                    const std::string until =
                        command.duration ? "for " + spanText(*command.duration) : std::string("until it is released");
                    return fmt::format("hold {} {} {}", id.value, toWord(command.holdMode), until);
                });
}

/// Others' holds stay, unless an admin says why they must go.
Done refuseOthers(const CircuitBreaker& breaker, const Command& command) {
    const std::vector<domain::Hold> holds = breaker.snapshot().holds;
    const auto meant = std::ranges::find(holds, *command.hold, &domain::Hold::id);
    if (meant == holds.end() || meant->who == command.actor || command.role == domain::Role::admin) {
        return std::string();
    }
    return base::trouble(base::TroubleCode::refused,
                         fmt::format("This hold is of {}; for others to release it {}", meant->who,
                                     command::roleSentence(domain::Role::admin, command.role)));
}

Done release(CircuitBreaker& breaker, const Command& command) {
    if (command.hold) {
        if (Done mayIt = refuseOthers(breaker, command); !mayIt) {
            return mayIt;
        }
        return done(breaker.release(*command.hold, command.actor, command.reason),
                    [&] { return fmt::format("hold {} is gone", command.hold->value); });
    }
    return done(breaker.releaseAllOf(command.actor, command.actor, command.reason), [&](std::size_t count) {
        return fmt::format("{} {} of {} gone", count, count == 1 ? "hold" : "holds", command.actor);
    });
}

Done probe(CircuitBreaker& breaker, const Command& command) {
    const domain::State before = breaker.state();
    return done(breaker.probeNow(command.actor, command.reason),
                [&] { return changeText(before, breaker.state()) + "; the next call is a probe"; });
}

Done configure(CircuitBreaker& breaker, const Command& command) {
    // The revision before the configuration: what changes in between is found by the breaker.
    const std::uint64_t now = breaker.snapshot().revision;
    const breaker::CircuitBreakerConfig before = breaker.config();
    auto after = breaker::changed(before, command.options);
    if (!after) {
        return tl::unexpected(std::move(after.error()));
    }
    const auto differences = breaker::differences(before, *after);
    return done(breaker.reconfigure(std::move(*after), std::min(now, command.seenRevision.value_or(now))), [&] {
        return differences.empty() ? std::string("its options are like that already") : textOf(differences);
    });
}

Done endShadow(CircuitBreaker& breaker) {
    const auto report = breaker.snapshot().shadow;
    return done(breaker.endShadow(), [&] {
        return report ? fmt::format("the candidate of {} is gone after {} calls", report->owner, report->calls)
                      : std::string("the candidate is gone");
    });
}

Done shadow(CircuitBreaker& breaker, const Command& command) {
    if (command.options.empty()) {
        return endShadow(breaker);
    }
    if (auto seen = breaker.unchangedSince(command.seenRevision); !seen) {
        return tl::unexpected(std::move(seen.error()));
    }
    const breaker::CircuitBreakerConfig live = breaker.config();
    auto candidate = breaker::changed(live, command.options);
    if (!candidate) {
        return tl::unexpected(std::move(candidate.error()));
    }
    const auto differences = breaker::differences(live, *candidate);
    return done(breaker.shadow(std::move(*candidate), command.actor), [&] {
        return "a candidate watches" +
               (differences.empty() ? std::string("; it differs in nothing") : ": " + textOf(differences));
    });
}

}  // namespace

Done carryOut(CircuitBreaker& breaker, const Command& command) {
    switch (command.kind) {
        case CommandKind::trip:
            return trip(breaker, command);
        case CommandKind::reset:
            return reset(breaker, command);
        case CommandKind::hold:
            return hold(breaker, command);
        case CommandKind::release:
            return release(breaker, command);
        case CommandKind::probe:
            return probe(breaker, command);
        case CommandKind::configure:
            return configure(breaker, command);
        case CommandKind::shadow:
            return shadow(breaker, command);
        case CommandKind::action:
        case CommandKind::actionMode:
        case CommandKind::stopActions:
        case CommandKind::resumeActions:
        case CommandKind::strategy:
            break;
    }
    return base::trouble(base::TroubleCode::invalidInput, "A breaker takes no such command.");
}

}  // namespace fusebox::sources
