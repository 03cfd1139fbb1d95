#include <fusebox/wiring/lab_actions.h>

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace fusebox::wiring {
namespace {

using domain::ActionMode;
using domain::Category;
using domain::RecoveryAction;

constexpr base::Duration kDownTime = std::chrono::milliseconds(1500);

/// False when it is to stop first.
bool waited(base::Duration time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any nobody;
    std::unique_lock lock(mutex);
    nobody.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

config::ActionSettings actionOf(RecoveryAction action, ActionMode mode, std::vector<Category> causes) {
    config::ActionSettings settings;
    settings.action = action;
    settings.mode = mode;
    settings.causes = std::move(causes);
    // A story is short.
    settings.limits.coolDown = std::chrono::seconds(20);
    settings.limits.budgetPerHour = 30;
    settings.limits.verdictWithin = std::chrono::seconds(30);
    return settings;
}

}  // namespace

std::vector<config::ActionSettings> labActions(const lab::ServiceCard& card) {
    std::vector<config::ActionSettings> actions;
    const bool isTheirs = card.name == "partner-api";  // nobody restarts what belongs to a partner
    const bool hasProcess = card.kind != "sqlite";
    if (!isTheirs && hasProcess) {
        actions.push_back(actionOf(RecoveryAction::restartService, ActionMode::proposed,
                                   {Category::transient, Category::permanent, Category::unknown}));
    }
    actions.push_back(actionOf(RecoveryAction::resetConnection, ActionMode::manual, {}));
    actions.push_back(
        actionOf(RecoveryAction::reduceLoad, ActionMode::proposed, recovery::usualCauses(RecoveryAction::reduceLoad)));
    actions.push_back(
        actionOf(RecoveryAction::alertAdmin, ActionMode::manual, recovery::usualCauses(RecoveryAction::alertAdmin)));
    return actions;
}

std::string LabRestart::effect() const {
    return fmt::format("Stops the lab's {} for {:g} s and starts it again, healthy.", m_service,
                       std::chrono::duration<double>(kDownTime).count());
}

recovery::ActionResult LabRestart::run(const recovery::Occasion&, std::stop_token stop,
                                       const recovery::Progress& progress) {
    progress(m_service + " goes down");
    lab::Faults down;
    down.answer = lab::Answer::refuse;
    if (const auto set = m_world.setFaults(m_service, down); !set) return recovery::failedBecause(set.error().text());
    const bool wasDown = waited(kDownTime, stop);
    progress(m_service + " comes up");
    if (const auto set = m_world.setFaults(m_service, {}); !set) return recovery::failedBecause(set.error().text());
    if (!wasDown) return recovery::failedBecause("It was stopped half way; the service is up again.");
    return {domain::RecoveryResult::succeeded, m_service + " was restarted.", {}};
}

}  // namespace fusebox::wiring
