#pragma once
// REDUCE_LOAD: lowers the number of calls that may be in flight; it grows back as calls succeed.

#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/recovery/action.h>

#include <memory>
#include <utility>

namespace fusebox::recovery {

class ReduceLoad final : public Action {
public:
    static constexpr double kUsualShare = 0.5;

    /// REQUIRES: not null, 0 < share < 1.
    explicit ReduceLoad(std::shared_ptr<breaker::CircuitBreaker> breaker, double share = kUsualShare)
        : m_breaker(std::move(breaker)), m_share(share) {}

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::reduceLoad; }
    [[nodiscard]] std::string effect() const override;
    [[nodiscard]] ActionResult run(const Occasion& occasion, std::stop_token stop, const Progress& progress) override;

private:
    const std::shared_ptr<breaker::CircuitBreaker> m_breaker;
    const double m_share;
};

}  // namespace fusebox::recovery
