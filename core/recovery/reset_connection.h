#pragma once
// RESET_CONNECTION: drops the connections that the adapter keeps and the addresses that it knows.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/recovery/action.h>

#include <memory>
#include <utility>

namespace fusebox::recovery {

class ResetConnection final : public Action {
public:
    /// REQUIRES: not null.
    explicit ResetConnection(std::shared_ptr<adapters::DataAdapter> adapter) : m_adapter(std::move(adapter)) {}

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::resetConnection; }
    [[nodiscard]] std::string effect() const override;
    [[nodiscard]] ActionResult run(const Occasion& occasion, std::stop_token stop, const Progress& progress) override;

private:
    const std::shared_ptr<adapters::DataAdapter> m_adapter;
};

}  // namespace fusebox::recovery
