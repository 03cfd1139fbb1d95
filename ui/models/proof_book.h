#pragma once
// What the counters say since the last command took effect on a breaker: proof that it did what it was to do. It does not
// matter who gave the command, and where.
// Threads: GUI thread only.
// Time: frame time; counted from the frame that brings the report on.
// Limits: kMost breakers, the newest commands; each for kKept.

#include <fusebox/domain/command.h>
#include <fusebox/domain/frame.h>
#include <fusebox/models/breaker_facts.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace fusebox::models {

class ProofBook {
public:
    static constexpr std::size_t kMost = 10'000;
    static constexpr std::chrono::minutes kKept{30};

    void apply(const domain::Frame& frame);

    /// "0 calls passed, 132 refused since 12:03:11"; empty: no command took effect of late.
    [[nodiscard]] Fact of(const domain::Snapshot& snapshot, base::WallTime now) const;

private:
    struct Begin {
        domain::CommandKind kind = domain::CommandKind::trip;
        std::string actor;
        base::WallTime at{};
        domain::Totals totals;
    };

    void begin(const domain::CommandReport& report, const domain::Frame& frame);

    std::unordered_map<std::string, Begin> m_begins;
};

}  // namespace fusebox::models
