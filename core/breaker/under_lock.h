#pragma once
// What an automaton touches under its lock only.

#include <fusebox/base/time.h>
#include <fusebox/breaker/bucket_window.h>
#include <fusebox/breaker/chronicle.h>
#include <fusebox/breaker/hold_list.h>
#include <fusebox/breaker/recovery_strategy.h>
#include <fusebox/breaker/shared_config.h>
#include <fusebox/breaker/tally.h>
#include <fusebox/domain/snapshot.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::breaker {

struct Probes {
    std::uint32_t succeeded = 0;
    std::uint32_t failed = 0;
    std::uint32_t slow = 0;
};

struct UnderLock {
    UnderLock(domain::BreakerId breaker, CircuitBreakerConfig given, base::Time now)
        : shared(SharedConfig::of(std::move(given))),
          window(config(), now),
          chronicle(std::move(breaker)),
          tally(now) {}

    [[nodiscard]] const CircuitBreakerConfig& config() const noexcept { return shared->config(); }

    std::shared_ptr<const SharedConfig> shared;
    std::shared_ptr<RecoveryStrategy> strategy;
    /// The last is in force; a thread may still read an older one.
    std::vector<std::shared_ptr<const ErrorRules>> errorRules;
    BucketWindow window;
    HoldList holds;
    Chronicle chronicle;
    Tally tally;
    Probes probes;
    std::minstd_rand random;
    std::uint64_t revision = 1;
    std::uint64_t configRevision = 1;  ///< the revision at the last change of the configuration
    std::uint32_t watchEra = 0;
    std::uint32_t attempt = 0;
    std::uint32_t rampStep = 0;
    base::Time since{};  ///< the state began
    base::Time outageSince{};
    base::Duration lastOutage{};
    base::Duration openWait{};
    std::optional<base::Duration> retryAfter;  ///< where it decided the wait
    std::uint64_t evaluatedBad = 0;            ///< failures and slow calls counted when the rules were last asked
    domain::Totals atClose;                    ///< when it last closed
    std::vector<std::shared_ptr<const domain::Dossier>> dossiers;
    std::shared_ptr<const domain::Detail> detail;
    std::uint64_t detailRevision = 0;
    std::uint64_t detailErrors = 0;
};

}  // namespace fusebox::breaker
