#pragma once
// ALERT_ADMIN: tells people, by an AlertChannel. It cures nothing by itself, so it is not judged by the breaker.

#include <fusebox/recovery/action.h>
#include <fusebox/recovery/alert_channel.h>

#include <memory>
#include <utility>

namespace fusebox::recovery {

class AlertAdmin final : public Action {
public:
    /// REQUIRES: not null.
    explicit AlertAdmin(std::shared_ptr<AlertChannel> channel) : m_channel(std::move(channel)) {}

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::alertAdmin; }
    [[nodiscard]] std::string effect() const override;
    [[nodiscard]] std::string whyNot() const override;
    [[nodiscard]] bool cures() const override { return false; }
    [[nodiscard]] ActionResult run(const Occasion& occasion, std::stop_token stop, const Progress& progress) override;

private:
    const std::shared_ptr<AlertChannel> m_channel;
};

}  // namespace fusebox::recovery
