// What a RecoveryManager needs around it in tests: actions that do as they are told, a runner that runs them when it is told to,
// and frames of breakers that trip and close.
#pragma once

#include <fusebox/base/clock.h>
#include <fusebox/recovery/recovery_manager.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class MadeAction final : public fusebox::recovery::Action {
public:
    using Run = std::function<fusebox::recovery::ActionResult(const fusebox::recovery::Occasion&, std::stop_token,
                                                              const fusebox::recovery::Progress&)>;

    explicit MadeAction(fusebox::domain::RecoveryAction kind) : m_kind(kind) {}

    fusebox::domain::RecoveryAction kind() const override { return m_kind; }
    std::string effect() const override { return "Does as it is told."; }
    std::string whyNot() const override { return objection; }
    bool cures() const override { return heals; }
    fusebox::recovery::ActionResult run(const fusebox::recovery::Occasion& occasion, std::stop_token stop,
                                        const fusebox::recovery::Progress& progress) override {
        occasions.push_back(occasion);
        if (does) return does(occasion, std::move(stop), progress);
        return {result, "done", ""};
    }

    Run does;
    fusebox::domain::RecoveryResult result = fusebox::domain::RecoveryResult::succeeded;
    std::string objection;
    bool heals = true;
    std::vector<fusebox::recovery::Occasion> occasions;

private:
    const fusebox::domain::RecoveryAction m_kind;
};

class HandRunner final : public fusebox::recovery::Runner {
public:
    bool start(std::function<void()> work) override {
        if (waiting.size() >= most) return false;
        waiting.push_back(std::move(work));
        return true;
    }
    std::size_t room() const override { return most - waiting.size(); }
    void stop() override { runAll(); }
    void runAll() {
        for (auto work = std::exchange(waiting, {}); auto& one : work) one();
    }

    std::size_t most = 4;
    std::vector<std::function<void()>> waiting;
};

// A breaker as the frames show it.
class MadeBreaker {
public:
    MadeBreaker(std::string name, const fusebox::base::ManualClock& clock) : m_clock(clock) {
        m_identity.id = fusebox::domain::BreakerId(name);
        m_identity.name = std::move(name);
    }

    void trip(fusebox::domain::Category category, const std::string& message = "no",
              fusebox::domain::TransitionCause cause = fusebox::domain::TransitionCause::tripRule) {
        move(fusebox::domain::State::open, cause);
        fusebox::domain::Dossier dossier;
        dossier.failuresByCategory.at(static_cast<std::size_t>(category)) = 10;
        m_detail.dossiers = {std::make_shared<fusebox::domain::Dossier>(dossier)};
        fail(category, message, true);
    }
    void fail(fusebox::domain::Category category, const std::string& message, bool counted) {
        fusebox::domain::Error error;
        error.type = "Refused";
        error.message = message;
        error.category = category;
        m_detail.recentErrors.push_back({m_clock.wallNow(), std::chrono::milliseconds(1), counted,
                                         std::make_shared<fusebox::domain::Error>(error)});
        if (m_detail.recentErrors.size() > 20) m_detail.recentErrors.erase(m_detail.recentErrors.begin());
    }
    void close(fusebox::domain::TransitionCause cause = fusebox::domain::TransitionCause::probesSucceeded) {
        move(fusebox::domain::State::closed, cause);
    }
    void reopen() { move(fusebox::domain::State::open, fusebox::domain::TransitionCause::probesFailed); }
    void hold(fusebox::domain::HoldMode mode) { m_held = mode; }
    void release() { m_held.reset(); }

    fusebox::domain::Snapshot snapshot() const {
        fusebox::domain::Snapshot snapshot;
        snapshot.identity = std::make_shared<fusebox::domain::Identity>(m_identity);
        snapshot.detail = std::make_shared<fusebox::domain::Detail>(m_detail);
        snapshot.state = m_state;
        snapshot.heldAs = m_held;
        return snapshot;
    }
    std::uint64_t lastTransition() const { return m_detail.transitions.back().sequence; }

private:
    void move(fusebox::domain::State to, fusebox::domain::TransitionCause cause) {
        fusebox::domain::Transition transition;
        transition.sequence = m_detail.transitions.size() + 1;
        transition.from = m_state;
        transition.to = to;
        transition.cause = cause;
        transition.at = m_clock.now();
        m_detail.transitions.push_back(transition);
        m_state = to;
    }

    const fusebox::base::ManualClock& m_clock;
    fusebox::domain::Identity m_identity;
    fusebox::domain::Detail m_detail;
    fusebox::domain::State m_state = fusebox::domain::State::closed;
    std::optional<fusebox::domain::HoldMode> m_held;
};

// One manager with its surroundings; commands that start by themselves are kept until pass() lets them through.
class RecoveryBench {
public:
    RecoveryBench() {
        manager.setGate([this](fusebox::domain::Command command) { asked.push_back(std::move(command)); });
    }

    std::shared_ptr<MadeAction> add(MadeBreaker& breaker, fusebox::domain::RecoveryAction kind,
                                    fusebox::domain::ActionMode mode,
                                    std::vector<fusebox::domain::Category> causes = {
                                        fusebox::domain::Category::transient}) {
        auto action = std::make_shared<MadeAction>(kind);
        fusebox::recovery::ActionPlan plan;
        plan.action = action;
        plan.mode = mode;
        plan.causes = std::move(causes);
        auto& plans = m_plans[breaker.snapshot().identity->id];
        plans.push_back(std::move(plan));
        return action;
    }
    fusebox::recovery::ActionPlan& planOf(const char* breaker, std::size_t at = 0) {
        return m_plans.at(fusebox::domain::BreakerId(breaker)).at(at);
    }
    void ready() {
        for (const auto& [id, plans] : m_plans) manager.plan(id, "shop", plans);
    }

    // One frame of these breakers, with the events of the manager before it.
    void frame(const std::vector<const MadeBreaker*>& breakers,
               std::shared_ptr<const fusebox::domain::ErrorReport> errors = {}) {
        auto frame = std::make_shared<fusebox::domain::Frame>();
        frame->at = clock.now();
        frame->wall = clock.wallNow();
        for (const MadeBreaker* breaker : breakers) frame->snapshots.push_back(breaker->snapshot());
        frame->errors = std::move(errors);
        manager.accept(frame);
        gather();
    }
    void gather() {
        fusebox::collector::Gathered gathered;
        manager.gather(gathered);
        report = gathered.recovery;
        events.insert(events.end(), gathered.events.begin(), gathered.events.end());
    }
    // What asked to start by itself passes the gate; says how many.
    std::size_t pass() {
        const auto all = std::exchange(asked, {});
        for (const auto& command : all) answers.push_back(manager.apply(command));
        gather();
        return all.size();
    }
    fusebox::domain::CommandReport by(
        const char* actor, fusebox::domain::CommandKind kind, const char* breaker = "orders",
        fusebox::domain::RecoveryAction action = fusebox::domain::RecoveryAction::restartService,
        fusebox::domain::ActionMode mode = fusebox::domain::ActionMode::manual) {
        fusebox::domain::Command command;
        command.id = fusebox::domain::CommandId("hand-" + std::to_string(++m_lastId));
        command.kind = kind;
        command.breaker = fusebox::domain::BreakerId(breaker);
        command.actor = actor;
        command.reason = "it hurts";
        command.action = action;
        command.mode = mode;
        auto answer = manager.apply(command);
        gather();
        return answer;
    }
    void work() {
        runner->runAll();
        gather();
    }
    fusebox::domain::ActionStanding standing(std::size_t at = 0, std::size_t breaker = 0) const {
        return report->breakers.at(breaker).actions.at(at);
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> all;
        for (const auto& event : events) all.push_back(event.text);
        return all;
    }

    fusebox::base::ManualClock clock;
    std::shared_ptr<HandRunner> runner = std::make_shared<HandRunner>();
    fusebox::recovery::RecoveryManager manager{clock, runner};
    std::vector<fusebox::domain::Command> asked;
    std::vector<fusebox::domain::CommandReport> answers;
    std::vector<fusebox::domain::Event> events;
    std::shared_ptr<const fusebox::domain::RecoveryReport> report;

private:
    std::map<fusebox::domain::BreakerId, std::vector<fusebox::recovery::ActionPlan>> m_plans;
    int m_lastId = 0;
};
