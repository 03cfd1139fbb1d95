#pragma once
// What an operator may try on the lab's services: the same actions as on real ones; a restart really closes the service's socket
// for a while and opens it again.

#include <fusebox/config/action_settings.h>
#include <fusebox/lab/lab_world.h>
#include <fusebox/recovery/action.h>

#include <string>
#include <utility>
#include <vector>

namespace fusebox::wiring {

[[nodiscard]] std::vector<config::ActionSettings> labActions(const lab::ServiceCard& card);

/// RESTART_SERVICE of one of the lab's services. It is healthy afterwards, whatever its story had in mind for it.
class LabRestart final : public recovery::Action {
public:
    /// REQUIRES: the world outlives this.
    LabRestart(lab::LabWorld& world, std::string service) : m_world(world), m_service(std::move(service)) {}

    [[nodiscard]] domain::RecoveryAction kind() const override { return domain::RecoveryAction::restartService; }
    [[nodiscard]] std::string effect() const override;
    [[nodiscard]] recovery::ActionResult run(const recovery::Occasion& occasion, std::stop_token stop,
                                             const recovery::Progress& progress) override;

private:
    lab::LabWorld& m_world;
    const std::string m_service;
};

}  // namespace fusebox::wiring
