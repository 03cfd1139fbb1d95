#pragma once
// How calls are handled: as a source it tells the frames what the error handlers do, as a target it changes their
// strategies.
// Threads: as collector::Source and command::Target.
// Errors: a strategy that could give nothing is refused, with the reason.

#include <fusebox/collector/source.h>
#include <fusebox/command/target.h>
#include <fusebox/handling/error_handlers.h>

#include <memory>
#include <string>

namespace fusebox::sources {

class HandlingSource final : public collector::Source, public command::Target {
public:
    /// REQUIRES: not null.
    explicit HandlingSource(std::shared_ptr<handling::ErrorHandlers> handlers);

    void gather(collector::Gathered& into) override;

    [[nodiscard]] bool takes(domain::CommandKind kind) const override { return kind == domain::CommandKind::strategy; }
    [[nodiscard]] bool owns(const domain::BreakerId& breaker) const override;
    [[nodiscard]] bool ownsGroup(const std::string& group) const override;
    [[nodiscard]] domain::CommandReport apply(const domain::Command& command) override;

private:
    const std::shared_ptr<handling::ErrorHandlers> m_handlers;
};

}  // namespace fusebox::sources
