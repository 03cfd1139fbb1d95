#pragma once
// A target for tests: owns named breakers, notes what it was told, answers as it is told to.

#include <fusebox/command/target.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

class PlainTarget : public fusebox::command::Target {
public:
    using Answer = std::function<void(fusebox::domain::CommandReport&)>;

    explicit PlainTarget(std::set<std::string> names, Answer answer = {})
        : m_names(std::move(names)), m_answer(std::move(answer)) {}

    bool owns(const fusebox::domain::BreakerId& breaker) const override { return m_names.contains(breaker.value); }
    bool ownsGroup(const std::string& group) const override { return m_groups.contains(group); }
    bool knowsIds() const override { return m_knowsIds; }
    void setKnowsIds() { m_knowsIds = true; }
    void setGroups(std::set<std::string> groups) { m_groups = std::move(groups); }

    fusebox::domain::CommandReport apply(const fusebox::domain::Command& command) override {
        {
            std::lock_guard lock(m_mutex);
            m_applied.push_back(command);
        }
        fusebox::domain::CommandReport report;
        report.status = fusebox::domain::CommandStatus::applied;
        report.message = "done";
        report.before = fusebox::domain::State::closed;
        report.after = fusebox::domain::State::open;
        if (m_answer) m_answer(report);
        return report;
    }

    std::vector<fusebox::domain::Command> applied() const {
        std::lock_guard lock(m_mutex);
        return m_applied;
    }

private:
    const std::set<std::string> m_names;
    const Answer m_answer;
    std::set<std::string> m_groups;
    bool m_knowsIds = false;
    mutable std::mutex m_mutex;
    std::vector<fusebox::domain::Command> m_applied;
};

// Knows revisions, as local breakers do. All its breakers are in the group "payments" too.
class RevisedTarget final : public PlainTarget {
public:
    explicit RevisedTarget(const std::set<std::string>& names, Answer answer = {})
        : PlainTarget(names, std::move(answer)), m_members(names) {
        setGroups({"payments"});
    }
    std::optional<std::uint64_t> revisionOf(const fusebox::domain::BreakerId& breaker) const override {
        return owns(breaker) ? std::optional(m_revision) : std::nullopt;
    }
    std::vector<fusebox::domain::BreakerId> membersOf(const std::string& group) const override {
        std::vector<fusebox::domain::BreakerId> ids;
        for (const std::string& name : m_members) {
            if (ownsGroup(group)) ids.emplace_back(name);
        }
        return ids;
    }
    void noteChange(const fusebox::domain::BreakerId& breaker) override {
        if (owns(breaker)) ++m_revision;
    }

private:
    const std::set<std::string> m_members;
    std::uint64_t m_revision = 10;
};

// Takes what is about recovery, and nothing else.
class ActionTarget final : public PlainTarget {
public:
    using PlainTarget::PlainTarget;
    bool takes(fusebox::domain::CommandKind kind) const override {
        using enum fusebox::domain::CommandKind;
        return kind == action || kind == actionMode || kind == stopActions || kind == resumeActions;
    }
};

inline fusebox::domain::Command commandOf(const char* id, const char* breaker = "orders") {
    fusebox::domain::Command command;
    command.id = fusebox::domain::CommandId(id);
    command.kind = fusebox::domain::CommandKind::trip;
    command.breaker = fusebox::domain::BreakerId(breaker);
    command.actor = "ann";
    command.reason = "deploying the fix";
    return command;
}
